namespace Plumb.Fitting;

/// <summary>One equation of a hypothesis beside what was estimated.</summary>
/// <param name="Text">The equation, such as "x1 + x2 = 1".</param>
/// <param name="Estimate">What is estimated for its left side less its right side: 0 where it holds.</param>
/// <param name="StandardError">Of that; NaN where the data leave it undetermined.</param>
public sealed record TestedRestriction(string Text, double Estimate, double StandardError)
{
    /// <summary>The lower end of the confidence interval of the difference.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>The upper end.</summary>
    public double High { get; init; } = double.NaN;

    /// <summary>
    /// The estimate over its standard error; infinite without noise, NaN where nothing differs either.
    /// </summary>
    public double T { get; init; } = double.NaN;

    /// <summary>The degrees of freedom of Student's t.</summary>
    public double DegreesOfFreedom { get; init; } = double.NaN;

    /// <summary>How probable a |t| at least this large would be, were the equation true; both tails.</summary>
    public double PValue { get; init; } = double.NaN;
}
