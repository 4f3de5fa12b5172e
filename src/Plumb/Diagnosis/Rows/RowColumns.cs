using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// A few rows, column by column, and what is computed of each. Every element depends on its own row alone, so that it has the same
/// bits wherever the row stands.
/// </summary>
internal sealed class RowColumns
{
    /// <summary>The most rows.</summary>
    public const int MostRows = SlicedGram.MostRows;

    private readonly RowFrame _frame;
    private readonly double[][] _inputs;
    private readonly double[][] _targets;
    private readonly double[][] _scaled;
    private readonly double[] _roots = NewColumn(); // of the weights
    private readonly double[] _constant = NewColumn(); // these, scaled
    private readonly double[] _high = NewColumn();
    private readonly double[] _low = NewColumn();

    /// <summary>Room for rows.</summary>
    public RowColumns(RowFrame frame)
    {
        _frame = frame;
        _inputs = NewColumns(frame.Names.Inputs.Count);
        _targets = NewColumns(frame.Targets.Length);
        _scaled = NewColumns(frame.Coordinates);
        Coordinates = NewColumns(frame.Coordinates);
        Columns = NewColumns(frame.Columns);
        Plain = [.. NewColumns(frame.Coordinates), .. Enumerable.Range(0, frame.Targets.Length).Select(t => Columns[frame.PlaceOfTarget(t) + 3])];
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The same in whole octets.</summary>
    public int Length => ColumnKernels.RoundUp(Count);

    /// <summary>Each row's place in its block.</summary>
    public int[] Places { get; } = new int[MostRows];

    /// <summary>How many rows each stands for.</summary>
    public double[] Frequencies { get; } = NewColumn();

    /// <summary>The coordinates without weights, not rounded to the grid.</summary>
    public double[][] Coordinates { get; }

    /// <summary>The columns of weighted sums, as the frame places them.</summary>
    public double[][] Columns { get; }

    /// <summary>The coordinates without weights, then the squared residuals.</summary>
    public double[][] Plain { get; }

    /// <summary>The leverages.</summary>
    public double[] Leverages { get; } = NewColumn();

    /// <summary>Takes rows of a block, from a place on; those of weight 0 are left out.</summary>
    /// <returns>The place behind the last one taken.</returns>
    public int Load(Dataset block, int start)
    {
        var (weights, place) = (block.Weights, start);
        for (Count = 0; Count < MostRows && place < block.Rows; place++)
        {
            var weight = weights is null ? 1 : weights.Values[place];
            if (weight == 0)
            {
                continue;
            }

            Places[Count] = place;
            Frequencies[Count] = weights is { CountRows: true } ? weight : 1;
            _roots[Count] = weights is { CountRows: false } ? Math.Sqrt(weight) : 1;
            Copy(block.Inputs.Row(place), _inputs);
            Copy(block.Targets.Row(place), _targets);
            Count++;
        }

        Compute(weights is { CountRows: false });
        return place;
    }

    /// <summary>A column of inputs, in whole octets.</summary>
    public ReadOnlySpan<double> Input(int input) => _inputs[input].AsSpan(0, Length);

    /// <summary>A column of targets.</summary>
    public ReadOnlySpan<double> Target(int target) => _targets[target].AsSpan(0, Count);

    /// <summary>The root of a row's weight: 1 where rows have none, or stand for several.</summary>
    public double RootOfWeight(int row) => _roots[row];

    /// <summary>A target's residuals, weighted.</summary>
    public double[] Residuals(int target) => Columns[_frame.PlaceOfTarget(target) + 2];

    /// <summary>Room for the columns of a few rows.</summary>
    public static double[][] NewColumns(int count) => [.. Enumerable.Range(0, count).Select(_ => NewColumn())];

    private static double[] NewColumn() => new double[MostRows];

    private void Copy(ReadOnlySpan<double> row, double[][] columns)
    {
        for (var j = 0; j < columns.Length; j++)
        {
            columns[j][Count] = row[j];
        }
    }

    private void Compute(bool isWeighted)
    {
        var length = Length;
        var shifter = _frame.Shifter;
        var constant = _constant.AsSpan(0, length);
        _frame.Place.OfColumns(_inputs, length, _frame.WeightPower, _scaled, Coordinates);
        for (var i = 0; i < length; i++)
        {
            constant[i] = isWeighted ? Math.ScaleB(_roots[i], _frame.Power - _frame.WeightPower) : 1;
        }

        var leverage = Leverages.AsSpan(0, length);
        for (var i = 0; i < length; i++)
        {
            var first = constant[i] * _frame.Constant;
            leverage[i] = first * first;
        }

        ColumnKernels.Round(constant, shifter, Columns[_frame.PlaceOfConstant].AsSpan(0, length));
        for (var k = 0; k < _frame.Coordinates; k++)
        {
            var weighted = Columns[k].AsSpan(0, length);
            ColumnKernels.Multiply(Coordinates[k].AsSpan(0, length), constant, shifter: 0, weighted);
            ColumnKernels.AddProduct(weighted, weighted, leverage);
            ColumnKernels.Round(weighted, shifter, weighted);
            if (isWeighted)
            {
                ColumnKernels.Round(Coordinates[k].AsSpan(0, length), shifter, Plain[k].AsSpan(0, length));
            }

            if (_frame.HasSquares)
            {
                var squares = Columns[_frame.PlaceOfSquares + k].AsSpan(0, length);
                ColumnKernels.Multiply(_scaled[k].AsSpan(0, length), _scaled[k].AsSpan(0, length), shifter: 0, squares);
                ColumnKernels.Multiply(squares, constant, shifter, squares);
            }
        }

        var unit = Math.ScaleB(1, -2 * _frame.Power);
        for (var i = 0; i < length; i++)
        {
            leverage[i] = Math.Min(leverage[i] * unit, 1);
        }

        for (var t = 0; t < _targets.Length; t++)
        {
            ComputeTarget(_frame.Targets[t], t, length);
        }
    }

    private void ComputeTarget(TargetFrame target, int t, int length)
    {
        var high = _high.AsSpan(0, length);
        var low = _low.AsSpan(0, length);
        var y = _targets[t];
        high.Fill(target.Bias);
        low.Clear();
        for (var j = 0; j < _inputs.Length; j++)
        {
            if (target.Weights[j] != 0)
            {
                ColumnKernels.AddMultipleExactly(_inputs[j].AsSpan(0, length), target.Weights[j], high, low);
            }
        }

        var place = _frame.PlaceOfTarget(t);
        var (squares, cubes, residuals, squaredResiduals) = (Columns[place], Columns[place + 1], Columns[place + 2], Columns[place + 3]);
        var (constant, shifter) = (_constant, _frame.Shifter);
        var perUnit = target.Unit > 0 ? 1 / target.Unit : 0;
        for (var i = 0; i < length; i++)
        {
            var u = Difference(high[i], low[i], target.Centre, target.CentreLow) * perUnit;
            var square = u * u;
            squares[i] = square * constant[i] + shifter - shifter;
            cubes[i] = square * u * (constant[i] / 8) + shifter - shifter;
        }

        if (!target.HasResidual)
        {
            Array.Clear(residuals);
            Array.Clear(squaredResiduals);
            return;
        }

        // In two steps, as one factor may be beyond a double's range.
        var power = _frame.WeightPower - _frame.Power - target.ResidualPower;
        var (first, second) = (Math.ScaleB(1, power / 2), Math.ScaleB(1, power - power / 2));
        for (var i = 0; i < length; i++)
        {
            var residual = Difference(y[i], 0, high[i], low[i]) * first * second * constant[i];
            residuals[i] = residual + shifter - shifter;
            squaredResiduals[i] = residual * residual + shifter - shifter;
        }
    }

    /// <summary>(high + low) - (otherHigh + otherLow), in little more than one rounding.</summary>
    private static double Difference(double high, double low, double otherHigh, double otherLow)
    {
        var difference = high - otherHigh;
        var virtualOther = high - difference;
        var lost = high - (difference + virtualOther) + (virtualOther - otherHigh);
        return difference + (lost + (low - otherLow));
    }
}
