using System.Globalization;
using Plumb.Numerics;

namespace Plumb;

/// <summary>A slip in how a map was stored or is used, which once repaired makes it fit far better.</summary>
/// <param name="Code">A short, stable name: transposed, inputs-permuted, targets-permuted, inputs-standardized, targets-standardized, standardized, inputs-centred, targets-centred, bias-missing, bias-doubled.</param>
/// <param name="Text">What was found, as the end of a sentence that begins with "the map fits once".</param>
/// <param name="Repaired">The map as it was meant.</param>
/// <param name="UnexplainedBefore">The part of the targets' variation that the map leaves unexplained as it is, a mean over targets; above 1 where it is worse than the mean.</param>
/// <param name="UnexplainedAfter">The same once repaired.</param>
public sealed record Mistake(string Code, string Text, AffineMap Repaired, double UnexplainedBefore, double UnexplainedAfter)
{
    private const double LeastExcess = 1e-4; // of the targets' variation, beyond what the best fit leaves: less is no mistake worth a name
    private const double SharpFall = 1e-3; // of the excess: what a repair may leave of it; a map on its way seldom comes so close by chance
    private const double NoiseAfter = 4; // times the excess that noise gives the truth: a repair may leave as much
    private const double NoiseBefore = 40; // times the same: with less, no fall is sharp

    /// <summary>Looks for a slip that explains why a map fits badly.</summary>
    /// <param name="candidate">The map.</param>
    /// <param name="fit">The best fit to the data, without ridge penalty.</param>
    /// <param name="moments">The data.</param>
    /// <returns>The repair that fits best; null when the map fits well, when no repair makes it fit much better, or when there is no row to spare.</returns>
    public static Mistake? Find(AffineMap candidate, LinearFit fit, Moments moments)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(moments);
        var spread = new Spread(moments);
        int[] targets = [.. Enumerable.Range(0, candidate.TargetCount).Where(t => spread.TargetDeviations[t] > 0)];
        if (fit.ResidualDegreesOfFreedom < 1 || targets.Length == 0)
        {
            return null;
        }

        double Unexplained(IReadOnlyList<double> squares) => targets.Average(t => squares[t] / (spread.TargetDeviations[t] * spread.TargetDeviations[t])) / Dyadic.Ratio(moments.WeightSum, moments.Unit);
        var (least, before) = (Unexplained(fit.ResidualSumOfSquares), Unexplained(moments.SquaredResiduals(candidate)));
        var (excess, noise) = (before - least, least * fit.Rank / fit.ResidualDegreesOfFreedom);
        if (excess <= Math.Max(LeastExcess, NoiseBefore * noise))
        {
            return null;
        }

        return new Repairs(candidate, fit, spread).All()
            .Where(repair => double.IsFinite(repair.Map.Norm))
            .Select(repair => new Mistake(repair.Code, repair.Text, repair.Map, before, Unexplained(moments.SquaredResiduals(repair.Map))))
            .Where(mistake => mistake.UnexplainedAfter - least <= Math.Max(SharpFall * excess, NoiseAfter * noise))
            .MinBy(mistake => mistake.UnexplainedAfter);
    }

    /// <summary>As a sentence with its remedy.</summary>
    internal Finding ToFinding() => new(
        Severity.Error,
        Code,
        string.Create(CultureInfo.InvariantCulture, $"the map fits once {Text}: it then leaves {100 * UnexplainedAfter:g3}% of the targets' variation unexplained, instead of {100 * UnexplainedBefore:g3}%."),
        $"{(Code == "transposed" ? "Give --transposed, or take" : "Take")} the repaired map, which 'plumb explain' writes with -o.");
}
