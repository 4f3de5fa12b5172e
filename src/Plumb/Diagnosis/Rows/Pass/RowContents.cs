namespace Plumb.Diagnosis;

/// <summary>
/// What rows hold, beside what a fit makes of them: copies of rows, and a sample for a robust second fit.
/// </summary>
internal sealed class RowContents
{
    private const int MostSearched = 2000; // for rows that lie far off together
    private const int MostSampled = 1 << 13;
    private const int MostNumbers = 1 << 20; // of a sample of more than so many as are searched

    private readonly RowFrame _frame;
    private readonly CopyCounts _copies;
    private readonly RowSample _sample;
    private bool _areCounted; // weights say how many rows each stands for

    /// <summary>No rows yet.</summary>
    public RowContents(RowFrame frame)
    {
        _frame = frame;
        _copies = new CopyCounts(frame.Names.Inputs.Count, frame.Targets.Length);
        var numbers = frame.Names.Inputs.Count + frame.Targets.Length;
        _sample = new RowSample(Math.Clamp(MostNumbers / numbers, MostSearched, MostSampled));
    }

    /// <summary>Looks at the rows that columns hold.</summary>
    /// <param name="first">Where their block begins.</param>
    /// <param name="block">Their block.</param>
    /// <param name="rows">The columns.</param>
    public void Add(RowPosition first, Dataset block, RowColumns rows)
    {
        var inputHashes = rows.InputHashes;
        var rowHashes = rows.RowHashes;
        for (var i = 0; i < rowHashes.Length; i++)
        {
            var (hash, place) = (rowHashes[i], rows.Places[i]);
            _areCounted |= rows.Frequencies[i] > 1;
            if (_copies.Takes(hash))
            {
                _copies.Add(inputHashes[i], hash, block.Inputs.Row(place), block.Targets.Row(place));
            }
            else
            {
                _copies.Skip(inputHashes[i]);
            }

            if (_sample.Takes(hash))
            {
                var position = first with { Row = first.Row + place };
                _sample.Add(position, hash, block.Inputs.Row(place), block.Targets.Row(place),
                    block.Weights?.Values[place] ?? 1);
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
    public CopiedRows? Copied() => _areCounted ? null : _copies.Report(_frame.Fit.RSquared);

    /// <summary>Rows that were kept.</summary>
    public RowSample Sample => _sample;

    /// <summary>Whether weights say how many rows each stands for.</summary>
    public bool AreCounted => _areCounted;

    /// <summary>Rows of one target that lie far off and may hide each other; null where there are none.</summary>
    /// <param name="target">The target.</param>
    /// <param name="numberOf">A row's number.</param>
    public OutlierSet? Masked(int target, Func<RowPosition, long> numberOf)
    {
        var (place, fit) = (_frame.Place, _frame.Fit);
        var search = new RobustSecondFit(place.Count);
        var coordinates = new double[place.Count];
        var predictions = new double[_frame.Targets.Length];
        var sample = _sample.Within(MostSearched);
        foreach (var row in sample.Rows)
        {
            place.Of(row.Inputs, coordinates);
            fit.Map.Apply(row.Inputs, predictions);
            var (weight, copies) = _areCounted ? (1.0, Math.Min(row.Weight, MostSearched)) : (row.Weight, 1.0);
            for (var copy = 0; copy < copies; copy++)
            {
                search.Add(numberOf(row.Position), coordinates, predictions[target],
                    row.Targets[target] - predictions[target], weight);
            }
        }

        return search.Find() is { } found ? found with { IsSample = found.IsSample || sample.IsPartial } : null;
    }

    /// <summary>
    /// Durbin and Watson's statistic of each target with its exact probability; null where there are many rows.
    /// </summary>
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
}
