namespace Plumb;

/// <summary>One parameter of a fit, as tables of coefficients show it.</summary>
/// <param name="Target">The target.</param>
/// <param name="Input">The input that it multiplies, or "bias".</param>
/// <param name="Estimate">The estimate; where the data do not determine it, that of the smallest weights.</param>
/// <param name="StandardError">Its standard error; NaN where there is none.</param>
public sealed record Coefficient(string Target, string Input, double Estimate, double StandardError)
{
    /// <summary>The lower end of its confidence interval, at the level of the fit's settings; NaN where there is
    /// none.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>The upper end.</summary>
    public double High { get; init; } = double.NaN;

    /// <summary>The estimate over its standard error; NaN where there is none.</summary>
    public double T { get; init; } = double.NaN;

    /// <summary>
    /// How probable a |t| at least this large would be, were the true parameter 0; NaN where there is none.
    /// </summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>
    /// How many digits of the estimate can be trusted: the fewest that the arithmetic, the data and the noise leave.
    /// </summary>
    public double Digits { get; init; } = double.NaN;

    /// <summary>
    /// The estimate in units of the target's standard deviation per standard deviation of the input, over the rows; NaN
    /// for the bias, and where there is none.
    /// </summary>
    public double Standardized { get; init; } = double.NaN;

    /// <summary>Whether the data determine it.</summary>
    public bool IsDetermined { get; init; } = true;
}
