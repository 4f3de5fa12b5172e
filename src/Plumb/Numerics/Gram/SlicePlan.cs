namespace Plumb.Numerics;

/// <summary>
/// How columns are written as slices, and where these lie in a row of the matrix: columns that need most slices first,
/// slice by slice.
/// </summary>
internal sealed class SlicePlan
{
    /// <summary>The bits of a slice, with the sign: magnitudes reach 2^21.</summary>
    public const int SliceBits = 22;

    /// <summary>The first grid of a column that has held zeros only.</summary>
    public const int NoTop = int.MinValue;

    // A shifter so coarse that it moves nothing below 2^900.
    private static readonly double s_keepAll = Math.ScaleB(1, 996);

    /// <summary>The layout for columns with these numbers of slices and first grids.</summary>
    /// <param name="slices">How many slices each column has.</param>
    /// <param name="tops">The power of two of each column's first slice.</param>
    /// <param name="spareLevels">Further levels, for slices that are not in the matrix.</param>
    public SlicePlan(int[] slices, int[] tops, int spareLevels)
    {
        Order = [.. Enumerable.Range(0, slices.Length).OrderByDescending(column => slices[column])];
        IsNatural = !Order.Where((column, position) => column != position).Any();
        int[] counts = [.. Enumerable.Range(0, slices.Max()).Select(a => slices.Count(count => count > a))];
        Offsets = [.. counts.Select((_, a) => counts[..a].Sum())];
        Slices = [.. counts.SelectMany((count, a) => Order[..count].Select(column => (column, a)))];
        Octets = RoundUp(Slices.Length) / TileProduct.Octet;
        Stride = TileProduct.Octet * (Octets | 1);
        AllLevels = 2 * counts.Length - 1 + spareLevels;
        SlicesOfOctets =
            [.. Enumerable.Range(0, RoundUp(slices.Length) / TileProduct.Octet)
                .Select(octet => counts.Count(count => count > octet * TileProduct.Octet))];
        double[] Table(Func<int, double> entry, double others) =>
            [.. counts.SelectMany((count, a) =>
                Enumerable.Range(0, RoundUp(slices.Length))
                    .Select(p => p < count ? entry(Grid(tops[Order[p]], a)) : others))];
        Shifters = Table(grid => Math.ScaleB(1.5, grid + 52), s_keepAll);
        Units = Table(grid => Math.ScaleB(1, -grid), 0);
    }

    /// <summary>
    /// The length of a row: an odd number of octets, so that rows do not fall on the same cache lines.
    /// </summary>
    public int Stride { get; }

    /// <summary>The octets of a row that hold slices.</summary>
    public int Octets { get; }

    /// <summary>Pairs of slices a, b with the same a + b have the same grid.</summary>
    public int AllLevels { get; }

    /// <summary>The column at each position.</summary>
    public int[] Order { get; }

    /// <summary>Whether each column has its own position.</summary>
    public bool IsNatural { get; }

    /// <summary>For each slice, where it begins.</summary>
    public int[] Offsets { get; }

    /// <summary>How many slices the columns at each eight positions have at most.</summary>
    public int[] SlicesOfOctets { get; }

    /// <summary>
    /// For each slice and position (slices x padded size), the number that rounds to the grid when it is added: 1.5 *
    /// 2^(grid + 52).
    /// </summary>
    public double[] Shifters { get; }

    /// <summary>For each slice and position, 2^-grid.</summary>
    public double[] Units { get; }

    /// <summary>For each element of a row, its column and slice.</summary>
    public (int Column, int Slice)[] Slices { get; }

    /// <summary>The power of two that a column's slice counts in.</summary>
    public static int Grid(int top, int slice) => (top == NoTop ? 0 : top) - slice * SliceBits;

    /// <summary>The next multiple of eight.</summary>
    public static int RoundUp(int count) => (count + TileProduct.Octet - 1) / TileProduct.Octet * TileProduct.Octet;
}
