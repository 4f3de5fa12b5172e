using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// Adds up z z' over a few rows, in whole numbers of 256 bits on the grids of their columns: exact, and without the
/// room that slices take, which is more than such sums are.
/// </summary>
internal static class FewRows
{
    private const int MostProducts = 4096; // beyond, slices are faster
    private const int MostBits = 253; // of a sum
    private const int ProductBits = 106;
    private const int MostSize = 64;

    /// <summary>Whether there are so few rows.</summary>
    public static bool Are(int rows, int size) =>
        size <= MostSize && (long)rows * UpperTriangle.Length(size) <= MostProducts;

    /// <summary>Adds rows: all of them, or none where they are not finite or too far apart for 256 bits.</summary>
    /// <param name="rows">Holds them, without the last element of z, which is 1.</param>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="sign">1 to add them, -1 to take them away.</param>
    /// <param name="size">The length of z.</param>
    /// <param name="totals">Receives the sums: the upper triangle, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryAdd(RowBlock rows, int start, int count, int sign, int size, ExactSums totals)
    {
        const int Room = 1024; // numbers on the stack
        var length = size * count;
        Span<long> significands = length <= Room ? stackalloc long[length] : new long[length];
        Span<int> shifts = length <= Room ? stackalloc int[length] : new int[length];
        Span<int> grids = stackalloc int[size];
        Span<int> widths = stackalloc int[size]; // how far a column's exponents are apart
        Span<double> row = stackalloc double[size];
        for (var k = 0; k < count; k++)
        {
            rows.Load(start + k, 1, row, size);
            row[^1] = 1;
            for (var j = 0; j < size; j++)
            {
                if (!double.IsFinite(row[j]))
                {
                    return false;
                }

                (significands[j * count + k], shifts[j * count + k]) = Dyadic.Split(row[j]);
            }
        }

        var widest = 0;
        for (var j = 0; j < size; j++)
        {
            var own = shifts.Slice(j * count, count);
            var numbers = significands.Slice(j * count, count);
            var (least, most) = (int.MaxValue, int.MinValue);
            for (var k = 0; k < count; k++)
            {
                if (numbers[k] != 0)
                {
                    (least, most) = (Math.Min(least, own[k]), Math.Max(most, own[k]));
                }
            }

            (grids[j], widths[j]) = least == int.MaxValue ? (0, 0) : (least, most - least);
            widest = Math.Max(widest, widths[j]);
            for (var k = 0; k < count; k++)
            {
                own[k] = numbers[k] == 0 ? 0 : own[k] - grids[j];
            }
        }

        var growth = BitOperations.Log2((uint)count) + 1;
        if (2 * widest + ProductBits + growth > MostBits)
        {
            return false;
        }

        for (var (i, place) = (0, 0); i < size; i++)
        {
            for (var j = i; j < size; j++, place++)
            {
                var sum = Sum(significands.Slice(i * count, count), significands.Slice(j * count, count),
                    shifts.Slice(i * count, count), shifts.Slice(j * count, count),
                    widths[i] + widths[j] + ProductBits + growth < 128);
                totals.Add(place, sign < 0 ? -sum : sum, grids[i] + grids[j]);
            }
        }

        return true;
    }

    /// <summary>The sum of left right 2^(shifts).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Int256 Sum(ReadOnlySpan<long> left, ReadOnlySpan<long> right, ReadOnlySpan<int> leftShifts,
        ReadOnlySpan<int> rightShifts, bool isShort)
    {
        if (isShort)
        {
            Int128 sum = 0;
            for (var k = 0; k < left.Length; k++)
            {
                var high = Math.BigMul(left[k], right[k], out var low);
                sum += new Int128((ulong)high, (ulong)low) << (leftShifts[k] + rightShifts[k]);
            }

            return sum;
        }

        var total = default(Int256);
        for (var k = 0; k < left.Length; k++)
        {
            var high = Math.BigMul(left[k], right[k], out var low);
            total += (Int256)new Int128((ulong)high, (ulong)low) << (leftShifts[k] + rightShifts[k]);
        }

        return total;
    }
}
