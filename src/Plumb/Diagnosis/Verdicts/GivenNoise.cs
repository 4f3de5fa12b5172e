using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether residuals are as large as noise that is known would leave them: chi-squared, both tails. Bevington and
/// Robinson, Data Reduction and Error Analysis, 3rd ed., section 11.1.
/// </summary>
internal static class GivenNoise
{
    private const double BeyondChance = 0.001; // in either tail, over all targets

    /// <summary>What chi-squared says against the noise of a fit; nothing where that is not known.</summary>
    public static IEnumerable<Finding> Findings(LinearFit fit) => Enumerable.Range(0, fit.Names.Targets.Count)
        .Select(target => IsTooBad(fit, target) ? TooBad(fit, target) : IsTooGood(fit, target) ? TooGood(fit, target)
            : null).OfType<Finding>();

    /// <summary>Whether the noise is as given; null where it is not known, or no row is left to tell.</summary>
    public static Evidence? EvidenceOf(LinearFit fit)
    {
        int[] targets = [.. Enumerable.Range(0, fit.Names.Targets.Count).Where(t => !double.IsNaN(fit.ChiSquared[t]))];
        return targets.Length == 0 ? null : new Evidence(
            Question.Errors,
            targets.Any(t => IsTooBad(fit, t) || IsTooGood(fit, t)) ? Answer.Fails : Answer.Holds,
            "chi-squared of the noise given, the smaller tail",
            targets.Min(t => Math.Min(fit.ChiSquaredPValue(t), fit.ChiSquaredLowerPValue(t))));
    }

    /// <summary>Whether the residuals of some target are larger than the noise given leaves them.</summary>
    public static bool IsTooBad(LinearFit fit) =>
        Enumerable.Range(0, fit.Names.Targets.Count).Any(target => IsTooBad(fit, target));

    private static bool IsTooBad(LinearFit fit, int target) =>
        fit.ChiSquaredPValue(target) * fit.Names.Targets.Count < BeyondChance;

    private static bool IsTooGood(LinearFit fit, int target) =>
        fit.ChiSquaredLowerPValue(target) * fit.Names.Targets.Count < BeyondChance;

    private static Finding TooBad(LinearFit fit, int target) => new(
        Severity.Warning,
        "noise-larger-than-given",
        string.Create(CultureInfo.InvariantCulture,
            $"The residuals of '{fit.Names.Targets[target]}' are larger than the standard errors given explain "
                + $"({Statistic(fit, target, fit.ChiSquaredPValue(target))}): those errors would have to be "
                + $"{ErrorText.Statistic(Factor(fit, target))} times as large, or the relation has more to it."),
        "Check the standard errors given, and add inputs or powers; or give their inverse squares as weights, so that "
            + "the residuals say how large the noise is.");

    private static Finding TooGood(LinearFit fit, int target) => new(
        Severity.Warning,
        "noise-smaller-than-given",
        string.Create(CultureInfo.InvariantCulture,
            $"The residuals of '{fit.Names.Targets[target]}' are smaller than the standard errors given would leave "
                + $"them ({Statistic(fit, target, fit.ChiSquaredLowerPValue(target))} for one so small)"
                + $"{(fit.HasNoResidual[target] ? "" : Times(fit, target))}: the standard errors of the weights are "
                + $"too large, or the rows are not independent measurements."),
        "Check the standard errors given: are they those of single rows, in the units of the target?");

    private static string Times(LinearFit fit, int target) => string.Create(CultureInfo.InvariantCulture,
        $", as if those errors were {ErrorText.Statistic(1 / Factor(fit, target))} times too large");

    private static double Factor(LinearFit fit, int target) =>
        Math.Sqrt(fit.ChiSquared[target] / fit.ResidualDegreesOfFreedom);

    private static string Statistic(LinearFit fit, int target, double p)
    {
        const double Least = 1e-16; // smaller ones say no more
        var freedom = fit.ResidualDegreesOfFreedom;
        return string.Create(CultureInfo.InvariantCulture,
            $"chi-squared {ErrorText.Statistic(fit.ChiSquared[target])} on {freedom} "
                + $"{(freedom == 1 ? "degree" : "degrees")} of freedom, {(p < Least ? "p < 1e-16" : $"p = {p:g2}")}");
    }
}
