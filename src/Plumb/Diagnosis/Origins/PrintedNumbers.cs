using System.Globalization;
using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>Whether a map is the best fit as someone printed it: rounded to so many digits, or so many
/// decimals.</summary>
internal static class PrintedNumbers
{
    private const double KeptInSingles = 6e-8; // of a number: what keeping it in float32 adds to its rounding
    private const double KeptInDoubles = 1e-12; // the same of doubles, and of the solver
    private const int MostDigits = 13; // more are not short
    // a unit in the last place, with room for the rounding of the best fit itself
    private const double Half = 0.5 + 1e-6;

    /// <summary>The origin; null where a number is not the best fit's, rounded, or where the numbers are too short to
    /// say so.</summary>
    public static OriginCandidate? Find(AffineMap candidate, LinearFit fit, Yardstick yard)
    {
        double[] own = [.. candidate.Weights.Values, .. fit.Settings.Bias ? candidate.Bias : []];
        double[] best = [.. fit.Map.Weights.Values, .. fit.Settings.Bias ? fit.Map.Bias : []];
        var printed = own.Select(Printed).ToArray();
        var (digits, decimals) = (printed.Max(number => number.Digits), printed.Max(number => number.Decimals));
        var kept = Significand.BitsOf(own) < 53 ? KeptInSingles : KeptInDoubles;
        if (digits > MostDigits || !fit.IsIdentified)
        {
            return null;
        }

        var support = 0.0;
        for (var k = 0; k < own.Length; k++)
        {
            var byDigits = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(own[k]))) - digits + 1);
            var unit = Math.Max(own[k] == 0 ? 0 : byDigits, Math.Pow(10, -decimals));
            if (!(Math.Abs(own[k] - best[k]) <= Half * unit + kept * Math.Abs(best[k])))
            {
                return null;
            }

            support += Math.Max(0, Math.Log10(Math.Abs(best[k]) / unit));
        }

        var lengths = yard.Lengths(candidate - fit.Map);
        var text =
            FormattableString.Invariant(
                $"the best fit, rounded to {(decimals < digits ? $"{decimals} decimals" : $"{digits} digits")}");
        return support < SlipSearch.Enough ? null
            : new OriginCandidate(new Origin("rounded", text, [], [], fit.Map, lengths.Max(), 1, IsClaimed: true),
            support);
    }

    private static (int Digits, int Decimals) Printed(double value)
    {
        var single = (float)value; // kept in float32, 0.1 is no longer the nearest double to a tenth
        var shortest = (single == value ? single.ToString("R", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture)).Split('E')[0];
        var digits = shortest.Where(char.IsAsciiDigit).SkipWhile(digit =>
            digit == '0').ToArray().AsSpan().TrimEnd('0').Length;
        var power = int.Parse(value.ToString("E16", CultureInfo.InvariantCulture).Split('E')[1],
            CultureInfo.InvariantCulture);
        return (digits, Math.Max(0, digits - 1 - power));
    }
}
