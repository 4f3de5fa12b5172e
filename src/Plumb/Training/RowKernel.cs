using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb;

/// <summary>
/// Least squares on one row at a time. Each target is a lane of its own and every multiply-add is fused, so the results do not depend on the width of vectors:
/// a residual is four chains over the inputs, added up in pairs.
/// </summary>
internal static class RowKernel
{
    private const int Octet = ParameterBlock.Octet;

    /// <summary>p += factor r [x; bias]' with r = W x + b - y; |r|^2 before that is returned.</summary>
    /// <param name="parameters">(inputs + 1) x stride; changed.</param>
    /// <param name="stride">Whole octets of targets.</param>
    /// <param name="x">One number an input.</param>
    /// <param name="y">One number a target.</param>
    /// <param name="factor">What the residual is multiplied by.</param>
    /// <param name="bias">1, or 0 to leave the bias as it is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Step(Span<double> parameters, int stride, ReadOnlySpan<double> x, ReadOnlySpan<double> y, double factor, double bias)
    {
        var squares = Vector512<double>.Zero;
        for (var first = 0; first < y.Length; first += Octet)
        {
            ref var p = ref Unsafe.Add(ref MemoryMarshal.GetReference(parameters), first);
            var residual = Residual(ref p, stride, x, y[first..]);
            squares = Vector512.FusedMultiplyAdd(residual, residual, squares);
            var scaled = residual * Vector512.Create(factor);
            for (var j = 0; j < x.Length; j++)
            {
                ref var w = ref Unsafe.Add(ref p, j * stride);
                Vector512.FusedMultiplyAdd(scaled, Vector512.Create(x[j]), Vector512.LoadUnsafe(ref w)).StoreUnsafe(ref w);
            }

            ref var b = ref Unsafe.Add(ref p, x.Length * stride);
            Vector512.FusedMultiplyAdd(scaled, Vector512.Create(bias), Vector512.LoadUnsafe(ref b)).StoreUnsafe(ref b);
        }

        return SumOf(squares);
    }

    /// <summary>g = factor r [x; bias]'; |r|^2 is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Gradient(ReadOnlySpan<double> parameters, int stride, ReadOnlySpan<double> x, ReadOnlySpan<double> y, double factor, double bias, Span<double> gradient)
    {
        var squares = Vector512<double>.Zero;
        for (var first = 0; first < y.Length; first += Octet)
        {
            var residual = Residual(ref Unsafe.Add(ref MemoryMarshal.GetReference(parameters), first), stride, x, y[first..]);
            squares = Vector512.FusedMultiplyAdd(residual, residual, squares);
            var scaled = residual * Vector512.Create(factor);
            ref var g = ref Unsafe.Add(ref MemoryMarshal.GetReference(gradient), first);
            for (var j = 0; j < x.Length; j++)
            {
                (scaled * Vector512.Create(x[j])).StoreUnsafe(ref g, (nuint)(j * stride));
            }

            (scaled * Vector512.Create(bias)).StoreUnsafe(ref g, (nuint)(x.Length * stride));
        }

        return SumOf(squares);
    }

    /// <summary>|r|^2.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> parameters, int stride, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var squares = Vector512<double>.Zero;
        for (var first = 0; first < y.Length; first += Octet)
        {
            var residual = Residual(ref Unsafe.Add(ref MemoryMarshal.GetReference(parameters), first), stride, x, y[first..]);
            squares = Vector512.FusedMultiplyAdd(residual, residual, squares);
        }

        return SumOf(squares);
    }

    /// <summary>The sum of the lanes in a fixed order.</summary>
    public static double SumOf(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Residual(ref double p, int stride, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var a = Vector512.LoadUnsafe(ref p, (nuint)(x.Length * stride)) - Load(y);
        Vector512<double> b = default, c = default, d = default;
        var j = 0;
        for (; j + 4 <= x.Length; j += 4)
        {
            ref var w = ref Unsafe.Add(ref p, j * stride);
            a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref w), Vector512.Create(x[j]), a);
            b = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref Unsafe.Add(ref w, stride)), Vector512.Create(x[j + 1]), b);
            c = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref Unsafe.Add(ref w, 2 * stride)), Vector512.Create(x[j + 2]), c);
            d = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref Unsafe.Add(ref w, 3 * stride)), Vector512.Create(x[j + 3]), d);
        }

        if (j < x.Length)
        {
            ref var w = ref Unsafe.Add(ref p, j * stride);
            a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref w), Vector512.Create(x[j]), a);
            if (j + 1 < x.Length)
            {
                b = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref Unsafe.Add(ref w, stride)), Vector512.Create(x[j + 1]), b);
            }

            if (j + 2 < x.Length)
            {
                c = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref Unsafe.Add(ref w, 2 * stride)), Vector512.Create(x[j + 2]), c);
            }
        }

        return (a + b) + (c + d);
    }

    /// <summary>The first eight numbers; zeros where there are fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ReadOnlySpan<double> y)
    {
        ref var first = ref MemoryMarshal.GetReference(y);
        return y.Length >= Octet ? Vector512.LoadUnsafe(ref first)
            : y.Length <= 4 ? Vector512.Create(LoadQuad(ref first, y.Length), Vector256<double>.Zero)
            : Vector512.Create(Vector256.LoadUnsafe(ref first), LoadQuad(ref Unsafe.Add(ref first, 4), y.Length - 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> LoadQuad(ref double first, int count) => count switch
    {
        1 => Vector256.CreateScalar(first),
        2 => Vector256.Create(Vector128.LoadUnsafe(ref first), Vector128<double>.Zero),
        3 => Vector256.Create(Vector128.LoadUnsafe(ref first), Vector128.CreateScalar(Unsafe.Add(ref first, 2))),
        _ => Vector256.LoadUnsafe(ref first),
    };
}
