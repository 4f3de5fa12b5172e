using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// A symmetric matrix held exactly on one grid: element [i, j] times 2^-(scales[i] + scales[j]), in whole numbers of a
/// fixed count of 64-bit words. Its products with vectors of short
/// numbers are exact and fast. Where the elements' range asks for too many words there are none, and products are taken
/// in whole numbers without limit.
/// </summary>
internal sealed class PackedMatrix
{
    /// <summary>The bits of a vector's elements, on their grid, for which products are fast.</summary>
    public const int StepBits = 50; // sums of 2^13 products of 64 and 51 bits stay below 2^128

    private const int WordBits = 64;
    private const int MostWords = 16;
    private const int MostSize = 1 << 12;
    private const int Share = 32; // rows that a thread takes at a time

    private readonly ScaledMatrix _matrix;
    private readonly int[] _scales;
    private readonly int _words; // an element
    private readonly int _grid; // elements are multiples of 2^-grid
    private readonly ulong[]? _packed; // size x size x words, two's complement, the lowest word first
    private readonly BigInteger[] _rowSums = []; // of what is packed

    /// <summary>Packs a matrix.</summary>
    /// <param name="matrix">Symmetric.</param>
    /// <param name="scales">Powers of two that bring its diagonal to below 1.</param>
    /// <exception cref="ArithmeticException">An element exceeds the diagonal, which no sum of squares lets
    /// it.</exception>
    public PackedMatrix(ScaledMatrix matrix, int[] scales)
    {
        (_matrix, _scales) = (matrix, scales);
        _grid =
            Math.Max(1,
                matrix.Size == 0 ? 1 : -2 * matrix.Exponents.Zip(scales, (exponent, scale) => exponent - scale).Min());
        _words = _grid / WordBits + 1;
        if (_words > MostWords || matrix.Size > MostSize)
        {
            return;
        }

        var packed = _packed = new ulong[checked(matrix.Size * matrix.Size * _words)];
        _rowSums = new BigInteger[matrix.Size];
        var ones = new long[matrix.Size];
        Array.Fill(ones, 1L);
        ParallelFor.ForEach((matrix.Size + Share - 1) / Share, share =>
        {
            for (var i = share * Share; i < Math.Min(matrix.Size, (share + 1) * Share); i++)
            {
                for (var j = 0; j < matrix.Size; j++)
                {
                    if (!matrix.TryWrite(i, j, ShiftOf(i, j), _grid,
                        packed.AsSpan((i * matrix.Size + j) * _words, _words)))
                    {
                        throw new ArithmeticException(FixedPointCholesky.NotOfRows); // an element exceeds the diagonal
                    }
                }

                _rowSums[i] = RowProduct(i, ones);
            }
        });
    }

    /// <summary>The number of rows and columns.</summary>
    public int Size => _matrix.Size;

    /// <summary>
    /// The elements as high + low, low at most a unit in high's last place; the relative error of the sum is at most
    /// 2^-104.
    /// </summary>
    public (PaddedRows High, PaddedRows Low) ToDoubleDouble()
    {
        var (high, low) = (new PaddedRows(Size, Size), new PaddedRows(Size, Size));
        ParallelFor.ForEach((Size + Share - 1) / Share, share =>
        {
            var magnitude = new ulong[_words];
            for (var i = share * Share; i < Math.Min(Size, (share + 1) * Share); i++)
            {
                for (var j = 0; j < Size; j++)
                {
                    var value = _packed is null ? DoubleDouble.Of(_matrix[i, j].Scale(-_scales[i] - _scales[j]))
                        : Unpack(_packed.AsSpan((i * Size + j) * _words, _words), magnitude);
                    (high[i, j], low[i, j]) = (value.High, value.Low);
                }
            }
        });
        return (high, low);
    }

    /// <summary>The product with a vector, exactly.</summary>
    public Dyadic[] Multiply(Dyadic[] vector)
    {
        var grid = vector.Where(value => !value.IsZero).Select(value => value.Exponent).DefaultIfEmpty(0).Min();
        if (_packed is null || vector.Any(value => !value.IsZero && value.Magnitude - grid > StepBits))
        {
            Dyadic[] unscaled = [.. vector.Select((value, i) => value.Scale(-_scales[i]))];
            return [.. _matrix.Multiply(unscaled).Select((value, i) => value.Scale(-_scales[i]))];
        }

        // Shifted to positive numbers, so that only the last word of an element has a sign.
        const long Offset = 1L << StepBits;
        var shifted = vector.Select(value => (long)value.OnGrid(grid) + Offset).ToArray();
        var product = new Dyadic[Size];
        ParallelFor.ForEach((Size + Share - 1) / Share, share =>
        {
            for (var i = share * Share; i < Math.Min(Size, (share + 1) * Share); i++)
            {
                product[i] = new Dyadic(RowProduct(i, shifted) - Offset * _rowSums[i], grid - _grid);
            }
        });
        return product;
    }

    /// <summary>One element of the product with a vector, exactly.</summary>
    public Dyadic MultiplyRow(int row, Dyadic[] vector)
    {
        var sum = Dyadic.Zero;
        for (var j = 0; j < vector.Length; j++)
        {
            sum += _matrix[row, j].Scale(-_scales[row] - _scales[j]) * vector[j];
        }

        return sum;
    }

    private int ShiftOf(int i, int j) => _matrix.Exponents[i] - _scales[i] + _matrix.Exponents[j] - _scales[j] + _grid;

    /// <summary>The product of a row with numbers from 0 to 2^51.</summary>
    private BigInteger RowProduct(int row, long[] vector)
    {
        var sum = BigInteger.Zero;
        var words = _packed.AsSpan(row * Size * _words, Size * _words);
        for (var word = _words - 1; word >= 0; word--)
        {
            sum =
                (sum << WordBits)
                    + (word == _words - 1 ? SignedSum(words[word..], vector) : UnsignedSum(words[word..], vector));
        }

        return sum;
    }

    private Int128 SignedSum(ReadOnlySpan<ulong> words, long[] vector)
    {
        var (high, low) = (0L, 0UL);
        for (int j = 0, k = 0; j < vector.Length; j++, k += _words)
        {
            var productHigh = Math.BigMul((long)words[k], vector[j], out var productLow);
            low += (ulong)productLow;
            high += productHigh + (low < (ulong)productLow ? 1 : 0);
        }

        return new Int128((ulong)high, low);
    }

    private UInt128 UnsignedSum(ReadOnlySpan<ulong> words, long[] vector)
    {
        var (high, low) = (0UL, 0UL);
        for (int j = 0, k = 0; j < vector.Length; j++, k += _words)
        {
            var productHigh = Math.BigMul(words[k], (ulong)vector[j], out var productLow);
            low += productLow;
            high += productHigh + (low < productLow ? 1UL : 0);
        }

        return new UInt128(high, low);
    }

    /// <summary>The leading 117 bits or more.</summary>
    private DoubleDouble Unpack(ReadOnlySpan<ulong> words, Span<ulong> magnitude)
    {
        const int Kept = 53;
        var isNegative = (long)words[^1] < 0;
        var carry = isNegative ? 1UL : 0;
        var top = -1;
        for (var k = 0; k < words.Length; k++)
        {
            magnitude[k] = isNegative ? ~words[k] + carry : words[k];
            carry &= magnitude[k] == 0 ? 1UL : 0;
            top = magnitude[k] != 0 ? k : top;
        }

        if (top < 0)
        {
            return 0;
        }

        var zeros = BitOperations.LeadingZeroCount(magnitude[top]);
        var first = magnitude[top] << zeros | (zeros > 0 && top > 0 ? magnitude[top - 1] >> (WordBits - zeros) : 0);
        var second = top > 0
            ? magnitude[top - 1] << zeros | (zeros > 0 && top > 1 ? magnitude[top - 2] >> (WordBits - zeros) : 0) : 0;
        var exponent = (top + 1) * WordBits - zeros - Kept - _grid; // of the leading 53 bits
        var rest = first << Kept | second >> (WordBits - Kept);
        var value = DoubleDouble.Sum(Math.ScaleB(first >> (WordBits - Kept), exponent),
            Math.ScaleB(rest, exponent - WordBits));
        return isNegative ? -value : value;
    }
}
