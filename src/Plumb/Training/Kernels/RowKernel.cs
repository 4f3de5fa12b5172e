using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>
/// Least squares on one row at a time. Each target is a lane of its own, a residual is four chains over [x; 1] added up
/// in pairs, and every multiply-add is fused:
/// the results do not depend on the width of vectors.
/// </summary>
internal static class RowKernel
{
    private const int Lanes = 4;

    /// <summary>p += factor r [x; bias]' with r = W x + b - y.</summary>
    /// <param name="parameters">(inputs + 1) x stride; changed.</param>
    /// <param name="stride">Whole octets of targets.</param>
    /// <param name="x">One number per input.</param>
    /// <param name="y">One number per target.</param>
    /// <param name="factor">What the residual is multiplied by.</param>
    /// <param name="bias">1, or 0 to leave the bias as it is.</param>
    /// <returns>|r|^2 before the step.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Step(Span<double> parameters, nint stride, ReadOnlySpan<double> x, ReadOnlySpan<double> y,
        double factor, double bias)
    {
        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var targets = ref MemoryMarshal.GetReference(y);
        var squares = Vector256<double>.Zero;
        for (var rest = y.Length; rest > 0; rest -= Lanes)
        {
            var residual = Residual(ref p, stride, x, Load(ref targets, rest));
            squares = Vector256.FusedMultiplyAdd(residual, residual, squares);
            ref var w = ref p;
            foreach (var value in x)
            {
                // The product with the factor does not wait for the residual.
                Vector256.FusedMultiplyAdd(residual, Vector256.Create(factor * value), Vector256.LoadUnsafe(ref w))
                    .StoreUnsafe(ref w);
                w = ref Unsafe.Add(ref w, stride);
            }

            Vector256.FusedMultiplyAdd(residual, Vector256.Create(factor * bias), Vector256.LoadUnsafe(ref w))
                .StoreUnsafe(ref w);
            p = ref Unsafe.Add(ref p, Lanes);
            targets = ref Unsafe.Add(ref targets, Lanes);
        }

        return SumOf(squares);
    }

    /// <summary>g = factor r [x; bias]'; |r|^2 is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Gradient(ReadOnlySpan<double> parameters, nint stride, ReadOnlySpan<double> x,
        ReadOnlySpan<double> y, double factor, double bias, Span<double> gradient)
    {
        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var targets = ref MemoryMarshal.GetReference(y);
        ref var first = ref MemoryMarshal.GetReference(gradient);
        var squares = Vector256<double>.Zero;
        for (var rest = y.Length; rest > 0; rest -= Lanes)
        {
            var residual = Residual(ref p, stride, x, Load(ref targets, rest));
            squares = Vector256.FusedMultiplyAdd(residual, residual, squares);
            ref var g = ref first;
            foreach (var value in x)
            {
                (residual * Vector256.Create(factor * value)).StoreUnsafe(ref g);
                g = ref Unsafe.Add(ref g, stride);
            }

            (residual * Vector256.Create(factor * bias)).StoreUnsafe(ref g);
            p = ref Unsafe.Add(ref p, Lanes);
            first = ref Unsafe.Add(ref first, Lanes);
            targets = ref Unsafe.Add(ref targets, Lanes);
        }

        return SumOf(squares);
    }

    /// <summary>|r|^2.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> parameters, nint stride, ReadOnlySpan<double> x,
        ReadOnlySpan<double> y)
    {
        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var targets = ref MemoryMarshal.GetReference(y);
        var squares = Vector256<double>.Zero;
        for (var rest = y.Length; rest > 0; rest -= Lanes)
        {
            var residual = Residual(ref p, stride, x, Load(ref targets, rest));
            squares = Vector256.FusedMultiplyAdd(residual, residual, squares);
            p = ref Unsafe.Add(ref p, Lanes);
            targets = ref Unsafe.Add(ref targets, Lanes);
        }

        return SumOf(squares);
    }

    /// <summary>The sum of the lanes in a fixed order.</summary>
    public static double SumOf(Vector256<double> lanes)
    {
        var two = lanes.GetLower() + lanes.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Residual(ref double w, nint stride, ReadOnlySpan<double> x, Vector256<double> y)
    {
        // What one step waits for the step before it to store is kept short: nothing is added to the bias before its
        // chain begins.
        var (a, b) = (-y, Vector256.LoadUnsafe(ref Unsafe.Add(ref w, x.Length * stride)));
        Vector256<double> c = default, d = default;
        ref var value = ref MemoryMarshal.GetReference(x);
        var rest = x.Length;
        for (; rest >= 4; rest -= 4)
        {
            a = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref w), Vector256.Create(value), a);
            b = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref w, stride)),
                Vector256.Create(Unsafe.Add(ref value, 1)), b);
            c = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref w, 2 * stride)),
                Vector256.Create(Unsafe.Add(ref value, 2)), c);
            d = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref w, 3 * stride)),
                Vector256.Create(Unsafe.Add(ref value, 3)), d);
            w = ref Unsafe.Add(ref w, 4 * stride);
            value = ref Unsafe.Add(ref value, 4);
        }

        if (rest > 0)
        {
            a = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref w), Vector256.Create(value), a);
        }

        if (rest > 1)
        {
            b = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref w, stride)),
                Vector256.Create(Unsafe.Add(ref value, 1)), b);
        }

        if (rest > 2)
        {
            c = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref Unsafe.Add(ref w, 2 * stride)),
                Vector256.Create(Unsafe.Add(ref value, 2)), c);
        }

        return (a + b) + (c + d);
    }

    /// <summary>The first four numbers; zeros where there are fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref double y, int count) =>
        count >= Lanes ? Vector256.LoadUnsafe(ref y)
        : count == 3 ? Vector256.Create(Vector128.LoadUnsafe(ref y), Vector128.CreateScalar(Unsafe.Add(ref y, 2)))
        : count == 2 ? Vector256.Create(Vector128.LoadUnsafe(ref y), Vector128<double>.Zero)
        : Vector256.CreateScalar(y);
}
