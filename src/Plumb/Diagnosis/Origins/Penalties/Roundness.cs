using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>What it says that a penalty found from a map is a round number, as people choose them: 10, 0.5,
/// 0.0025.</summary>
internal static class Roundness
{
    private const double Mantissas = 90; // of two digits
    private const double Least = 1e-12; // of the number: what rounding leaves
    private const double Uncertainties = 3; // that a round number may lie away

    /// <summary>The digits by which the roundest of a number's forms is closer to a number of two digits than chance
    /// brings it; 0 where none is.</summary>
    /// <param name="uncertainty">The relative uncertainty of the number.</param>
    /// <param name="forms">The same penalty in several conventions.</param>
    public static double Digits(double uncertainty, params ReadOnlySpan<double> forms)
    {
        var nearest = double.PositiveInfinity;
        foreach (var form in forms)
        {
            var scale = Math.Pow(10, Math.Floor(Math.Log10(form)) - 1);
            nearest = Math.Min(nearest, Math.Abs(form - Math.Round(form / scale) * scale) / form);
        }

        return nearest <= Math.Max(Least, Uncertainties * uncertainty)
            ? Math.Max(0, -Math.Log10(Math.Max(Math.Max(nearest, Least), uncertainty) * Mantissas * forms.Length))
            : 0;
    }

    /// <summary>Three digits, and more only where the number is round with more.</summary>
    public static string Text(double value)
    {
        const double Same = 1e-7; // of the number
        var (three, six) = (value.ToString("G3", CultureInfo.InvariantCulture),
            value.ToString("G6", CultureInfo.InvariantCulture));
        return Math.Abs(double.Parse(six, CultureInfo.InvariantCulture) - value) <= Same * value ? six : three;
    }
}
