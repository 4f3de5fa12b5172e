namespace Plumb;

/// <summary>What rows hold, beside what a fit makes of them: copies of rows, and a sample for a robust second fit.</summary>
internal sealed class RowContents
{
    private const double FewRows = 1 << 20; // of more, about so many are looked at: those whose first target has a hash that begins with zeros
    private const int MostSampled = 2000;
    private const int Bits = 64;

    private readonly RowFrame _frame;
    private readonly Copies _copies;
    private readonly RowSample _sample;
    private readonly int _zeros;
    private bool _areCounted; // weights say how many rows each stands for

    /// <summary>No rows yet.</summary>
    public RowContents(RowFrame frame)
    {
        _frame = frame;
        _copies = new Copies(frame.Names.Inputs.Count, frame.Targets.Length);
        _sample = new RowSample(MostSampled);
        _zeros = (int)Math.Ceiling(Math.Log2(Math.Max(1, frame.Fit.Rows / FewRows)));
    }

    /// <summary>Looks at a block.</summary>
    /// <param name="number">The number of its chunk.</param>
    /// <param name="before">The rows of the chunk before it.</param>
    /// <param name="block">The rows.</param>
    public void Add(long number, long before, Dataset block)
    {
        for (var i = 0; i < block.Rows; i++)
        {
            var weight = block.Weights?.Values[i] ?? 1;
            var y = block.Targets.Row(i);
            _areCounted |= weight > 1 && block.Weights!.CountRows;
            if (weight > 0 && IsLookedAt(y[0]))
            {
                var x = block.Inputs.Row(i);
                _copies.Add(x, y);
                var hash = new RowHash();
                hash.Add(x);
                hash.Add(y);
                hash.Add([weight]);
                _sample.Add(new RowPosition(number, before + i), (ulong)(hash.Value >> 64), x, y, weight);
            }
        }
    }

    /// <summary>Adds what another has seen.</summary>
    public void Add(RowContents other)
    {
        _copies.Add(other._copies);
        _sample.Add(other._sample);
        _areCounted |= other._areCounted;
    }

    /// <summary>The copies, where there are more than chance gives.</summary>
    public CopiedRows? Copied()
    {
        var (rows, found) = (_frame.Fit.Rows, _areCounted ? null : _copies.Report(_frame.Fit.RSquared));
        return found is null || _zeros == 0 ? found
            : found with { Rows = rows, Distinct = (long)Math.Round((double)rows * found.Distinct / found.Rows), IsEstimate = true };
    }

    /// <summary>Rows of one target that lie far off and may hide each other; null where there are none.</summary>
    /// <param name="target">The target.</param>
    /// <param name="numberOf">A row's number.</param>
    public OutlierSet? Masked(int target, Func<RowPosition, long> numberOf)
    {
        var (place, fit) = (_frame.Place, _frame.Fit);
        var search = new RobustSecondFit(place.Count);
        var coordinates = new double[place.Count];
        var predictions = new double[_frame.Targets.Length];
        foreach (var row in _sample.Rows)
        {
            place.Of(row.Inputs, coordinates);
            fit.Map.Apply(row.Inputs, predictions);
            var (weight, copies) = _areCounted ? (1.0, Math.Min(row.Weight, MostSampled)) : (row.Weight, 1.0);
            for (var copy = 0; copy < copies; copy++)
            {
                search.Add(numberOf(row.Position), coordinates, predictions[target], row.Targets[target] - predictions[target], weight);
            }
        }

        return search.Find() is { } found ? found with { IsSample = found.IsSample || _sample.IsPartial || _zeros > 0 } : null;
    }

    /// <summary>Durbin and Watson's statistic of each target with its exact probability; null where there are many rows.</summary>
    public IReadOnlyList<(double Statistic, double PValue)>? ExactOrder()
    {
        if (_frame.Fit.Rows > DurbinWatsonRows.MostRows)
        {
            return null;
        }

        var (place, targets) = (_frame.Place, _frame.Targets.Length);
        var rows = new DurbinWatsonRows(place.Count, targets);
        var (coordinates, residuals) = (new double[place.Count], new double[targets]);
        foreach (var row in _sample.Rows.OrderBy(row => row.Position))
        {
            var (root, copies) = _areCounted ? (1, (int)row.Weight) : (Math.Sqrt(row.Weight), 1);
            place.Of(row.Inputs, coordinates);
            _frame.Fit.Map.Apply(row.Inputs, residuals);
            for (var k = 0; k < coordinates.Length; k++)
            {
                coordinates[k] *= root;
            }

            for (var t = 0; t < targets; t++)
            {
                residuals[t] = root * (row.Targets[t] - residuals[t]);
            }

            for (var copy = 0; copy < copies; copy++)
            {
                rows.Add(coordinates, residuals);
            }
        }

        return rows.Tests();
    }

    // Copies of a row have its targets, so that all or none of them are looked at.
    private bool IsLookedAt(double target)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15UL;
        if (_zeros == 0)
        {
            return true;
        }

        var bits = BitConverter.DoubleToUInt64Bits(target + 0.0);
        return ((bits ^ (bits >> (Bits / 2))) * Multiplier) >> (Bits - _zeros) == 0;
    }
}
