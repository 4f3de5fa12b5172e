using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// The numbers of a row as whole numbers on a grid a column, each in two limbs, so that sums of them are sums of whole
/// numbers. A grid is taken from a column's largest magnitude; what is finer than it is left out, and told.
/// </summary>
/// <param name="columns">How many numbers per row has.</param>
internal sealed class FixedPointRow(int columns)
{
    /// <summary>The bits of a low limb, which has no sign; a number is high * 2^LimbBits + low.</summary>
    public const int LimbBits = 48;

    /// <summary>The most rows whose limbs add up to no more than a long holds.</summary>
    public const int MostRows = 1 << 14;

    private const int Bits = 2 * LimbBits;
    private const int FractionBits = 52;
    private const int Bias = 1075; // of the exponent of a significand as a whole number
    private const int Spare = 4; // bits, so that a little larger numbers need no other grid
    private const int LeastGrid = -1074; // of the subnormals
    private readonly double[] _reaches = new double[columns];

    /// <summary>How many limbs a row has: low ones, high ones, and zeros up to whole octets.</summary>
    public static int LimbsOf(int columns) => SlicePlan.RoundUp(2 * columns);

    /// <summary>The power of two that each column's whole numbers count in.</summary>
    public int[] Grids { get; } = new int[columns];

    /// <summary>The row's low limbs, and its high ones.</summary>
    public long[] Limbs { get; } = new long[LimbsOf(columns)];

    /// <summary>Whether each column's grid bears its largest magnitude.</summary>
    public bool Covers(ReadOnlySpan<double> largest)
    {
        for (var j = 0; j < largest.Length; j++)
        {
            if (largest[j] > _reaches[j])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Raises the grids so that they do; what was summed on the old ones must be moved first.</summary>
    public void Raise(ReadOnlySpan<double> largest)
    {
        for (var j = 0; j < largest.Length; j++)
        {
            if (largest[j] > _reaches[j])
            {
                var top = Math.ILogB(largest[j]) + 1 + Spare;
                Grids[j] = Math.Max(top - Bits, LeastGrid);
                _reaches[j] = top > 1023 ? double.MaxValue : Math.ScaleB(1, top);
            }
        }
    }

    /// <summary>
    /// Takes a row; false where a number is finer than its column's grid: <see cref="IsFiner"/> tells which.
    /// </summary>
    /// <param name="row">Numbers that the grids bear.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTake(ReadOnlySpan<double> row)
    {
        var isComplete = true;
        var grids = Grids.AsSpan(0, row.Length);
        var lows = Limbs.AsSpan(0, row.Length);
        var highs = Limbs.AsSpan(row.Length, row.Length);
        for (var j = 0; j < row.Length; j++)
        {
            var bits = BitConverter.DoubleToInt64Bits(row[j]);
            var biased = (int)(bits >> FractionBits) & 0x7FF;
            var fraction = bits & ((1L << FractionBits) - 1);
            var significand = biased == 0 ? fraction : fraction | (1L << FractionBits);
            var shift = Math.Max(biased, 1) - Bias - grids[j];
            if (shift < 0)
            {
                var places = Math.Min(-shift, FractionBits + 1);
                var isFine = (significand & ((1L << places) - 1)) != 0;
                isComplete &= !isFine;
                (significand, shift) = (isFine ? 0 : significand >> places, 0);
            }

            var sign = bits >> 63;
            significand = (significand ^ sign) - sign;
            lows[j] = (significand << shift) & ((1L << LimbBits) - 1);
            highs[j] = significand >> (LimbBits - shift);
        }

        return isComplete;
    }

    /// <summary>Whether a number is finer than its column's grid, so that it was left out.</summary>
    public bool IsFiner(double number, int column)
    {
        var (significand, exponent) = Dyadic.Split(number);
        return significand != 0 && exponent + (int)long.TrailingZeroCount(significand) < Grids[column];
    }
}
