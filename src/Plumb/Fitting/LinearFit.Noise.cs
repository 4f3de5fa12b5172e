namespace Plumb;

/// <content>The noise: estimated from the residuals, or known.</content>
public sealed partial class LinearFit
{
    /// <summary>
    /// The degrees of freedom of the noise that standard errors rest on: those of the residuals, or infinite where the
    /// noise is known (<see cref="LeastSquares.NoiseIsKnown"/>), as nothing is estimated then.
    /// </summary>
    public double NoiseDegreesOfFreedom =>
        Settings.NoiseIsKnown ? double.PositiveInfinity : ResidualDegreesOfFreedom;

    /// <summary>
    /// Where the noise is known, chi-squared of the fit: the sum of the squared residuals over their variances, with
    /// <see cref="ResidualDegreesOfFreedom"/>; one per target. NaN elsewhere, and where no residual is free.
    /// </summary>
    public IReadOnlyList<double> ChiSquared => field ??= [.. ResidualSumOfSquares.Select(square => JudgesNoise
        ? square : double.NaN)];

    /// <summary>
    /// How probable a chi-squared at least this large would be, were the relation affine and the noise as given; near 1
    /// where the residuals are smaller than such noise leaves them. NaN where there is no chi-squared.
    /// </summary>
    /// <param name="target">The target.</param>
    public double ChiSquaredPValue(int target) => double.IsNaN(ChiSquared[target]) ? double.NaN
        : Numerics.ChiSquared.UpperTail(ChiSquared[target], ResidualDegreesOfFreedom);

    /// <summary>How probable a chi-squared at most this large would be.</summary>
    internal double ChiSquaredLowerPValue(int target) => double.IsNaN(ChiSquared[target]) ? double.NaN
        : Numerics.ChiSquared.LowerTail(ChiSquared[target], ResidualDegreesOfFreedom);

    /// <summary>The standard deviation of the noise, estimated or known, of a row of weight 1.</summary>
    internal double NoiseStandardDeviation(int target) =>
        Settings.NoiseIsKnown ? 1 : ResidualStandardDeviation[target];

    private bool JudgesNoise => Settings.NoiseIsKnown && Settings.Ridge == 0 && ResidualDegreesOfFreedom > 0;
}
