using System.Globalization;

namespace Plumb;

/// <summary>A weight or bias that is too large for a double.</summary>
/// <param name="Target">The target.</param>
/// <param name="Input">The input, or "bias".</param>
/// <param name="Sign">1 or -1.</param>
/// <param name="Logarithm">The decimal logarithm of its magnitude.</param>
public sealed record CoefficientTooLarge(string Target, string Input, int Sign, double Logarithm)
{
    /// <summary>What it is about, such as 6.4e399.</summary>
    public string Text
    {
        get
        {
            var exponent = Math.Floor(Logarithm);
            var digits = Math.Round(Math.Pow(10, Logarithm - exponent), 1);
            var (first, power) = digits < 10 ? (digits, exponent) : (1, exponent + 1);
            return string.Create(CultureInfo.InvariantCulture, $"{Sign * first:F1}e{power}");
        }
    }

    /// <summary>What it is, and what to do.</summary>
    public override string ToString() =>
        $"the coefficient of '{Input}' for target '{Target}' is about {Text}, which no double holds; "
        + $"give '{Input}' or the target in other units.";
}
