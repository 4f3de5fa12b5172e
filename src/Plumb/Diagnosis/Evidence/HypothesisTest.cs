namespace Plumb.Diagnosis;

/// <summary>A test of what a fit takes for granted, or of a truth that is claimed.</summary>
/// <param name="Code">A short, stable name: reset, bends, product, along-input, breusch-pagan, white,
/// lack-of-fit, durbin-watson, noise.</param>
/// <param name="Name">What the field calls it.</param>
/// <param name="Target">The target.</param>
/// <param name="Statistic">Its value.</param>
/// <param name="Freedom">The degrees of freedom: of the numerator and denominator of F, of chi-squared, or
/// none.</param>
/// <param name="PValue">How probable a value at least as extreme would be, were nothing wrong; never 0.</param>
public sealed record HypothesisTest(string Code, string Name, string Target, double Statistic,
    IReadOnlyList<long> Freedom, double PValue)
{
    /// <summary>The degrees of freedom: of the numerator and denominator of F, of chi-squared, or none.</summary>
    public IReadOnlyList<long> Freedom { get; init => field = ValueList.Of(value); } = ValueList.Of(Freedom);

    /// <summary>
    /// Of a family of tests, over all targets, inputs and rows: a false alarm in a thousand data sets.
    /// </summary>
    internal const double Level = 0.001;

    /// <summary>How probable a value at least as extreme would be, were nothing wrong; never 0.</summary>
    public double PValue { get; init => field = Math.Max(value, double.Epsilon); } = Math.Max(PValue, double.Epsilon);

    /// <summary>The input that it names, or the product of two; null for tests that name none.</summary>
    public string? Input { get; init; }

    /// <summary>How many tests it is the clearest of, which its p-value allows for.</summary>
    internal int Among { get; init; } = 1;

    /// <summary>The share of the residuals that it explains; null where statistic and freedom tell.</summary>
    internal double? Share { get; init; }

    /// <summary>The column that the input is a power of; null where it is none.</summary>
    internal string? PowerOf { get; init; }

    /// <summary>The two inputs of a product; null for other tests.</summary>
    internal (string First, string Second)? Pair { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(HypothesisTest), PrintMembers);
}
