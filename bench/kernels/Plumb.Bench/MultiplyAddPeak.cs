using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Bench;

/// <summary>
/// Multiply-adds of doubles in registers only, as fast as one core does them: the limit for every sum of products.
/// The chains are independent and more than latency times units, and the result depends on all of them, so that none
/// can be left out.
/// </summary>
public static class MultiplyAddPeak
{
    // 12 and two factors fit into 16 registers; two units with a latency of four or five cycles need 8 or 10.
    private const int Chains = 12;

    /// <summary>Does at least this many multiply-adds.</summary>
    /// <param name="multiplyAdds">How many.</param>
    /// <param name="sum">What came out, of no interest but that it was computed.</param>
    /// <returns>How many were done.</returns>
    public static long Run(long multiplyAdds, out double sum)
    {
        var width = Vector512.IsHardwareAccelerated ? Vector512<double>.Count : Vector256.IsHardwareAccelerated
            ? Vector256<double>.Count : Vector128<double>.Count;
        var rounds = (multiplyAdds + width * Chains - 1) / (width * Chains);
        sum = width switch
        {
            8 => Run512(rounds, 0.999999, 1e-6),
            4 => Run256(rounds, 0.999999, 1e-6),
            _ => Run128(rounds, 0.999999, 1e-6),
        };
        return rounds * width * Chains;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Run512(long rounds, double factor, double term)
    {
        var (x, y) = (Vector512.Create(factor), Vector512.Create(term));
        Vector512<double> a = y, b = a + y, c = b + y, d = c + y, e = d + y, f = e + y, g = f + y, h = g + y, i = h + y,
            j = i + y, k = j + y, l = k + y;
        for (var round = 0L; round < rounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Run256(long rounds, double factor, double term)
    {
        var (x, y) = (Vector256.Create(factor), Vector256.Create(term));
        Vector256<double> a = y, b = a + y, c = b + y, d = c + y, e = d + y, f = e + y, g = f + y, h = g + y, i = h + y,
            j = i + y, k = j + y, l = k + y;
        for (var round = 0L; round < rounds; round++)
        {
            a = Vector256.MultiplyAddEstimate(a, x, y);
            b = Vector256.MultiplyAddEstimate(b, x, y);
            c = Vector256.MultiplyAddEstimate(c, x, y);
            d = Vector256.MultiplyAddEstimate(d, x, y);
            e = Vector256.MultiplyAddEstimate(e, x, y);
            f = Vector256.MultiplyAddEstimate(f, x, y);
            g = Vector256.MultiplyAddEstimate(g, x, y);
            h = Vector256.MultiplyAddEstimate(h, x, y);
            i = Vector256.MultiplyAddEstimate(i, x, y);
            j = Vector256.MultiplyAddEstimate(j, x, y);
            k = Vector256.MultiplyAddEstimate(k, x, y);
            l = Vector256.MultiplyAddEstimate(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Run128(long rounds, double factor, double term)
    {
        var (x, y) = (Vector128.Create(factor), Vector128.Create(term));
        Vector128<double> a = y, b = a + y, c = b + y, d = c + y, e = d + y, f = e + y, g = f + y, h = g + y, i = h + y,
            j = i + y, k = j + y, l = k + y;
        for (var round = 0L; round < rounds; round++)
        {
            a = Vector128.MultiplyAddEstimate(a, x, y);
            b = Vector128.MultiplyAddEstimate(b, x, y);
            c = Vector128.MultiplyAddEstimate(c, x, y);
            d = Vector128.MultiplyAddEstimate(d, x, y);
            e = Vector128.MultiplyAddEstimate(e, x, y);
            f = Vector128.MultiplyAddEstimate(f, x, y);
            g = Vector128.MultiplyAddEstimate(g, x, y);
            h = Vector128.MultiplyAddEstimate(h, x, y);
            i = Vector128.MultiplyAddEstimate(i, x, y);
            j = Vector128.MultiplyAddEstimate(j, x, y);
            k = Vector128.MultiplyAddEstimate(k, x, y);
            l = Vector128.MultiplyAddEstimate(l, x, y);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
