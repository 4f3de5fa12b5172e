namespace Plumb.Fitting;

/// <summary>A test of a linear hypothesis: Wald's, which for one target is the F test of nested fits.</summary>
/// <param name="Text">The hypothesis.</param>
/// <param name="Target">The target whose parameters it is about; null where it names targets itself.</param>
public sealed record TestedHypothesis(string Text, string? Target)
{
    /// <summary>Its equations.</summary>
    public IReadOnlyList<TestedRestriction> Restrictions
    {
        get;
        init => field = ValueList.Of(value);
    } = ValueList.Of<TestedRestriction>([]);

    /// <summary>
    /// (estimate - value)' (its covariance)^-1 (estimate - value) / equations: t^2 of one equation. Exact for one
    /// target, or one equation, under normal noise. Seber and Lee, Linear Regression Analysis, 2nd ed., section 4.3.
    /// Infinite without noise; NaN where there is none.
    /// </summary>
    public double F { get; init; } = double.NaN;

    /// <summary>How many of its equations are independent of each other.</summary>
    public int NumeratorDegreesOfFreedom { get; init; }

    /// <summary>The degrees of freedom of the noise.</summary>
    public double DenominatorDegreesOfFreedom { get; init; } = double.NaN;

    /// <summary>How probable an F at least this large would be, were the hypothesis true.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>The p-value that allows for the other tests made beside it; null where none were asked for.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>
    /// Why it cannot be tested: the equation, and the relation between inputs that leaves it undetermined; null where
    /// it can.
    /// </summary>
    public string? Undetermined { get; init; }

    /// <summary>Whether it is about the difference of two parameters, or about one.</summary>
    internal bool IsPairwise { get; init; }

    /// <summary>The combinations of its equations.</summary>
    internal IReadOnlyList<ParameterCombination> Combinations { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(TestedHypothesis), PrintMembers);
}
