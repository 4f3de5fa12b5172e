using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>What a distribution takes for arguments. NaN passes here, to come out as NaN.</summary>
internal static class Domain
{
    /// <summary>Throws unless the degrees of freedom are positive; they may be infinite.</summary>
    public static void CheckPositive(double degreesOfFreedom,
        [CallerArgumentExpression(nameof(degreesOfFreedom))] string? name = null)
    {
        if (degreesOfFreedom <= 0)
        {
            throw new ArgumentOutOfRangeException(name, degreesOfFreedom, "Degrees of freedom must be positive.");
        }
    }

    /// <summary>Throws unless the degrees of freedom are positive and finite.</summary>
    public static void CheckFinite(double degreesOfFreedom,
        [CallerArgumentExpression(nameof(degreesOfFreedom))] string? name = null)
    {
        CheckPositive(degreesOfFreedom, name);
        if (double.IsPositiveInfinity(degreesOfFreedom))
        {
            throw new ArgumentOutOfRangeException(name, degreesOfFreedom, "These degrees of freedom must be finite.");
        }
    }

    /// <summary>Throws unless the probability lies in [0, 1].</summary>
    public static void CheckProbability(double probability,
        [CallerArgumentExpression(nameof(probability))] string? name = null)
    {
        if (probability is < 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(name, probability, "A probability must lie in [0, 1].");
        }
    }
}
