namespace Plumb.Sql;

/// <summary>Where the bits of a column's numbers lie.</summary>
/// <param name="Top">All are below 2^Top in magnitude.</param>
/// <param name="Slices">So many slices of 30 bits, from the top on, hold all bits.</param>
internal readonly record struct SqlRange(int Top, int Slices)
{
    /// <summary>The bits of a slice: products of two, eight of which are added, fit 64 bits.</summary>
    public const int Bits = 30;

    /// <summary>The most slices, and so the most products of one level: more may not fit 64 bits.</summary>
    public const int MostSlices = 8;

    private const int DoubleBits = 53;
    private const int LeastGrid = -1074; // of the subnormals
    private const double Doubt = 1.0 / 1024; // clients print doubles in few digits

    /// <summary>The number 1 on every row.</summary>
    public static SqlRange One { get; } = new(Bits, 1);

    /// <summary>Whether an engine can take it.</summary>
    public bool IsPossible => Slices is >= 1 and <= MostSlices && Math.Abs(Top) <= 1100; // doubles end before

    /// <summary>The range of a column; more slices than are possible where that does not do.</summary>
    /// <param name="largest">The largest magnitude; 0 where all numbers are 0.</param>
    /// <param name="smallest">The smallest magnitude that is not 0.</param>
    /// <param name="areWhole">Whether all are whole numbers.</param>
    public static SqlRange Of(double largest, double smallest, bool areWhole)
    {
        if (largest == 0)
        {
            return One;
        }

        var exponent = Math.ILogB(largest);
        var top = exponent + (Math.ScaleB(largest, -exponent) * (1 + Doubt) < 2 ? 1 : 2);
        var lowest = Math.ILogB(smallest * (1 - Doubt)) - (DoubleBits - 1);
        return Between(top, Math.Max(lowest, areWhole ? 0 : LeastGrid));
    }

    /// <summary>Of numbers below 2^top in magnitude, all of them whole multiples of 2^grid.</summary>
    public static SqlRange Between(int top, int grid)
    {
        var aligned = Math.Max(top, grid + Bits);
        return new SqlRange(aligned, (aligned - grid + Bits - 1) / Bits);
    }
}
