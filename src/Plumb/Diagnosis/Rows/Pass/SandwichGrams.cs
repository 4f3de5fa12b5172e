using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// For errors that hold where noise is uneven: per target, the exact sums of products of two coordinates times a
/// squared residual that is made up for by the row's leverage. The constant comes last.
/// </summary>
internal sealed class SandwichGrams
{
    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly HeteroskedasticKind _kind;
    private readonly ExactGram[] _grams;
    private readonly double[][] _scores; // coordinates times what stands for the noise
    private readonly ColumnRows _rows;
    private readonly double[] _factor = new double[RowColumns.MostRows];

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    /// <param name="kind">How residuals are made up for.</param>
    public SandwichGrams(RowFrame frame, RowColumns columns, HeteroskedasticKind kind)
    {
        (_frame, _columns, _kind) = (frame, columns, kind);
        _grams = [.. frame.Targets.Where(_ => frame.HasProducts)
            .Select(_ => new ExactGram(frame.Coordinates + 2) { Threads = 1 })];
        _scores = RowColumns.NewColumns(frame.Coordinates + 1);
        _rows = new ColumnRows(RowColumns.MostRows, _scores);
    }

    /// <summary>A sum, in double.</summary>
    public double this[int target, int i, int j] => _grams[target][i, j].ToDouble();

    /// <summary>Adds the rows that the columns hold; false where a sum is none of finite numbers.</summary>
    /// <param name="frequencies">How many rows each stands for; empty where each is one.</param>
    public bool Add(ReadOnlyMemory<double> frequencies)
    {
        var isFinite = true;
        for (var t = 0; t < _grams.Length; t++)
        {
            if (_frame.Targets[t].HasResidual)
            {
                var factor = _factor.AsSpan(0, _columns.Length);
                FindFactors(_columns.Residuals(t), factor);
                for (var k = 0; k <= _frame.Coordinates; k++)
                {
                    var column = _columns.Columns[k < _frame.Coordinates ? k : _frame.PlaceOfConstant];
                    ColumnKernels.Multiply(column, factor, _frame.CoarseShifter, _scores[k].AsSpan(0, factor.Length));
                }

                isFinite &= _grams[t].AddOnThisThread(_rows, frequencies, 0, _columns.Count, 1) == _columns.Count;
            }
        }

        return isFinite;
    }

    /// <summary>Adds another's sums.</summary>
    public void Add(SandwichGrams other)
    {
        for (var t = 0; t < _grams.Length; t++)
        {
            _grams[t].Add(other._grams[t], 1);
        }
    }

    // A row alone meets its target, whatever the noise.
    private void FindFactors(ReadOnlySpan<double> residuals, Span<double> factors)
    {
        if (_kind == HeteroskedasticKind.HC3)
        {
            ColumnKernels.DivideByRests(residuals, _columns.Leverages, RowFrame.Alone, factors);
            return;
        }

        for (var i = 0; i < factors.Length; i++)
        {
            var leverage = _columns.Leverages[i];
            var rest = 1 - leverage;
            factors[i] = rest <= RowFrame.Alone ? 0 : _kind switch
            {
                HeteroskedasticKind.HC2 => residuals[i] / Math.Sqrt(rest),
                HeteroskedasticKind.HC4 =>
                    residuals[i] / Math.Pow(rest, Math.Min(4, leverage / _frame.MeanLeverage) / 2),
                _ => residuals[i], // HC1 is scaled at the end
            };
        }
    }
}
