using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether noise alone would move the best fit as far from a map as it lies, were that map the truth: F = |X (best fit
/// - map)|^2 / (rank s^2). Seber and Lee, Linear Regression Analysis, section 4.3.
/// </summary>
internal static class DistanceTest
{
    /// <summary>The usual level: noise as large is nothing unusual.</summary>
    public const double Usual = 0.05;

    /// <summary>One test a target that has noise to judge by.</summary>
    public static IReadOnlyList<HypothesisTest> Of(AffineMap map, LinearFit fit)
    {
        var difference = fit.NullSpace.PartOf(fit.Map, map, free: false);
        var noisy = Enumerable.Range(0, fit.Names.Targets.Count).Where(t => fit.Rank > 0 && fit.HasNoise(t));
        return [.. noisy.Select(t => OfLength(fit.Moments.PredictionLength(difference, t), fit, t))];
    }

    /// <summary>The test of one target whose |X (best fit - map)| is known.</summary>
    public static HypothesisTest OfLength(double length, LinearFit fit, int target)
    {
        var ratio = length / fit.ResidualStandardDeviation[target];
        var f = ratio * ratio / fit.Rank;
        return new HypothesisTest(
            "noise",
            "F of the distance from the best fit",
            fit.Names.Targets[target],
            f,
            [fit.Rank, fit.ResidualDegreesOfFreedom],
            FisherF.UpperTail(f, fit.Rank, fit.ResidualDegreesOfFreedom));
    }
}
