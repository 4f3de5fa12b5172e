namespace Plumb;

/// <summary>A weight a row. A sum of squared residuals counts each as often as its weight says.</summary>
public sealed class RowWeights
{
    private RowWeights(double[] values, bool countRows) => (Memory, CountRows) = (values, countRows);

    /// <summary>The weights.</summary>
    public ReadOnlySpan<double> Values => Memory.Span;

    /// <summary>Whether a weight is a number of rows.</summary>
    public bool CountRows { get; }

    internal ReadOnlyMemory<double> Memory { get; }

    /// <summary>How often each row was seen: a row with frequency 2 is that row twice, to the last bit.</summary>
    /// <param name="counts">Whole numbers, 0 or more; kept, not copied.</param>
    /// <exception cref="ArgumentException">A count is negative, not whole, or 2^53 or more.</exception>
    public static RowWeights Frequencies(double[] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        const double MostRows = 1L << 53; // doubles hold all whole numbers below
        Require(counts, count => count >= 0 && count < MostRows && count == Math.Truncate(count), "a frequency must be a whole number, 0 or more");
        return new RowWeights(counts, countRows: true);
    }

    /// <summary>How precise each row is: the inverse of its noise's variance, up to a common factor. Each row with a weight above 0 counts as one; Aitken, Proc. Royal Soc. Edinburgh 55, 1935.</summary>
    /// <param name="weights">Finite numbers, 0 or more; kept, not copied.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
    public static RowWeights Precisions(double[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Require(weights, weight => weight >= 0 && double.IsFinite(weight), "a weight must be a number, 0 or more");
        return new RowWeights(weights, countRows: false);
    }

    /// <summary>The number of rows that these weights stand for.</summary>
    internal long Rows()
    {
        var rows = 0L;
        foreach (var value in Values)
        {
            rows = checked(rows + (CountRows ? (long)value : value > 0 ? 1 : 0));
        }

        return rows;
    }

    private static void Require(double[] values, Predicate<double> isGood, string rule)
    {
        var row = Array.FindIndex(values, value => !isGood(value));
        if (row >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"row {row} has weight {values[row]}; {rule}."), nameof(values));
        }
    }
}
