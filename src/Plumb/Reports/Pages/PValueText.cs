using System.Globalization;

namespace Plumb.Reports;

/// <summary>Probabilities as people read them.</summary>
internal static class PValueText
{
    private const double Least = 1e-16; // less is told as such

    /// <summary>
    /// Four decimals, one digit below a ten-thousandth, "&lt; 1e-16" below that; "-" where there is none.
    /// </summary>
    public static string Of(double p) => double.IsNaN(p) ? "-" : p < Least ? "< 1e-16"
        : p < 1e-4 ? NumberText.Significant(p, 1) : p.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>The same after "p": "p = 4e-7" or "p &lt; 1e-16".</summary>
    public static string Equation(double p) => p < Least ? "p < 1e-16" : "p = " + Of(p);
}
