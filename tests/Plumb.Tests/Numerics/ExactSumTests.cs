using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>
/// Whole numbers of 256 bits, and the sums that are made of them, beside whole numbers without limit.
/// </summary>
public sealed class ExactSumTests
{
    private static readonly Gen<BigInteger> s_whole =
        from bits in Gen.Int[0, 300]
        from value in Gen.Byte.Array[40]
        select new BigInteger(value) >> (319 - bits) << (bits % 3 * (bits / 7)) >> (bits % 3 * (bits / 7) / 2);

    private static readonly Gen<(BigInteger Term, int Grid)[]> s_terms =
        Gen.Select(s_whole, Gen.Int[-200, 200]).Array[0, 12];

    [Fact]
    public void Int256_computes_as_whole_numbers_do_where_they_fit() =>
        Gen.Select(s_whole, s_whole, Gen.Int[0, 255]).Sample((left, right, count) =>
        {
            if (Int256.TryOf(left, 254) is not { } a || Int256.TryOf(right, 254) is not { } b)
            {
                return BigInteger.Max(left.GetBitLength(), right.GetBitLength()) > 254;
            }

            Span<ulong> words = stackalloc ulong[6];
            a.CopyTo(words);
            return (BigInteger)a == left && a.Sign == left.Sign && a.IsZero == left.IsZero
                && a.BitLength == left.GetBitLength()
                && (left.IsZero || a.TrailingZeros == BigInteger.TrailingZeroCount(left))
                && (BigInteger)(a + b) == left + right && (BigInteger)(-a) == -left
                && (BigInteger)(a >> count) == left >> count
                && (left.GetBitLength() + count > 255 || (BigInteger)(a << count) == left << count)
                && (left.GetBitLength() + right.GetBitLength() > 255 || (BigInteger)(a * b) == left * right)
                && new BigInteger(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words)) == left;
        });

    [Fact]
    public void Sum_is_that_of_its_terms_in_any_order() =>
        s_terms.Sample(terms =>
        {
            var (sum, reversed, none) = (default(ExactSum), default(ExactSum), default(ExactSum));
            foreach (var (term, grid) in terms)
            {
                sum.Add(term, grid);
            }

            foreach (var (term, grid) in terms.Reverse())
            {
                reversed.Add(new Dyadic(term, grid));
            }

            none.Add(sum, 1);
            none.Add(reversed, -1);
            var expected = terms.Aggregate(Dyadic.Zero, (total, term) => total + new Dyadic(term.Term, term.Grid));
            return sum.Value == expected && reversed.Value == expected && none.Value.IsZero && none.Sign == 0
                && sum.Sign == expected.Sign && (expected.IsZero || sum.Exponent == expected.Exponent)
                && (expected.IsZero || OnGridIsRight(sum, expected, expected.Exponent))
                && OnGridIsRight(sum, expected, -300);
        });

    [Fact]
    public void Determinant_is_exact() =>
        Gen.Select(s_whole, s_whole, s_whole, s_whole, Gen.Int[-200, 200]).Sample((a, b, c, d, grid) =>
        {
            Dyadic[] exact = [new(a, grid), new(b, -grid), new(c, 3), new(d, grid / 2)];
            var sums = Array.ConvertAll(exact, value => (ExactSum)value);
            return ExactSum.Determinant(sums[0], sums[1], sums[2], sums[3]).Value
                == exact[0] * exact[1] - exact[2] * exact[3];
        });

    private static bool OnGridIsRight(ExactSum sum, Dyadic expected, int grid) =>
        sum.TryOnGrid(grid) is { } whole ? (BigInteger)whole == expected.OnGrid(grid)
            : expected.OnGrid(grid).GetBitLength() > 254;
}
