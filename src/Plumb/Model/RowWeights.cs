namespace Plumb;

/// <summary>A weight per row. A sum of squared residuals counts each as often as its weight says.</summary>
public sealed class RowWeights
{
    private RowWeights(double[] values, bool areFrequencies) => (Memory, AreFrequencies) = (values, areFrequencies);

    /// <summary>The weights.</summary>
    public ReadOnlySpan<double> Values => Memory.Span;

    /// <summary>Whether a weight is a number of rows.</summary>
    public bool AreFrequencies { get; }

    internal ReadOnlyMemory<double> Memory { get; }

    /// <summary>How often each row was seen: a row with frequency 2 is that row twice, to the last bit.</summary>
    /// <param name="counts">Whole numbers, 0 or more; kept, not copied.</param>
    /// <exception cref="ArgumentException">A count is negative, not whole, or 2^53 or more.</exception>
    public static RowWeights Frequencies(double[] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return new RowWeights(Require(counts, areFrequencies: true), areFrequencies: true);
    }

    /// <summary>
    /// How precise each row is: the inverse of its noise's variance, up to a common factor. Each row with a weight
    /// above 0 counts as one; Aitken, Proc. Royal Soc. Edinburgh 55, 1935.
    /// </summary>
    /// <param name="weights">Finite numbers, 0 or more; kept, not copied.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
    public static RowWeights Precisions(double[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new RowWeights(Require(weights, areFrequencies: false), areFrequencies: false);
    }

    /// <summary>
    /// The precision of rows whose noise has these standard deviations: one over their squares, for fits whose
    /// <see cref="LeastSquares.NoiseIsKnown"/>.
    /// </summary>
    /// <param name="errors">Numbers above 0, whose squares and their inverses are doubles.</param>
    /// <exception cref="ArgumentException">One is not.</exception>
    public static RowWeights OfStandardErrors(ReadOnlySpan<double> errors)
    {
        var row = FindBadError(errors);
        return row < 0 ? new RowWeights(PrecisionsOf(errors), areFrequencies: false)
            : throw new ArgumentException(FormattableString.Invariant(
                $"row {row} has standard error {errors[row]}, expected {RuleOfErrors}."), nameof(errors));
    }

    /// <summary>What a standard error must be.</summary>
    internal const string RuleOfErrors = "a number above 0 (and between 1e-153 and 1e153)";

    /// <summary>The first number that is no standard error; below 0 where all are.</summary>
    internal static int FindBadError(ReadOnlySpan<double> errors)
    {
        const double Largest = 1e153; // its square, and the inverse of that, are normal doubles
        for (var i = 0; i < errors.Length; i++)
        {
            if (!(errors[i] >= 1 / Largest && errors[i] <= Largest))
            {
                return i;
            }
        }

        return -1;
    }

    private static double[] PrecisionsOf(ReadOnlySpan<double> errors)
    {
        var weights = new double[errors.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = 1 / (errors[i] * errors[i]);
        }

        return weights;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(AreFrequencies ? "frequencies" : "precisions")} {Shown.Numbers(Values)}";

    /// <summary>The number of rows that these weights stand for.</summary>
    internal long Rows()
    {
        var rows = 0L;
        foreach (var value in Values)
        {
            rows = checked(rows + (AreFrequencies ? (long)value : value > 0 ? 1 : 0));
        }

        return rows;
    }

    /// <summary>The first value that is no weight; below 0 where all are.</summary>
    internal static int FindBad(double[] values, bool areFrequencies)
    {
        const double MostRows = 1L << 53; // doubles hold all whole numbers below
        return Array.FindIndex(values,
            value => !(value >= 0 && double.IsFinite(value))
                || (areFrequencies && (value >= MostRows || value != Math.Truncate(value))));
    }

    /// <summary>What a weight must be.</summary>
    internal static string RuleOf(bool areFrequencies) => areFrequencies ? "a whole number, 0 or more and below 2^53"
        : "a number, 0 or more";

    /// <summary>The weights of all blocks in their order; null where none has any.</summary>
    /// <exception cref="ArgumentException">Some have weights and others have none, or of another kind.</exception>
    internal static RowWeights? Concatenate(IReadOnlyList<RowWeights?> blocks)
    {
        if (blocks.All(weights => weights is null))
        {
            return null;
        }

        var first = blocks[0];
        return first is not null && blocks.All(weights => weights?.AreFrequencies == first.AreFrequencies)
            ? new RowWeights([.. blocks.SelectMany(weights => weights!.Values.ToArray())], first.AreFrequencies)
            : throw new ArgumentException(
                "some blocks have weights and others have none, or of another kind; give all of them weights of one "
                    + "kind.", nameof(blocks));
    }

    /// <summary>The weights of some of the rows, in the order asked for.</summary>
    internal RowWeights Pick(IReadOnlyList<int> rows) => new([.. rows.Select(row => Memory.Span[row])], AreFrequencies);

    private static double[] Require(double[] values, bool areFrequencies)
    {
        var row = FindBad(values, areFrequencies);
        return row < 0
            ? values
            : throw new ArgumentException(
                FormattableString.Invariant($"row {row} has weight {values[row]}, expected {RuleOf(areFrequencies)}."),
                nameof(values));
    }
}
