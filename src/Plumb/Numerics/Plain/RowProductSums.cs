namespace Plumb.Numerics;

/// <summary>
/// Sums over rows of o o' and o e, in plain doubles, for coordinates that are orthonormal over all rows: those of most
/// of the rows are then far from dependent.
/// </summary>
internal sealed class RowProductSums
{
    private const double Dependent = 1e-9; // of a pivot's diagonal: what is left of it without the columns before

    private readonly int _rank;
    private readonly double[] _products; // lower triangle, row by row
    private readonly double[] _withTarget;

    /// <summary>No rows yet.</summary>
    public RowProductSums(int rank)
        : this(rank, new double[rank * (rank + 1) / 2], new double[rank])
    {
    }

    private RowProductSums(int rank, double[] products, double[] withTarget) =>
        (_rank, _products, _withTarget) = (rank, products, withTarget);

    /// <summary>All of these rows.</summary>
    public static RowProductSums Of(double[] rows, double[] targets, int rank)
    {
        var sums = new RowProductSums(rank);
        for (var i = 0; i < targets.Length; i++)
        {
            sums.Add(rows.AsSpan(i * rank, rank), targets[i], 1);
        }

        return sums;
    }

    /// <summary>Another that can be changed without this one.</summary>
    public RowProductSums Clone() => new(_rank, (double[])_products.Clone(), (double[])_withTarget.Clone());

    /// <summary>Adds a row, or takes it away (sign -1).</summary>
    public void Add(ReadOnlySpan<double> row, double target, int sign)
    {
        var place = 0;
        for (var i = 0; i < row.Length; i++)
        {
            var own = sign * row[i];
            _withTarget[i] += own * target;
            for (var j = 0; j <= i; j++)
            {
                _products[place++] += own * row[j];
            }
        }
    }

    /// <summary>The coefficients with the least squares; null where the rows are dependent.</summary>
    public double[]? Solve()
    {
        if (Factor() is not { } lower)
        {
            return null;
        }

        var coefficients = (double[])_withTarget.Clone();
        lower.SolveLower(coefficients);
        lower.SolveUpper(coefficients);
        return coefficients;
    }

    /// <summary>L of the products L L'; null where the rows are dependent. Golub and Van Loan, section 4.2.</summary>
    public LowerFactor? Factor()
    {
        var lower = (double[])_products.Clone();
        for (var (i, start) = (0, 0); i < _rank; start += ++i)
        {
            for (var (j, other) = (0, 0); j <= i; other += ++j)
            {
                var sum = lower[start + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= lower[start + k] * lower[other + k];
                }

                if (i == j && !(sum > Dependent * _products[start + i]))
                {
                    return null;
                }

                lower[start + j] = i == j ? Math.Sqrt(sum) : sum / lower[other + j];
            }
        }

        return new LowerFactor(lower, _rank);
    }
}
