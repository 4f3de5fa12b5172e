using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>
/// Least squares on many rows at a time, in register tiles. Each sum is one chain of fused multiply-adds, over the
/// inputs for a residual and over the rows for a gradient;
/// tiles and blocks only decide which chains run side by side, so the results do not depend on the width of vectors.
/// Goto and van de Geijn, Anatomy of high-performance matrix multiplication, ACM Trans. Math. Softw. 34(3), 2008.
/// </summary>
internal static class BatchKernel
{
    /// <summary>Rows and inputs are taken four at a time; residuals have room for whole fours of rows.</summary>
    public const int Quad = 4;

    private const int Octet = ParameterBlock.Octet;
    private const int Wide = 4 * Octet; // 4 x 4 vectors of 512 bits: 16 of 32 registers hold sums

    /// <summary>r += W x for each row.</summary>
    /// <param name="parameters">W, inputs x stride.</param>
    /// <param name="stride">Whole octets of targets.</param>
    /// <param name="inputs">The values of the inputs, row by row.</param>
    /// <param name="columns">The number of inputs.</param>
    /// <param name="rows">Which rows to take.</param>
    /// <param name="residuals">Rows, rounded up to whole fours, x stride; what lies beyond the rows comes out as
    /// nonsense.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(ReadOnlySpan<double> parameters, int stride, ReadOnlySpan<double> inputs,
        int columns, ReadOnlySpan<int> rows, Span<double> residuals)
    {
        ref var x = ref MemoryMarshal.GetReference(inputs);
        for (var (first, width) = (0, 0); first < stride; first += width)
        {
            width = TileWidth(stride - first);
            ref var p = ref Unsafe.Add(ref MemoryMarshal.GetReference(parameters), first);
            for (var i = 0; i < rows.Length; i += Quad)
            {
                var last = rows.Length - 1;
                ref var x0 = ref Unsafe.Add(ref x, (nint)rows[i] * columns);
                ref var x1 = ref Unsafe.Add(ref x, (nint)rows[Math.Min(i + 1, last)] * columns);
                ref var x2 = ref Unsafe.Add(ref x, (nint)rows[Math.Min(i + 2, last)] * columns);
                ref var x3 = ref Unsafe.Add(ref x, (nint)rows[Math.Min(i + 3, last)] * columns);
                ref var r = ref Unsafe.Add(ref MemoryMarshal.GetReference(residuals), i * stride + first);
                if (width == Wide)
                {
                    AddWide(ref p, stride, ref x0, ref x1, ref x2, ref x3, columns, ref r);
                }
                else
                {
                    AddNarrow(ref p, stride, ref x0, ref x1, ref x2, ref x3, columns, ref r);
                }
            }
        }
    }

    /// <summary>g += sum over the rows of r x'.</summary>
    /// <param name="residuals">Rows x stride.</param>
    /// <param name="stride">Whole octets of targets.</param>
    /// <param name="inputs">The values of the inputs, row by row.</param>
    /// <param name="columns">The number of inputs.</param>
    /// <param name="rows">Which rows to take.</param>
    /// <param name="gradient">Inputs x stride.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradient(ReadOnlySpan<double> residuals, int stride, ReadOnlySpan<double> inputs, int columns,
        ReadOnlySpan<int> rows, Span<double> gradient)
    {
        ref var x = ref MemoryMarshal.GetReference(inputs);
        for (var (first, width) = (0, 0); first < stride; first += width)
        {
            width = TileWidth(stride - first);
            ref var r = ref Unsafe.Add(ref MemoryMarshal.GetReference(residuals), first);
            ref var g = ref Unsafe.Add(ref MemoryMarshal.GetReference(gradient), first);
            var j = 0;
            for (; j + Quad <= columns; j += Quad)
            {
                if (width == Wide)
                {
                    GradientWide(ref r, stride, ref Unsafe.Add(ref x, j), columns, rows,
                        ref Unsafe.Add(ref g, j * stride));
                }
                else
                {
                    GradientNarrow(ref r, stride, ref Unsafe.Add(ref x, j), columns, rows,
                        ref Unsafe.Add(ref g, j * stride));
                }
            }

            for (; j < columns; j++)
            {
                for (var octet = 0; octet < width; octet += Octet)
                {
                    GradientOfOne(ref Unsafe.Add(ref r, octet), stride, ref Unsafe.Add(ref x, j), columns, rows,
                        ref Unsafe.Add(ref g, j * stride + octet));
                }
            }
        }
    }

    private static int TileWidth(int rest) => Vector512.IsHardwareAccelerated && rest >= Wide ? Wide : Octet;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWide(ref double p, nint stride, ref double x0, ref double x1, ref double x2, ref double x3,
        int columns, ref double r)
    {
        ref var r1 = ref Unsafe.Add(ref r, stride);
        ref var r2 = ref Unsafe.Add(ref r, 2 * stride);
        ref var r3 = ref Unsafe.Add(ref r, 3 * stride);
        var (c00, c01, c02, c03) =
            (Vector512.LoadUnsafe(ref r), Vector512.LoadUnsafe(ref r, 8), Vector512.LoadUnsafe(ref r, 16),
                Vector512.LoadUnsafe(ref r, 24));
        var (c10, c11, c12, c13) =
            (Vector512.LoadUnsafe(ref r1), Vector512.LoadUnsafe(ref r1, 8), Vector512.LoadUnsafe(ref r1, 16),
                Vector512.LoadUnsafe(ref r1, 24));
        var (c20, c21, c22, c23) =
            (Vector512.LoadUnsafe(ref r2), Vector512.LoadUnsafe(ref r2, 8), Vector512.LoadUnsafe(ref r2, 16),
                Vector512.LoadUnsafe(ref r2, 24));
        var (c30, c31, c32, c33) =
            (Vector512.LoadUnsafe(ref r3), Vector512.LoadUnsafe(ref r3, 8), Vector512.LoadUnsafe(ref r3, 16),
                Vector512.LoadUnsafe(ref r3, 24));
        for (nint j = 0; j < columns; j++)
        {
            var (w0, w1, w2, w3) =
                (Vector512.LoadUnsafe(ref p), Vector512.LoadUnsafe(ref p, 8), Vector512.LoadUnsafe(ref p, 16),
                    Vector512.LoadUnsafe(ref p, 24));
            var x = Vector512.Create(Unsafe.Add(ref x0, j));
            (c00, c01, c02, c03) = (Fma(x, w0, c00), Fma(x, w1, c01), Fma(x, w2, c02), Fma(x, w3, c03));
            x = Vector512.Create(Unsafe.Add(ref x1, j));
            (c10, c11, c12, c13) = (Fma(x, w0, c10), Fma(x, w1, c11), Fma(x, w2, c12), Fma(x, w3, c13));
            x = Vector512.Create(Unsafe.Add(ref x2, j));
            (c20, c21, c22, c23) = (Fma(x, w0, c20), Fma(x, w1, c21), Fma(x, w2, c22), Fma(x, w3, c23));
            x = Vector512.Create(Unsafe.Add(ref x3, j));
            (c30, c31, c32, c33) = (Fma(x, w0, c30), Fma(x, w1, c31), Fma(x, w2, c32), Fma(x, w3, c33));
            p = ref Unsafe.Add(ref p, stride);
        }

        Store(ref r, c00, c01, c02, c03);
        Store(ref r1, c10, c11, c12, c13);
        Store(ref r2, c20, c21, c22, c23);
        Store(ref r3, c30, c31, c32, c33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddNarrow(ref double p, nint stride, ref double x0, ref double x1, ref double x2, ref double x3,
        int columns, ref double r)
    {
        ref var r1 = ref Unsafe.Add(ref r, stride);
        ref var r2 = ref Unsafe.Add(ref r, 2 * stride);
        ref var r3 = ref Unsafe.Add(ref r, 3 * stride);
        var (c0, c1, c2, c3) =
            (Vector512.LoadUnsafe(ref r), Vector512.LoadUnsafe(ref r1), Vector512.LoadUnsafe(ref r2),
                Vector512.LoadUnsafe(ref r3));
        for (nint j = 0; j < columns; j++)
        {
            var w = Vector512.LoadUnsafe(ref p);
            c0 = Fma(Vector512.Create(Unsafe.Add(ref x0, j)), w, c0);
            c1 = Fma(Vector512.Create(Unsafe.Add(ref x1, j)), w, c1);
            c2 = Fma(Vector512.Create(Unsafe.Add(ref x2, j)), w, c2);
            c3 = Fma(Vector512.Create(Unsafe.Add(ref x3, j)), w, c3);
            p = ref Unsafe.Add(ref p, stride);
        }

        c0.StoreUnsafe(ref r);
        c1.StoreUnsafe(ref r1);
        c2.StoreUnsafe(ref r2);
        c3.StoreUnsafe(ref r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientWide(ref double r, nint stride, ref double x, nint columns, ReadOnlySpan<int> rows,
        ref double g)
    {
        ref var g1 = ref Unsafe.Add(ref g, stride);
        ref var g2 = ref Unsafe.Add(ref g, 2 * stride);
        ref var g3 = ref Unsafe.Add(ref g, 3 * stride);
        var (c00, c01, c02, c03) =
            (Vector512.LoadUnsafe(ref g), Vector512.LoadUnsafe(ref g, 8), Vector512.LoadUnsafe(ref g, 16),
                Vector512.LoadUnsafe(ref g, 24));
        var (c10, c11, c12, c13) =
            (Vector512.LoadUnsafe(ref g1), Vector512.LoadUnsafe(ref g1, 8), Vector512.LoadUnsafe(ref g1, 16),
                Vector512.LoadUnsafe(ref g1, 24));
        var (c20, c21, c22, c23) =
            (Vector512.LoadUnsafe(ref g2), Vector512.LoadUnsafe(ref g2, 8), Vector512.LoadUnsafe(ref g2, 16),
                Vector512.LoadUnsafe(ref g2, 24));
        var (c30, c31, c32, c33) =
            (Vector512.LoadUnsafe(ref g3), Vector512.LoadUnsafe(ref g3, 8), Vector512.LoadUnsafe(ref g3, 16),
                Vector512.LoadUnsafe(ref g3, 24));
        foreach (var row in rows)
        {
            ref var z = ref Unsafe.Add(ref x, row * columns);
            var (r0, r1, r2, r3) =
                (Vector512.LoadUnsafe(ref r), Vector512.LoadUnsafe(ref r, 8), Vector512.LoadUnsafe(ref r, 16),
                    Vector512.LoadUnsafe(ref r, 24));
            var value = Vector512.Create(z);
            (c00, c01, c02, c03) = (Fma(value, r0, c00), Fma(value, r1, c01), Fma(value, r2, c02), Fma(value, r3, c03));
            value = Vector512.Create(Unsafe.Add(ref z, 1));
            (c10, c11, c12, c13) = (Fma(value, r0, c10), Fma(value, r1, c11), Fma(value, r2, c12), Fma(value, r3, c13));
            value = Vector512.Create(Unsafe.Add(ref z, 2));
            (c20, c21, c22, c23) = (Fma(value, r0, c20), Fma(value, r1, c21), Fma(value, r2, c22), Fma(value, r3, c23));
            value = Vector512.Create(Unsafe.Add(ref z, 3));
            (c30, c31, c32, c33) = (Fma(value, r0, c30), Fma(value, r1, c31), Fma(value, r2, c32), Fma(value, r3, c33));
            r = ref Unsafe.Add(ref r, stride);
        }

        Store(ref g, c00, c01, c02, c03);
        Store(ref g1, c10, c11, c12, c13);
        Store(ref g2, c20, c21, c22, c23);
        Store(ref g3, c30, c31, c32, c33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientNarrow(ref double r, nint stride, ref double x, nint columns, ReadOnlySpan<int> rows,
        ref double g)
    {
        ref var g1 = ref Unsafe.Add(ref g, stride);
        ref var g2 = ref Unsafe.Add(ref g, 2 * stride);
        ref var g3 = ref Unsafe.Add(ref g, 3 * stride);
        var (c0, c1, c2, c3) =
            (Vector512.LoadUnsafe(ref g), Vector512.LoadUnsafe(ref g1), Vector512.LoadUnsafe(ref g2),
                Vector512.LoadUnsafe(ref g3));
        foreach (var row in rows)
        {
            ref var z = ref Unsafe.Add(ref x, row * columns);
            var residual = Vector512.LoadUnsafe(ref r);
            c0 = Fma(Vector512.Create(z), residual, c0);
            c1 = Fma(Vector512.Create(Unsafe.Add(ref z, 1)), residual, c1);
            c2 = Fma(Vector512.Create(Unsafe.Add(ref z, 2)), residual, c2);
            c3 = Fma(Vector512.Create(Unsafe.Add(ref z, 3)), residual, c3);
            r = ref Unsafe.Add(ref r, stride);
        }

        c0.StoreUnsafe(ref g);
        c1.StoreUnsafe(ref g1);
        c2.StoreUnsafe(ref g2);
        c3.StoreUnsafe(ref g3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientOfOne(ref double r, nint stride, ref double x, nint columns, ReadOnlySpan<int> rows,
        ref double g)
    {
        var c = Vector512.LoadUnsafe(ref g);
        foreach (var row in rows)
        {
            c = Fma(Vector512.Create(Unsafe.Add(ref x, row * columns)), Vector512.LoadUnsafe(ref r), c);
            r = ref Unsafe.Add(ref r, stride);
        }

        c.StoreUnsafe(ref g);
    }

    private static Vector512<double> Fma(Vector512<double> left, Vector512<double> right, Vector512<double> addend) =>
        Vector512.FusedMultiplyAdd(left, right, addend);

    private static void Store(ref double place, Vector512<double> a, Vector512<double> b, Vector512<double> c,
        Vector512<double> d)
    {
        a.StoreUnsafe(ref place);
        b.StoreUnsafe(ref place, 8);
        c.StoreUnsafe(ref place, 16);
        d.StoreUnsafe(ref place, 24);
    }
}
