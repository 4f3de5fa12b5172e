using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// One equation between parameters, in whole numbers: the sum of coefficients times parameters is Value.
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Coefficients">[bias; weights] of one target, or of all of them one after the other.</param>
/// <param name="Value">The right-hand side.</param>
/// <param name="Divisor">What both were multiplied by to be whole.</param>
/// <param name="Target">Not null where the coefficients are of all targets.</param>
internal sealed record Restriction(string Text, BigInteger[] Coefficients, BigInteger Value, BigInteger Divisor,
    int? Target)
{
    /// <summary>Whether it is about the difference of a category's levels.</summary>
    public bool ComparesLevels { get; init; }

    /// <summary>That two weights are equal.</summary>
    public static Restriction Difference(Design design, int left, int right)
    {
        var coefficients = new BigInteger[design.Names.Inputs.Count + 1];
        (coefficients[left + 1], coefficients[right + 1]) = (1, -1);
        return new Restriction($"{design.Names.Inputs[left]} = {design.Names.Inputs[right]}", coefficients, 0, 1, null);
    }

    /// <summary>An equation of fractions.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="coefficients">Of the parameters.</param>
    /// <param name="value">What they add up to.</param>
    /// <param name="ofTargets">Whether they are of all targets.</param>
    public static Restriction Of(string text, Rational[] coefficients, Rational value, bool ofTargets)
    {
        var divisor = coefficients.Append(value).Aggregate(BigInteger.One, (least, factor) =>
            least / BigInteger.GreatestCommonDivisor(least, factor.Denominator) * factor.Denominator);
        BigInteger Whole(Rational factor) => factor.Numerator * (divisor / factor.Denominator);
        return new Restriction(text, [.. coefficients.Select(Whole)], Whole(value), divisor, ofTargets ? 0 : null);
    }

    /// <summary>The combination that it is about, for one target; for all, where it names targets.</summary>
    /// <param name="targets">The number of targets.</param>
    /// <param name="target">The target.</param>
    public ParameterCombination For(int targets, int target)
    {
        Dyadic[] all = [.. Coefficients.Select(factor => new Dyadic(factor, 0))];
        return Target is null ? ParameterCombination.Of(targets, target, all)
            : ParameterCombination.Of([.. all.Chunk(all.Length / targets)]);
    }

    /// <summary>Whether it is about the difference of two parameters or levels, or about one parameter.</summary>
    public bool IsPairwise
    {
        get
        {
            BigInteger[] used = [.. Coefficients.Where(factor => !factor.IsZero)];
            return ComparesLevels || used.Length == 1 || (used.Length == 2 && (used[0] + used[1]).IsZero);
        }
    }
}
