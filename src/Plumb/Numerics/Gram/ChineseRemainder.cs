using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Whole numbers from what they are modulo the first so many of the primes just below 2^13, whose product is more than
/// twice as large as they are.
/// </summary>
/// <param name="primes">How many; numbers take at most 253 bits.</param>
internal sealed class ChineseRemainder(int primes)
{
    /// <summary>Added to a number and taken away again, leaves a whole number.</summary>
    public const double Rounding = 1.5 * (1L << 52);

    private const int Octet = ResidueTiles.Octet;
    private const int MostPrimes = 19;
    private const int PartDigits = 4; // below 2^52

    private static readonly int[] s_primes = [.. Enumerable.Range(1, 300).Select(gap => (1 << 13) - gap).Where(IsPrime)
        .Take(MostPrimes)];
    private static readonly double[,] s_inverses = Inverses();

    private readonly long[] _radices =
        [.. s_primes[..primes].Chunk(PartDigits).Select(few => few.Aggregate(1L, (product, prime) => product * prime))];

    /// <summary>The primes, the largest first.</summary>
    public static ReadOnlySpan<int> Primes => s_primes;

    /// <summary>How many primes have a product of so many bits.</summary>
    public static int PrimesFor(int bits)
    {
        const double BitsOfPrime = 12.98; // or more, in the mean of them all
        return (int)Math.Ceiling(bits / BitsOfPrime);
    }

    /// <summary>Whole numbers below 2^53 modulo a prime: at most half of it away from 0.</summary>
    /// <param name="value">The numbers.</param>
    /// <param name="negative">The prime, times -1.</param>
    /// <param name="inverse">One over the prime.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Modulo(Vector512<double> value, Vector512<double> negative,
        Vector512<double> inverse)
    {
        var quotient = Vector512.MultiplyAddEstimate(value, inverse, Vector512.Create(Rounding))
            - Vector512.Create(Rounding);
        return Vector512.MultiplyAddEstimate(quotient, negative, value);
    }

    /// <summary>What <see cref="Modulo"/> takes of a prime.</summary>
    public static (Vector512<double> Negative, Vector512<double> Inverse) Broadcast(int prime) =>
        (Vector512.Create(-(double)prime), Vector512.Create(1.0 / prime));

    /// <summary>
    /// The digits of a row's sums in mixed radix: v[0] + v[1] p[0] + v[2] p[0] p[1] + .., each about half a prime away
    /// from 0 at most.
    /// Garner's algorithm: Knuth, The Art of Computer Programming 2, section 4.3.2.
    /// </summary>
    /// <param name="sums">An array a prime.</param>
    /// <param name="row">Where the row begins.</param>
    /// <param name="columns">Which of its sums, from the eight on that the first is among.</param>
    /// <param name="digits">Receives a row a prime, as <see cref="ValueOf"/> takes them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FindDigits(AlignedArray<int>[] sums, int row, Range columns, double[][] digits)
    {
        for (var c = columns.Start.Value / Octet * Octet; c < columns.End.Value; c += Octet)
        {
            for (var prime = 0; prime < primes; prime++)
            {
                var (negative, inverse) = Broadcast(s_primes[prime]);
                var digit =
                    Modulo(
                        Vector512.ConvertToDouble(
                            Vector512.WidenLower(
                                Vector512.Create(Vector256.LoadUnsafe(ref sums[prime].Span[row + c]), default))),
                        negative, inverse);
                for (var before = 0; before < prime; before++)
                {
                    digit = Modulo((digit - Vector512.LoadUnsafe(ref digits[before][c])) * s_inverses[before, prime],
                        negative, inverse);
                }

                digit.StoreUnsafe(ref digits[prime][c]);
            }

            for (var start = 0; start < primes; start += PartDigits)
            {
                var end = Math.Min(primes, start + PartDigits) - 1;
                var part = Vector512.LoadUnsafe(ref digits[end][c]);
                for (var k = end - 1; k >= start; k--)
                {
                    part = part * s_primes[k] + Vector512.LoadUnsafe(ref digits[k][c]);
                }

                part.StoreUnsafe(ref digits[start][c]);
            }
        }
    }

    /// <summary>The value of digits of which four lie in the first one's place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Int256 ValueOf(double[][] digits, int j)
    {
        // Two parts at a time: below 2^104.
        const int Both = 2 * PartDigits;
        Int256 value = Int128.Zero;
        for (var start = (primes - 1) / Both * Both; start >= 0; start -= Both)
        {
            var radix = (Int128)_radices[start / PartDigits];
            var both = (Int128)(long)digits[start][j];
            if (start + PartDigits < primes)
            {
                both += (Int128)(long)digits[start + PartDigits][j] * radix;
                radix *= _radices[start / PartDigits + 1];
            }

            value = value.IsZero ? both : value * (Int256)radix + both;
        }

        return value;
    }

    private static double[,] Inverses()
    {
        var inverses = new double[s_primes.Length, s_primes.Length];
        for (var i = 0; i < s_primes.Length; i++)
        {
            for (var j = 0; j < s_primes.Length; j++)
            {
                var inverse = i == j ? 0 : (long)BigInteger.ModPow(s_primes[i], s_primes[j] - 2, s_primes[j]);
                inverses[i, j] = inverse > s_primes[j] / 2 ? inverse - s_primes[j] : inverse;
            }
        }

        return inverses;
    }

    private static bool IsPrime(int value)
    {
        for (var divisor = 2; divisor * divisor <= value; divisor++)
        {
            if (value % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }
}
