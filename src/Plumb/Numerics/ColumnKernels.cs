using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Arithmetic on columns of a few rows, element by element, so that no result depends on how rows are cut into columns.
/// Lengths are whole octets.
/// </summary>
internal static class ColumnKernels
{
    /// <summary>The elements that are worked on at a time.</summary>
    public const int Octet = 8;

    /// <summary>The least number of whole octets' elements that holds a count.</summary>
    public static int RoundUp(int count) => (count + Octet - 1) & -Octet;

    /// <summary>((source - high) - low) factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Standardize(ReadOnlySpan<double> source, double high, double low, double factor, Span<double> result)
    {
        var (h, l, f) = (Vector512.Create(high), Vector512.Create(low), Vector512.Create(factor));
        for (var i = 0; i < result.Length; i += Octet)
        {
            Store((Load(source, i) - h - l) * f, result, i);
        }
    }

    /// <summary>sum += factor source, with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultiple(ReadOnlySpan<double> source, double factor, Span<double> sum)
    {
        var f = Vector512.Create(factor);
        for (var i = 0; i < sum.Length; i += Octet)
        {
            Store(Vector512.FusedMultiplyAdd(Load(source, i), f, Load(sum, i)), sum, i);
        }
    }

    /// <summary>sum += left right, with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> sum)
    {
        for (var i = 0; i < sum.Length; i += Octet)
        {
            Store(Vector512.FusedMultiplyAdd(Load(left, i), Load(right, i), Load(sum, i)), sum, i);
        }
    }

    /// <summary>column /= divisor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide(Span<double> column, double divisor)
    {
        var d = Vector512.Create(divisor);
        for (var i = 0; i < column.Length; i += Octet)
        {
            Store(Load(column, i) / d, column, i);
        }
    }

    /// <summary>left right, then rounded to a grid: see <see cref="Grid(int)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, double shifter, Span<double> result)
    {
        var s = Vector512.Create(shifter);
        for (var i = 0; i < result.Length; i += Octet)
        {
            Store(Load(left, i) * Load(right, i) + s - s, result, i);
        }
    }

    /// <summary>Rounds to a grid; not at all with shifter 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(ReadOnlySpan<double> source, double shifter, Span<double> result)
    {
        var s = Vector512.Create(shifter);
        for (var i = 0; i < result.Length; i += Octet)
        {
            Store(Load(source, i) + s - s, result, i);
        }
    }

    /// <summary>left - right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result)
    {
        for (var i = 0; i < result.Length; i += Octet)
        {
            Store(Load(left, i) - Load(right, i), result, i);
        }
    }

    /// <summary>sum += (left - right)^2 factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquareOfDifference(ReadOnlySpan<double> left, ReadOnlySpan<double> right, double factor, Span<double> sum)
    {
        var f = Vector512.Create(factor);
        for (var i = 0; i < sum.Length; i += Octet)
        {
            var difference = Load(left, i) - Load(right, i);
            Store(Vector512.FusedMultiplyAdd(difference * f, difference, Load(sum, i)), sum, i);
        }
    }

    /// <summary>
    /// (high, low) += factor source, with about twice the digits of a double. Ogita, Rump and Oishi, Accurate sum and dot
    /// product, SIAM J. Sci. Comput. 26, 2005, algorithm 5.3.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultipleExactly(ReadOnlySpan<double> source, double factor, Span<double> high, Span<double> low)
    {
        var f = Vector512.Create(factor);
        for (var i = 0; i < high.Length; i += Octet)
        {
            var (x, sum) = (Load(source, i), Load(high, i));
            var product = x * f;
            var lost = Vector512.FusedMultiplyAdd(x, f, -product);
            var next = sum + product;
            var virtualProduct = next - sum;
            lost += sum - (next - virtualProduct) + (product - virtualProduct);
            Store(next, high, i);
            Store(Load(low, i) + lost, low, i);
        }
    }

    /// <summary>Mixes the bits of numbers into hashes: equal numbers, -0 and 0 among them, alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Hash(ReadOnlySpan<double> column, ulong multiplier, Span<ulong> hashes)
    {
        var m = Vector512.Create(multiplier);
        ref var first = ref MemoryMarshal.GetReference(hashes);
        for (var i = 0; i < hashes.Length; i += Octet)
        {
            var bits = (Load(column, i) + Vector512<double>.Zero).AsUInt64(); // -0 + 0 is 0
            var hash = Vector512.LoadUnsafe(ref first, (nuint)i) ^ bits;
            hash = (hash ^ (hash >>> 32)) * m;
            (hash ^ (hash >>> 29)).StoreUnsafe(ref first, (nuint)i);
        }
    }

    /// <summary>What rounds numbers to whole multiples of 2^-bits when it is added and taken away again; 0 for no rounding.</summary>
    public static double Grid(int bits) => bits > 0 ? 1.5 * Math.ScaleB(1, 52 - bits) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ReadOnlySpan<double> column, int place) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(column), (nuint)place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> value, Span<double> column, int place) =>
        value.StoreUnsafe(ref MemoryMarshal.GetReference(column), (nuint)place);
}
