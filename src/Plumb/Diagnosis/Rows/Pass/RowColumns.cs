using System.Runtime.CompilerServices;
using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// A few rows, column by column, and what is computed of each. Every element depends on its own row alone, so that it
/// has the same
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
    private readonly ulong[] _inputHashes = new ulong[MostRows];
    private readonly ulong[] _rowHashes = new ulong[MostRows];

    /// <summary>Room for rows.</summary>
    public RowColumns(RowFrame frame)
    {
        _frame = frame;
        _inputs = NewColumns(frame.Names.Inputs.Count);
        _targets = NewColumns(frame.Targets.Length);
        _scaled = NewColumns(frame.Coordinates);
        Coordinates = NewColumns(frame.Coordinates);
        Columns = NewColumns(frame.Columns);
        Groups = NewColumns(frame.Groupings);
        Fitted = NewColumns(frame.Clouds);
        Unweighted = NewColumns(frame.Clouds);
        Plain = [.. NewColumns(frame.Coordinates),
            .. Enumerable.Range(0, frame.Targets.Length).Select(t => Columns[frame.PlaceOfTarget(t) + 3])];
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

    /// <summary>Which group each row belongs to, by grouping.</summary>
    public double[][] Groups { get; }

    /// <summary>The fitted values of the targets that have clouds.</summary>
    public double[][] Fitted { get; }

    /// <summary>Their residuals without weights, in the units of the data.</summary>
    public double[][] Unweighted { get; }

    /// <summary>The leverages.</summary>
    public double[] Leverages { get; } = NewColumn();

    /// <summary>At least the largest of them.</summary>
    public double LargestLeverage { get; private set; }

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
            Frequencies[Count] = weights is { AreFrequencies: true } ? weight : 1;
            _roots[Count] = weights is { AreFrequencies: false } ? Math.Sqrt(weight) : 1;
            Count++;
        }

        Copy(block.Inputs, _inputs);
        Copy(block.Targets, _targets);
        if (block.Groups is { } groups && Groups.Length > 0)
        {
            Copy(groups, Groups);
        }

        FindHashes();
        Compute(weights is { AreFrequencies: false });
        return place;
    }

    /// <summary>A column of inputs, in whole octets.</summary>
    public ReadOnlySpan<double> Input(int input) => _inputs[input].AsSpan(0, Length);

    /// <summary>A column of targets.</summary>
    public ReadOnlySpan<double> Target(int target) => _targets[target].AsSpan(0, Count);

    /// <summary>What stands for each row's inputs: 64 mixed bits, the same for the same numbers.</summary>
    public ReadOnlySpan<ulong> InputHashes => _inputHashes.AsSpan(0, Count);

    /// <summary>What stands for each row's inputs and targets.</summary>
    public ReadOnlySpan<ulong> RowHashes => _rowHashes.AsSpan(0, Count);

    /// <summary>The root of a row's weight: 1 where rows have none, or stand for several.</summary>
    public double RootOfWeight(int row) => _roots[row];

    /// <summary>A target's residuals, weighted.</summary>
    public double[] Residuals(int target) => Columns[_frame.PlaceOfTarget(target) + 2];

    /// <summary>Room for the columns of a few rows.</summary>
    public static double[][] NewColumns(int count) => [.. Enumerable.Range(0, count).Select(_ => NewColumn())];

    // Kernels of neighbours read ahead.
    private static double[] NewColumn() => new double[MostRows + ColumnKernels.Octet];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(Matrix rows, double[][] columns)
    {
        ReadOnlySpan<double> values = rows.Values;
        var width = rows.Columns;
        ReadOnlySpan<int> places = Places.AsSpan(0, Count);
        for (var j = 0; j < columns.Length; j++)
        {
            var column = columns[j].AsSpan(0, places.Length);
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = values[places[i] * width + j];
            }
        }
    }

    // Column by column, as a processor then works on several rows at a time.
    private void FindHashes()
    {
        const ulong Seed = 0x9E3779B97F4A7C15UL;
        const ulong Multiplier = 0xBF58476D1CE4E5B9UL;
        var ofInputs = _inputHashes.AsSpan(0, Length);
        ofInputs.Fill(Seed);
        foreach (var column in _inputs)
        {
            ColumnKernels.Hash(column.AsSpan(0, Length), Multiplier, ofInputs);
        }

        var ofRows = _rowHashes.AsSpan(0, Length);
        ofInputs.CopyTo(ofRows);
        foreach (var column in _targets)
        {
            ColumnKernels.Hash(column.AsSpan(0, Length), Multiplier, ofRows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        leverage.Clear();
        ColumnKernels.AddSquaresOfMultiples(constant, _frame.Constant, leverage);
        ColumnKernels.Round(constant, shifter, Columns[_frame.PlaceOfConstant].AsSpan(0, length));
        for (var k = 0; k < _frame.Coordinates; k++)
        {
            var weighted = Columns[k].AsSpan(0, length);
            WeighingKernels.Weigh(Coordinates[k].AsSpan(0, length), constant, shifter, weighted, leverage);
            if (isWeighted)
            {
                ColumnKernels.Round(Coordinates[k].AsSpan(0, length), shifter, Plain[k].AsSpan(0, length));
            }

            if (_frame.HasSquares)
            {
                WeighingKernels.WeighSquares(_scaled[k].AsSpan(0, length), constant, shifter,
                    Columns[_frame.PlaceOfSquares + k].AsSpan(0, length));
            }
        }

        var unit = Math.ScaleB(1, -2 * _frame.Power);
        ColumnKernels.ScaleUpTo(1, unit, leverage);
        LargestLeverage = ColumnKernels.Largest(leverage);

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

        if (t < Fitted.Length)
        {
            for (var i = 0; i < Count; i++)
            {
                Fitted[t][i] = high[i] + low[i];
                Unweighted[t][i] = target.HasResidual ? y[i] - high[i] - low[i] : 0;
            }
        }

        var place = _frame.PlaceOfTarget(t);
        Span<double> Column(int k) => Columns[place + k].AsSpan(0, length);
        var (constant, shifter) = (_constant, _frame.Shifter);
        var perUnit = target.Unit > 0 ? 1 / target.Unit : 0;
        WeighingKernels.WeighPowers(high, low, target.Centre, perUnit, constant, shifter, Column(0), Column(1));
        if (!target.HasResidual)
        {
            Column(2).Clear();
            Column(3).Clear();
            return;
        }

        var power = _frame.WeightPower - _frame.Power - target.ResidualPower;
        var factors = (Math.ScaleB(1, power / 2), Math.ScaleB(1, power - power / 2));
        WeighingKernels.WeighResiduals(_targets[t], high, low, factors, constant, shifter, Column(2), Column(3));
    }
}
