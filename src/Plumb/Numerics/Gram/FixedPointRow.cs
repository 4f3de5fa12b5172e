using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// The numbers of a row as whole numbers on a grid a column, so that sums of them are sums of whole numbers. A grid is
/// taken from a column's largest magnitude; what is finer than it is left out, and told.
/// </summary>
/// <param name="columns">How many numbers a row has.</param>
internal sealed class FixedPointRow(int columns)
{
    /// <summary>The most rows whose sums an Int128 holds.</summary>
    public const int MostRows = 1 << 30;

    private const int Bits = 96; // of a number: with 2^30 rows, below 2^127
    private const int FractionBits = 52;
    private const int Spare = 4; // bits, so that a little larger numbers need no other grid
    private const int LeastGrid = -1074; // of the subnormals
    private readonly double[] _reaches = new double[columns];

    /// <summary>The power of two that each column's whole numbers count in.</summary>
    public int[] Grids { get; } = new int[columns];

    /// <summary>The row's whole numbers.</summary>
    public Int128[] Values { get; } = new Int128[columns];

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

    /// <summary>Raises the grids so that they do; whatever has been summed on the old ones must be moved first.</summary>
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

    /// <summary>Takes a row; false where a number is finer than its column's grid: <see cref="IsFiner"/> tells which.</summary>
    /// <param name="row">Numbers that the grids bear.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTake(ReadOnlySpan<double> row)
    {
        var isComplete = true;
        var grids = Grids.AsSpan(0, row.Length);
        var values = Values.AsSpan(0, row.Length);
        for (var j = 0; j < row.Length; j++)
        {
            var bits = BitConverter.DoubleToInt64Bits(row[j]);
            var biased = (int)(bits >> FractionBits) & 0x7FF;
            var fraction = bits & ((1L << FractionBits) - 1);
            var significand = biased == 0 ? fraction : fraction | (1L << FractionBits);
            var shift = Math.Max(biased, 1) - 1075 - grids[j];
            if (shift < 0)
            {
                var isFine = -shift > FractionBits ? significand != 0 : (significand & ((1L << -shift) - 1)) != 0;
                isComplete &= !isFine;
                significand = isFine || -shift > FractionBits ? 0 : significand >> -shift;
                shift = 0;
            }

            var sign = bits >> 63;
            values[j] = (Int128)((significand ^ sign) - sign) << shift;
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
