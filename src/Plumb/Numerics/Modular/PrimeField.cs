using System.Numerics;

namespace Plumb.Numerics;

/// <summary>Arithmetic modulo a prime 2^61 - c, c small; residues lie in [0, prime).</summary>
internal readonly struct PrimeField
{
    private const int Bits = 61;
    private const ulong Mask = (1UL << Bits) - 1;
    private readonly ulong _c;

    private PrimeField(ulong c) => (_c, Prime) = (c, (1UL << Bits) - c);

    /// <summary>The largest primes below 2^61; a question that one of them answers wrongly goes to the next.</summary>
    public static IReadOnlyList<PrimeField> All { get; } = [new(1), new(31), new(45), new(229), new(259), new(283)];

    /// <summary>The prime.</summary>
    public ulong Prime { get; }

    /// <summary>The residue of a whole number.</summary>
    public ulong Reduce(BigInteger value)
    {
        var residue = (long)(value % Prime);
        return residue < 0 ? (ulong)residue + Prime : (ulong)residue;
    }

    /// <summary>a - b.</summary>
    public ulong Subtract(ulong a, ulong b) => a >= b ? a - b : a + Prime - b;

    /// <summary>a b: 2^61 is c modulo the prime, so the high part folds onto the low one.</summary>
    public ulong Multiply(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        var quotient = (high << (64 - Bits)) | (low >> Bits);
        var foldHigh = Math.BigMul(quotient, _c, out var foldLow);
        var sum = (low & Mask) + (foldLow & Mask) + ((foldHigh << (64 - Bits)) | (foldLow >> Bits)) * _c;
        while (sum >= Prime)
        {
            sum -= Prime;
        }

        return sum;
    }

    /// <summary>1 / a, a not 0, as a^(prime - 2).</summary>
    public ulong Invert(ulong a)
    {
        var result = 1UL;
        for (var power = Prime - 2; power > 0; power >>= 1)
        {
            if ((power & 1) == 1)
            {
                result = Multiply(result, a);
            }

            a = Multiply(a, a);
        }

        return result;
    }
}
