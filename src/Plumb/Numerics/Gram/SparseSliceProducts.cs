using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Products of slices that are not in the matrix with those that are, where all columns have as many: the sums of one
/// column with all others lie together, so that many columns cost no more than their number.
/// </summary>
/// <param name="size">The number of columns.</param>
/// <param name="slices">The slices of each column in the matrix.</param>
/// <param name="spare">How many slices there may be beyond these.</param>
internal sealed class SparseSliceProducts(int size, int slices, int spare)
{
    private const int Octet = 8;
    // Two products of 2^42 a row, 2^16 rows, 2^22 from a level to the next: below 2^126.
    private const int LevelsOfSum = 4;

    // Slice a times slice b, b not in the matrix, lies on level a + b - slices.
    private readonly int _levels = slices + spare - 1;
    // For each column that has had such slices: a level after the other, a sum per column.
    private readonly long[]?[] _sums = new long[size][];

    /// <summary>Adds the products of one such slice with a row.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="slice">Its place, not in the matrix.</param>
    /// <param name="value">A whole number in its grid.</param>
    /// <param name="row">The row of the matrix.</param>
    /// <param name="offsets">Where in it each slice begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int column, int slice, long value, ReadOnlySpan<double> row, ReadOnlySpan<int> offsets)
    {
        var sums = _sums[column] ??= new long[_levels * size];
        for (var a = 0; a < slices; a++)
        {
            var products = sums.AsSpan((a + slice - slices) * size, size);
            var numbers = row.Slice(offsets[a], size);
            ref var sum = ref MemoryMarshal.GetReference(products);
            ref var number = ref MemoryMarshal.GetReference(numbers);
            var c = 0;
            for (; c <= products.Length - Octet; c += Octet)
            {
                var product = Vector512.ConvertToInt64Native(Vector512.LoadUnsafe(ref number, (nuint)c)) * value;
                (Vector512.LoadUnsafe(ref sum, (nuint)c) + product).StoreUnsafe(ref sum, (nuint)c);
            }

            for (; c < products.Length; c++)
            {
                products[c] += value * (long)numbers[c];
            }
        }
    }

    /// <summary>Hands the sums over, and begins anew.</summary>
    /// <param name="parallel">The most threads.</param>
    /// <param name="receive">Takes a column, itself or a later one, the sum of their products in units of the grid that
    /// slices a and b have together, and a + b; of each pair once, of several pairs at the same time.</param>
    public void Flush(ParallelOptions parallel, Action<int, int, Int128, int> receive)
    {
        if (Array.TrueForAll(_sums, sums => sums is null))
        {
            return;
        }

        for (var first = 0; first < _levels; first += LevelsOfSum)
        {
            var levels = new Range(first, Math.Min(first + LevelsOfSum, _levels));
            Parallel.For(0, size, parallel, i =>
            {
                for (var j = i; j < size; j++)
                {
                    // The product of two slices of one column stands for both orders.
                    var sum = SumOf(i, j, levels) + SumOf(j, i, levels);
                    if (sum != 0)
                    {
                        receive(i, j, sum, slices + levels.End.Value - 1);
                    }
                }
            });
        }

        foreach (var sums in _sums)
        {
            sums.AsSpan().Clear();
        }
    }

    /// <summary>
    /// What slices of a column that are not in the matrix gave with another column's, in units of the last level's
    /// grid.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Int128 SumOf(int column, int other, Range levels)
    {
        Int128 sum = 0;
        for (var level = levels.Start.Value; level < levels.End.Value && _sums[column] is { } sums; level++)
        {
            sum = (sum << SlicePlan.SliceBits) + sums[level * size + other];
        }

        return sum;
    }
}
