using System.Globalization;
using Plumb.Numerics;
using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>A slip in how a map was stored or is used, or two, which once repaired make it fit as the best fit
/// does.</summary>
/// <param name="Code">A short, stable name: transposed, inputs-permuted, targets-permuted, inputs-standardized,
/// targets-standardized, standardized, the same of min-max, max-abs and robust scaling, inputs-centred,
/// targets-centred, bias-missing, bias-doubled, target-scaled, input-scaled, target-sign, input-sign; two are joined by
/// +.</param>
/// <param name="Text">What was found, as the end of a sentence that begins with "the map fits once".</param>
/// <param name="Repaired">The map as it was meant.</param>
/// <param name="UnexplainedBefore">The part of the targets' variation that the map leaves unexplained as it is, a mean
/// over targets; above 1 where it is worse than the mean.</param>
/// <param name="UnexplainedAfter">The same once repaired.</param>
public sealed record Mistake(string Code, string Text, AffineMap Repaired, double UnexplainedBefore,
    double UnexplainedAfter)
{
    /// <summary>Looks for slips that explain why a map fits badly.</summary>
    /// <param name="candidate">The map.</param>
    /// <param name="fit">The best fit to the data, without ridge penalty.</param>
    /// <param name="hints">What rows tell; null where they were not looked at.</param>
    /// <returns>The repair that is supported best; null when the map fits well, or when no repair makes it the best fit
    /// within rounding or noise.</returns>
    public static Mistake? Find(AffineMap candidate, LinearFit fit, RowHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(fit);
        return OriginSearch.Of(candidate, fit, hints).Mistake;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: the map fits once {Text}";

    /// <summary>A repair, with what it changes.</summary>
    internal static Mistake Of(Repair repair, AffineMap candidate, Moments moments) =>
        new(repair.Code, repair.Text, repair.Map, Unexplained(candidate, moments), Unexplained(repair.Map, moments));

    /// <summary>The part of the targets' variation that a map leaves unexplained, a mean over targets.</summary>
    internal static double Unexplained(AffineMap map, Moments moments)
    {
        var weight = moments.WeightSum;
        var squares = moments.SquaredResiduals(map);
        return squares.Select((square, t) =>
            square / Dyadic.Ratio(weight * moments.TargetProduct(t, t) - moments.TargetSum(t) * moments.TargetSum(t),
                weight * moments.Unit)).Average();
    }

    /// <summary>As a sentence with its remedy.</summary>
    internal Finding ToFinding() => new(
        Severity.Error,
        Code,
        string.Create(CultureInfo.InvariantCulture,
            $"The map fits once {Text}: it then leaves {Statistic(100 * UnexplainedAfter)}% of the targets' variation "
                + $"unexplained, instead of {Statistic(100 * UnexplainedBefore)}%."),
        Code == "transposed" ? $"{Capital(Remedies.Transpose)}, or {Remedies.TakeRepaired}."
            : Capital(Remedies.TakeRepaired) + ".");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
