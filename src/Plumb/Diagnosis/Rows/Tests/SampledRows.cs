using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Rows that were kept, as columns of the frame: how squared residuals go with what else is known of a row, which takes
/// more than sums of products. Rows that hold the same are kept or left out together, and so count as one where some
/// were left out.
/// </summary>
internal sealed class SampledRows
{
    private readonly RowFrame _frame;
    private readonly RowSample.Kept[] _rows;
    private readonly bool _isPartial;
    private readonly double[] _counts; // how many rows each stands for
    private readonly double[][] _columns; // as the frame places them
    private readonly double[] _rests; // 1 - leverage

    /// <summary>The rows of a sample.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="areCounted">Whether weights say how many rows each stands for.</param>
    public SampledRows(RowFrame frame, RowSample sample, bool areCounted)
    {
        (_frame, _isPartial) = (frame, sample.IsPartial);
        // In this order, and each content once: the same bits however the rows came, and as often as they are counted.
        var groups = sample.Rows.OrderBy(row => row.Hash).ThenBy(row => row.Weight)
            .GroupBy(row => (row.Hash, Weight: areCounted ? 1 : row.Weight)).ToArray();
        _rows = [.. groups.Select(rows => rows.First())];
        _counts = [.. groups.Select(rows => areCounted ? rows.Sum(row => row.Weight) : rows.Count())];
        _columns = [.. Enumerable.Range(0, frame.Columns).Select(_ => new double[_rows.Length])];
        _rests = new double[_rows.Length];
        Compute(areCounted);
        Units = _isPartial ? _rows.Select(row => row.Hash).Distinct().Count() : (long)_counts.Sum();
    }

    /// <summary>How many rows they are; where some were left out, how many different ones.</summary>
    public long Units { get; }

    /// <summary>The number of different rows: the length of all columns.</summary>
    public int Length => _rows.Length;

    /// <summary>Where the rows end that were kept together with the one at a place, or are the same.</summary>
    public int EndOfUnit(int place)
    {
        var end = place + 1;
        while (_isPartial && end < _rows.Length && _rows[end].Hash == _rows[place].Hash)
        {
            end++;
        }

        return end;
    }

    /// <summary>How many independent rows that is.</summary>
    public double CountOfUnit(int place) => _isPartial ? 1 : _counts[place];

    /// <summary>How many rows one stands for.</summary>
    public double Count(int place) => _counts[place];

    /// <summary>A row's value of an input.</summary>
    public double Input(int place, int input) => _rows[place].Inputs[input];

    /// <summary>What the inputs span, of weighted rows, each times the root of how often it counts.</summary>
    public ColumnBasis Basis() => new(Length, _frame.Basis.Select(place => Counted(_columns[place])));

    /// <summary>A target's residuals, of weighted rows, each times the root of how often it counts.</summary>
    public double[] Residuals(int target) => Counted(_columns[_frame.PlaceOfTarget(target) + 2]);

    /// <summary>The same of an independent input's distance from its mean: a power of two near 1, times that.</summary>
    public double[] Standardized(int coordinate)
    {
        var (place, scale) = (_frame.Place, Math.ScaleB(_frame.Place.Scales[coordinate], _frame.WeightPower));
        return [.. _rows.Select(row => (row.Inputs[place.Inputs[coordinate]] - place.Means[coordinate]) * scale)];
    }

    /// <summary>Each row times the root of how often it counts, and of its weight.</summary>
    public double[] Weighted(double[] column, bool isWeighted = true)
    {
        var roots = _columns[_frame.PlaceOfConstant];
        return Counted(isWeighted ? [.. column.Zip(roots, (value, root) => value * root)] : column);
    }

    /// <summary>Square and cube of a target's predictions, of weighted rows.</summary>
    public IEnumerable<double[]> PowersOfPredictions(int target) =>
        [Counted(_columns[_frame.PlaceOfTarget(target)]), Counted(_columns[_frame.PlaceOfTarget(target) + 1])];

    /// <summary>The rows' places in the order in which they stand.</summary>
    public IEnumerable<int> InOrder() => Enumerable.Range(0, Length).OrderBy(place => _rows[place].Position);

    /// <summary>
    /// For each parameter, S^2 / sum of (each row's part in S)^2 with S's sign, where S is the sum of u^2 about its
    /// mean times r^2 / (1 - h) about its own; 0 where rows say nothing. The bias comes last.
    /// </summary>
    public double[] SharesAgainstSquares(int target)
    {
        var squares = new double[_rows.Length];
        var residuals = _columns[_frame.PlaceOfTarget(target) + 2];
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = _rests[i] > RowFrame.Alone ? residuals[i] * residuals[i] / _rests[i] : 0;
        }

        var mean = Mean(squares);
        return [.. SandwichErrors.Inverse(_frame).Select(parameter => Statistic(Shares(parameter), squares, mean))];
    }

    /// <summary>
    /// How much larger the variance of a column's product with the noise is than even noise would make it: sum of q^2
    /// e^2 over that of q^2 times the mean of e^2, with q what the inputs leave of the column, and e what it leaves of
    /// the residuals; at least 1.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="column">The column's place.</param>
    /// <param name="explained">How it is explained by the basis.</param>
    /// <param name="coefficient">The coefficient of what is left of it, to explain the residuals by.</param>
    public double Inflation(int target, int column, DoubleDouble[] explained, double coefficient)
    {
        var (basis, residuals) = (_frame.Basis, _columns[_frame.PlaceOfTarget(target) + 2]);
        var (both, left, squares, rows) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < _rows.Length; i++)
        {
            var rest = _columns[column][i];
            for (var k = 0; k < basis.Length; k++)
            {
                rest -= explained[k].High * _columns[basis[k]][i];
            }

            var noise = residuals[i] - coefficient * rest;
            var (ofRest, ofResidual) = (_counts[i] * rest * rest, noise * noise);
            both += ofRest * ofResidual;
            left += ofRest;
            squares += _counts[i] * ofResidual;
            rows += _counts[i];
        }

        var inflation = both / left / (squares / rows);
        return inflation > 1 ? inflation : 1;
    }

    private void Compute(bool areCounted)
    {
        var columns = new RowColumns(_frame);
        for (var first = 0; first < _rows.Length; first += RowColumns.MostRows)
        {
            var rows = _rows.AsSpan(first, Math.Min(RowColumns.MostRows, _rows.Length - first)).ToArray();
            var block = new Dataset(
                Matrix.Create(rows.Length, _frame.Names.Inputs.Count, (i, j) => rows[i].Inputs[j]),
                Matrix.Create(rows.Length, _frame.Targets.Length, (i, t) => rows[i].Targets[t]),
                _frame.Names)
            { Weights = areCounted ? null : RowWeights.Precisions([.. rows.Select(row => row.Weight)]) };
            columns.Load(block, 0);
            for (var j = 0; j < _columns.Length; j++)
            {
                columns.Columns[j].AsSpan(0, rows.Length).CopyTo(_columns[j].AsSpan(first));
            }

            for (var i = 0; i < rows.Length; i++)
            {
                _rests[first + i] = 1 - columns.Leverages[i];
            }
        }
    }

    // u^2 of each row in a parameter.
    private double[] Shares(double[] parameter)
    {
        var shares = new double[_rows.Length];
        var constants = _frame.Place.Constant is null ? 0 : 1; // it comes first here, and last among the columns
        for (var k = 0; k < parameter.Length; k++)
        {
            var (factor, column) = k < constants
                ? (parameter[k] * _frame.Constant, _columns[_frame.PlaceOfConstant])
                : (parameter[k], _columns[k - constants]);
            for (var i = 0; i < shares.Length; i++)
            {
                shares[i] += factor * column[i];
            }
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] *= shares[i];
        }

        return shares;
    }

    private double Statistic(double[] shares, double[] squares, double meanSquare)
    {
        var (mean, sum, norm, group) = (Mean(shares), 0.0, 0.0, 0.0);
        for (var i = 0; i < squares.Length; i++)
        {
            var part = (shares[i] - mean) * (squares[i] - meanSquare);
            sum += _counts[i] * part;
            group += _counts[i] * part;
            if (!_isPartial)
            {
                norm += _counts[i] * part * part;
            }
            else if (i + 1 == squares.Length || _rows[i + 1].Hash != _rows[i].Hash)
            {
                norm += group * group;
                group = 0;
            }
        }

        return norm > 0 ? Math.Sign(sum) * (sum / norm) * sum : 0;
    }

    private double[] Counted(double[] column) =>
        [.. column.Zip(_counts, (value, count) => count == 1 ? value : value * Math.Sqrt(count))];

    private double Mean(double[] values)
    {
        var (sum, count) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            sum += _counts[i] * values[i];
            count += _counts[i];
        }

        return sum / count;
    }
}
