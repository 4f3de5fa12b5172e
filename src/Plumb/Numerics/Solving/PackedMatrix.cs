using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    private const int HalfBits = 32;
    private const int LowBits = 26; // of a number of 51: halves times these leave room for 32 terms in 64 bits
    private const ulong LowMask = (1UL << LowBits) - 1;
    private const int MostWords = 16;
    private const int MostSize = 1 << 12;
    private const int Share = 32; // rows that a thread takes at a time
    private const long Offset = 1L << StepBits; // makes numbers positive: only an element's last word has a sign

    private readonly ScaledMatrix _matrix;
    private readonly int[] _scales;
    private readonly int _words; // an element
    private readonly int _grid; // elements are multiples of 2^-grid
    private readonly int _stride; // the columns, in whole octets
    private readonly uint[]? _packed; // size x halves of words, the lowest first, x stride; in two's complement
    private readonly ulong[] _rowSums = []; // of what is packed, as products are

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

        _stride = PaddedRows.RoundUp(matrix.Size);
        var packed = _packed = new uint[checked(matrix.Size * _stride * 2 * _words)];
        _rowSums = new ulong[matrix.Size * (_words + 1)];
        var ones = new ulong[_stride];
        Array.Fill(ones, 1UL);
        var none = new ulong[_stride];
        ParallelFor.ForEach((matrix.Size + Share - 1) / Share, share =>
        {
            Span<ulong> element = stackalloc ulong[MostWords];
            element = element[.._words];
            for (var i = share * Share; i < Math.Min(matrix.Size, (share + 1) * Share); i++)
            {
                for (var j = 0; j < matrix.Size; j++)
                {
                    if (!matrix.TryWrite(i, j, ShiftOf(i, j), _grid, element))
                    {
                        throw new ArithmeticException(FixedPointCholesky.NotOfRows); // an element exceeds the diagonal
                    }

                    for (var k = 0; k < 2 * _words; k++)
                    {
                        packed[PlaceOf(i, k) + j] = (uint)(element[k / 2] >> (k % 2 * HalfBits));
                    }
                }

                MultiplyRow(i, ones, none, _rowSums.AsSpan(i * (_words + 1), _words + 1));
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
            Span<ulong> element = stackalloc ulong[MostWords];
            element = element[..Math.Min(_words, MostWords)];
            for (var i = share * Share; i < Math.Min(Size, (share + 1) * Share); i++)
            {
                for (var j = 0; j < Size; j++)
                {
                    for (var k = 0; k < element.Length && _packed is not null; k++)
                    {
                        element[k] = WordAt(PlaceOf(i, 2 * k) + j);
                    }

                    var value = _packed is null ? DoubleDouble.Of(_matrix[i, j].Scale(-_scales[i] - _scales[j]))
                        : FixedVector.Leading(element, -_grid);
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

        var product = new ulong[Size * ProductWords];
        Multiply(Array.ConvertAll(vector, value => (long)value.OnGrid(grid)), product);
        return [.. Enumerable.Range(0, Size).Select(i => new Dyadic(
            new BigInteger(MemoryMarshal.AsBytes(product.AsSpan(i * ProductWords, ProductWords))), grid - _grid))];
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

    /// <summary>The words of an element of a product; none where products are not in words.</summary>
    public int ProductWords => _packed is null ? 0 : _words + 1;

    /// <summary>Products are multiples of this power of two times the vector's grid.</summary>
    public int ProductGrid => -_grid;

    /// <summary>
    /// The product with whole numbers of at most <see cref="StepBits"/> bits, exactly: <see cref="ProductWords"/> words
    /// an element, the lowest first, in two's complement, counting in 2^<see cref="ProductGrid"/>.
    /// </summary>
    public void Multiply(ReadOnlySpan<long> vector, ulong[] product)
    {
        var (low, high) = (new ulong[_stride], new ulong[_stride]); // 26 bits of each number, and the rest
        for (var j = 0; j < vector.Length; j++)
        {
            var shifted = (ulong)(vector[j] + Offset);
            (low[j], high[j]) = (shifted & LowMask, shifted >> LowBits);
        }

        ParallelFor.ForEach((Size + Share - 1) / Share, share =>
        {
            for (var i = share * Share; i < Math.Min(Size, (share + 1) * Share); i++)
            {
                var words = product.AsSpan(i * (_words + 1), _words + 1);
                MultiplyRow(i, low, high, words);
                SubtractShifted(words, _rowSums.AsSpan(i * (_words + 1), _words + 1));
            }
        });
    }

    private int ShiftOf(int i, int j) => _matrix.Exponents[i] - _scales[i] + _matrix.Exponents[j] - _scales[j] + _grid;

    /// <summary>Where a row's halves of one place begin.</summary>
    private int PlaceOf(int row, int half) => (row * 2 * _words + half) * _stride;

    private ulong WordAt(int place) => _packed![place] | (ulong)_packed[place + _stride] << HalfBits;

    /// <summary>
    /// The product of a row with numbers low + 2^26 high below 2^51: half by half, each sum below 2^95.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyRow(int row, ulong[] low, ulong[] high, Span<ulong> product)
    {
        product.Clear();
        for (var half = 0; half < 2 * _words; half++)
        {
            var halves = _packed.AsSpan(PlaceOf(row, half), _stride);
            var sum = HalfProducts.Dot(halves, low) + (HalfProducts.Dot(halves, high) << LowBits);
            sum <<= half % 2 * HalfBits;
            Add(product[(half / 2)..], (ulong)sum, (ulong)(sum >> WordBits));
        }

        // In two's complement a negative element counts 2^64 too much in its last word.
        var last = _packed.AsSpan(PlaceOf(row, 2 * _words - 1), _stride);
        product[_words] -= HalfProducts.SumAtNegatives(last, low)
            + (HalfProducts.SumAtNegatives(last, high) << LowBits);
    }

    /// <summary>Adds two words, and what is carried to all above them.</summary>
    private static void Add(Span<ulong> sum, ulong low, ulong high)
    {
        var carry = 0UL;
        for (var k = 0; k < sum.Length; k++)
        {
            var term = k == 0 ? low : k == 1 ? high : 0;
            var with = sum[k] + term;
            var next = with < term ? 1UL : 0;
            sum[k] = with + carry;
            carry = next | (sum[k] < carry ? 1UL : 0);
        }
    }

    /// <summary>Takes away 2^StepBits times another number of as many words.</summary>
    private static void SubtractShifted(Span<ulong> words, ReadOnlySpan<ulong> other)
    {
        var borrow = 0UL;
        for (var k = 0; k < words.Length; k++)
        {
            var shifted = other[k] << StepBits | (k > 0 ? other[k - 1] >> (WordBits - StepBits) : 0);
            var difference = words[k] - shifted;
            var next = words[k] < shifted || difference < borrow ? 1UL : 0;
            (words[k], borrow) = (difference - borrow, next);
        }
    }
}
