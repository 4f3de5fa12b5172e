using System.Globalization;
using System.Text;

namespace Plumb;

/// <summary>Sums of terms as people write them, such as "wall_area + 2 roof_area".</summary>
internal static class LinearText
{
    private const int MostTerms = 12; // more are told by their number

    /// <summary>A sum of factors times names; a term without a name is a constant.</summary>
    public static string Sum(IEnumerable<(double Factor, string Name)> terms)
    {
        var text = new StringBuilder();
        var count = 0;
        var all = terms.ToList();
        foreach (var (factor, name) in all)
        {
            if (++count > MostTerms && all.Count > MostTerms + 1)
            {
                return text.Append(CultureInfo.InvariantCulture, $" + ... ({all.Count - MostTerms} more terms)")
                    .ToString();
            }

            var magnitude = Math.Abs(factor);
            text.Append(text.Length == 0 ? (factor < 0 ? "-" : "") : factor < 0 ? " - " : " + ");
            text.Append(name.Length == 0 ? Number(magnitude) : magnitude == 1 ? name : Number(magnitude) + " " + name);
        }

        return text.ToString();
    }

    /// <summary>About what a number beyond the range of doubles is, such as 6.4e399.</summary>
    /// <param name="sign">1 or -1.</param>
    /// <param name="logarithm">The decimal logarithm of its magnitude.</param>
    public static string Large(int sign, double logarithm)
    {
        var exponent = Math.Floor(logarithm);
        var digits = Math.Round(Math.Pow(10, logarithm - exponent), 1);
        var (first, power) = digits < 10 ? (digits, exponent) : (1, exponent + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{sign * first:F1}e{power}");
    }

    /// <summary>A number in six digits or, where it is whole, in full.</summary>
    public static string Number(double value)
    {
        const double MostInFull = 1e15;
        return value.ToString(double.IsInteger(value) && Math.Abs(value) < MostInFull ? "0" : "G6",
            CultureInfo.InvariantCulture);
    }
}
