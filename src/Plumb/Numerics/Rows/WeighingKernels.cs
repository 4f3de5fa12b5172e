using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Plumb.Numerics.ColumnKernels;

namespace Plumb.Numerics;

/// <summary>
/// What columns of a few rows come to once each row is weighed: powers and residuals times weights, rounded to a grid,
/// so that their sums are exact. Lengths are whole octets.
/// </summary>
internal static class WeighingKernels
{
    /// <summary>weighted = source weight, rounded to a grid; squares += (source weight)^2, not rounded to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weigh(ReadOnlySpan<double> source, ReadOnlySpan<double> weight, double shifter,
        Span<double> weighted, Span<double> squares)
    {
        var s = Vector512.Create(shifter);
        for (var i = 0; i < weighted.Length; i += Octet)
        {
            var product = Load(source, i) * Load(weight, i);
            Store(Vector512.FusedMultiplyAdd(product, product, Load(squares, i)), squares, i);
            Store(product + s - s, weighted, i);
        }
    }

    /// <summary>source^2 weight, rounded to a grid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeighSquares(ReadOnlySpan<double> source, ReadOnlySpan<double> weight, double shifter,
        Span<double> result)
    {
        var s = Vector512.Create(shifter);
        for (var i = 0; i < result.Length; i += Octet)
        {
            var x = Load(source, i);
            Store(x * x * Load(weight, i) + s - s, result, i);
        }
    }

    /// <summary>
    /// Square and cube / 8 of u = ((high, low) - centre) factor, both times a weight and rounded to a grid.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeighPowers(ReadOnlySpan<double> high, ReadOnlySpan<double> low, DoubleDouble centre,
        double factor, ReadOnlySpan<double> weight, double shifter, Span<double> squares, Span<double> cubes)
    {
        var (h, l, f, s) =
            (Vector512.Create(centre.High), Vector512.Create(centre.Low), Vector512.Create(factor),
                Vector512.Create(shifter));
        for (var i = 0; i < squares.Length; i += Octet)
        {
            var u = Difference(Load(high, i), Load(low, i), h, l) * f;
            var (square, w) = (u * u, Load(weight, i));
            Store(square * w + s - s, squares, i);
            Store(square * u * (w * 0.125) + s - s, cubes, i);
        }
    }

    /// <summary>
    /// r = (y - (high, low)) factors, in two steps, as one factor may be beyond a double's range, times a weight; and
    /// its
    /// square; both rounded to a grid.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeighResiduals(ReadOnlySpan<double> y, ReadOnlySpan<double> high, ReadOnlySpan<double> low,
        (double First, double Second) factors, ReadOnlySpan<double> weight, double shifter, Span<double> residuals,
        Span<double> squares)
    {
        var (f, g, s) = (Vector512.Create(factors.First), Vector512.Create(factors.Second), Vector512.Create(shifter));
        for (var i = 0; i < residuals.Length; i += Octet)
        {
            var residual = Difference(Load(y, i), Vector512<double>.Zero, Load(high, i), Load(low, i)) * f * g
                * Load(weight, i);
            Store(residual + s - s, residuals, i);
            Store(residual * residual + s - s, squares, i);
        }
    }

    /// <summary>(high + low) - (otherHigh + otherLow), in little more than one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Difference(Vector512<double> high, Vector512<double> low,
        Vector512<double> otherHigh, Vector512<double> otherLow)
    {
        var difference = high - otherHigh;
        var virtualOther = high - difference;
        var lost = high - (difference + virtualOther) + (virtualOther - otherHigh);
        return difference + (lost + (low - otherLow));
    }
}
