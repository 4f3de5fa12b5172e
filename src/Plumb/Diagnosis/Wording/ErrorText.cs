using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>Numbers in sentences: an estimate has the digits that its error leaves.</summary>
internal static class ErrorText
{
    /// <summary>
    /// "1.94 ± 0.06" and "-60 ± 70": the error in one digit, or two where it begins with 1; the estimate to the same
    /// place.
    /// </summary>
    public static string Estimate(double estimate, double error)
    {
        if (!(error > 0) || !double.IsFinite(error) || !double.IsFinite(estimate))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{estimate:G6}");
        }

        var exponent = (int)Math.Floor(Math.Log10(error));
        var digits = error / Math.Pow(10, exponent) < 1.95 ? 2 : 1;
        var place = digits - 1 - exponent; // decimals
        const int MostDecimals = 12;
        const double MostInFull = 1e7;
        if (place < 0 && Math.Abs(estimate) < MostInFull && error < MostInFull)
        {
            var unit = Math.Pow(10, -place); // tens, hundreds, ..
            return string.Create(CultureInfo.InvariantCulture,
                $"{Math.Round(estimate / unit) * unit + 0:0} ± {Math.Round(error / unit) * unit:0}");
        }

        return place is >= 0 and <= MostDecimals && Math.Abs(estimate) < 1e9
            ? estimate.ToString("F" + place.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                + " ± "
                + error.ToString("F" + place.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{estimate:0.###e0} ± {error:0.#e0}");
    }

    /// <summary>A size in two digits, or in whole numbers up to a million.</summary>
    public static string Measure(double value)
    {
        const double MostInFull = 1e6;
        var rounded = double.Parse(value.ToString("E1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded is >= 1 and < MostInFull
            ? rounded.ToString("0.#", CultureInfo.InvariantCulture)
            : rounded.ToString(rounded is < 1 and >= 1e-4 ? "0.#####" : "0.#e0", CultureInfo.InvariantCulture);
    }

    /// <summary>A statistic or a distance in three digits, or in whole numbers up to a million.</summary>
    public static string Statistic(double value) => Math.Abs(value) switch
    {
        >= 1e6 or (< 1e-4 and > 0) => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        >= 1000 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("g3", CultureInfo.InvariantCulture),
    };
}
