namespace Plumb.Fitting;

/// <summary>
/// What a row of a fit says for one target, and how far the fit would move without it: exactly, as if the other rows
/// had been fitted alone. Belsley, Kuh and Welsch, Regression Diagnostics, section 2.1.
/// </summary>
/// <param name="Row">Its number among the rows of data, from 1.</param>
/// <param name="Target">The target.</param>
/// <param name="Measured">The target's value.</param>
/// <param name="Fitted">What the fit predicts.</param>
public sealed record RowEffect(long Row, string Target, double Measured, double Fitted)
{
    /// <summary>Measured less fitted, rounded once.</summary>
    public double Residual { get; init; }

    /// <summary>Its part in its own prediction, 0 to 1; leverages add up to the rank.</summary>
    public double Leverage { get; init; }

    /// <summary>
    /// The residual over its standard error (internally studentized); NaN, as all below, for a row alone, and where
    /// residuals are no more than rounding.
    /// </summary>
    public double Standardized { get; init; } = double.NaN;

    /// <summary>
    /// The residual from the fit to the other rows, over its standard error: Student's t with one degree of freedom
    /// less than the fit's. NaN where there is none.
    /// </summary>
    public double Studentized { get; init; } = double.NaN;

    /// <summary>The residual from the fit to the other rows: what PRESS adds up the squares of.</summary>
    public double Deleted { get; init; } = double.NaN;

    /// <summary>How far all parameters move without it. Cook, Technometrics 19, 1977.</summary>
    public double CooksDistance { get; init; } = double.NaN;

    /// <summary>How far its own prediction moves without it, in standard errors.</summary>
    public double Dffits { get; init; } = double.NaN;

    /// <summary>
    /// How far each parameter moves without it, in its standard error: [bias; weights]. NaN for those that the data do
    /// not determine, and for the bias where there is none.
    /// </summary>
    public IReadOnlyList<double> Dfbetas { get; init => field = ValueList.Of(value); } = [];

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(RowEffect), PrintMembers);
}
