using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// The factor L of A = L L' and its inverse with as many bits after the point as it takes to tell A from singular,
/// where A is a positive definite matrix scaled by powers of two
/// to a diagonal below 1: no element of L then exceeds 1, so whole numbers with a fixed point do.
/// </summary>
internal sealed class FixedPointCholesky
{
    /// <summary>What indefinite moments come of.</summary>
    public const string NotOfRows =
        "the moments are not those of any rows: rows were taken away that had not been added.";

    private const int FewestBits = 256;
    private const int DecisiveBits = 4096; // a pivot negative by a share of 2^-(half of them) is no rounding
    private const int ReliableBits = 64; // of the inverse of A

    private readonly BigInteger[][] _lower; // row i: i + 1 elements, times 2^bits
    private readonly BigInteger[][] _inverse; // likewise
    private readonly int _bits;

    private FixedPointCholesky(BigInteger[][] lower, int bits)
    {
        (_lower, _bits) = (lower, bits);
        _inverse = Invert(lower, bits);
    }

    /// <summary>L, row by row up to the diagonal.</summary>
    public DoubleDouble[][] Lower => Round(_lower);

    /// <summary>The inverse of L, row by row up to the diagonal, times 2^bits.</summary>
    public BigInteger[][] WholeInverse => _inverse;

    /// <summary>The bits after the point.</summary>
    public int Bits => _bits;

    /// <summary>Factors a matrix that is known to be nonsingular.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="scales">Powers of two: A[i, j] is the matrix's element times 2^-(scales[i] + scales[j]).</param>
    public static FixedPointCholesky Of(ScaledMatrix matrix, int[] scales)
    {
        // Ends: enough bits tell the least eigenvalue from 0.
        for (var bits = FewestBits; ; bits *= 2)
        {
            if (TryFactor(matrix, scales, bits) is { } lower)
            {
                var factor = new FixedPointCholesky(lower, bits);
                if (factor.IsReliable())
                {
                    return factor;
                }
            }
        }
    }

    private static BigInteger[][]? TryFactor(ScaledMatrix matrix, int[] scales, int bits)
    {
        var lower = new BigInteger[matrix.Size][];
        for (var i = 0; i < matrix.Size; i++)
        {
            Stop.IfAsked();
            var row = lower[i] = new BigInteger[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var sum = Fixed(matrix[i, j].Scale(-scales[i] - scales[j]), 2 * bits);
                var other = lower[j];
                for (var k = 0; k < j; k++)
                {
                    sum -= row[k] * other[k];
                }

                row[j] = j < i ? sum / other[j] : sum.Sign > 0 ? Dyadic.SquareRoot(sum) : BigInteger.Zero;
            }

            if (row[i].IsZero)
            {
                return bits < DecisiveBits || !IsNegative(matrix, scales, lower, i, bits) ? null
                    : throw new ArithmeticException(NotOfRows);
            }
        }

        return lower;
    }

    private static bool IsNegative(ScaledMatrix matrix, int[] scales, BigInteger[][] lower, int i, int bits)
    {
        var pivot = lower[i].Aggregate(Fixed(matrix[i, i].Scale(-2 * scales[i]), 2 * bits),
            (sum, value) => sum - value * value);
        return pivot < -(BigInteger.One << (2 * bits - bits / 2));
    }

    private static BigInteger[][] Invert(BigInteger[][] lower, int bits)
    {
        var inverse = new BigInteger[lower.Length][];
        for (var i = 0; i < inverse.Length; i++)
        {
            Stop.IfAsked();
            var (row, sums) = (lower[i], new BigInteger[i + 1]);
            sums[i] = BigInteger.One << (2 * bits);
            for (var k = 0; k < i; k++)
            {
                for (var j = 0; j <= k; j++)
                {
                    sums[j] -= row[k] * inverse[k][j];
                }
            }

            inverse[i] = [.. sums.Select(sum => sum / row[i])];
        }

        return inverse;
    }

    /// <summary>
    /// L is the exact factor of a matrix within 2 size 2^-bits of A; that must be little beside the smallest
    /// eigenvalue, at least 1 / (size^2 largest(L^-1)^2).
    /// </summary>
    private bool IsReliable()
    {
        var largest = _inverse.Max(row => row.Max(value => (int)BigInteger.Abs(value).GetBitLength())) - _bits;
        return _bits - 2 * largest - 4 * Math.Log2(_lower.Length) - 1 >= ReliableBits;
    }

    /// <summary>A number with so many bits after the point, the rest cut off.</summary>
    public static BigInteger Fixed(Dyadic value, int bits)
    {
        var shift = value.Exponent + bits;
        return shift >= 0 ? value.Significand << shift : value.Significand >> -shift;
    }

    private DoubleDouble[][] Round(BigInteger[][] rows) =>
        [.. rows.Select(row => row.Select(value => DoubleDouble.Of(new Dyadic(value, -_bits))).ToArray())];
}
