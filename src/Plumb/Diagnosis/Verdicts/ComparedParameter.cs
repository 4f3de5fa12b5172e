namespace Plumb.Diagnosis;

/// <summary>A parameter of a fit beside the true one.</summary>
/// <param name="Name">Its input's name; <see cref="BiasName"/> for the bias.</param>
/// <param name="Estimate">What was fitted.</param>
/// <param name="Truth">What is true.</param>
/// <param name="StandardError">The standard error of the estimate; NaN where there is none.</param>
/// <param name="IntervalFactor">The half-width of the confidence interval in standard errors; NaN where there is
/// none.</param>
/// <param name="IsDetermined">Whether the data determine the parameter; if not, the estimate is one of many, and there
/// is nothing to compare.</param>
public sealed record ComparedParameter(
    string Name,
    double Estimate,
    double Truth,
    double StandardError,
    double IntervalFactor,
    bool IsDetermined)
{
    /// <summary>What the bias is called.</summary>
    public const string BiasName = "(bias)";

    /// <summary>The estimate less the truth; NaN where the data do not determine the parameter.</summary>
    public double Difference => IsDetermined ? Estimate - Truth : double.NaN;

    /// <summary>The same in standard errors, 0 where it is 0; NaN without a standard error.</summary>
    public double InStandardErrors =>
        double.IsNaN(Difference) || double.IsNaN(StandardError) ? double.NaN
        : Difference == 0 ? 0
        : Difference / StandardError;

    /// <summary>Whether the confidence interval holds the truth; null without an interval.</summary>
    public bool? IsInside =>
        double.IsNaN(InStandardErrors) || double.IsNaN(IntervalFactor) ? null
        : Math.Abs(InStandardErrors) <= IntervalFactor;

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ComparedParameter), PrintMembers);
}
