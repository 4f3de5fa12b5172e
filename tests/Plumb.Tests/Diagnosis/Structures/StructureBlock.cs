namespace Plumb.Tests.Structures;

/// <summary>Columns that belong together, before they are given units.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Columns">Columns x rows.</param>
/// <param name="Entangled">Whether the last column is nearly the sum of the others.</param>
internal sealed record StructureBlock(BlockKind Kind, double[][] Columns, bool Entangled)
{
    /// <summary>Draws one.</summary>
    /// <param name="kind">What.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="random">Draws.</param>
    public static StructureBlock Of(BlockKind kind, int rows, RandomSource random)
    {
        double[] Column(Func<int, double> value) => [.. Enumerable.Range(0, rows).Select(value)];
        double[] Normals() => Column(_ => random.NextNormal());
        var spread = Math.Pow(10, -random.NextIndex(10));
        double[] Near(double[][] parts) => Column(i => parts.Sum(part => part[i]) + spread * random.NextNormal());
        double[][] Summed(double[][] parts, Func<double[][], double[]> sum) => [.. parts, sum(parts)];
        double[][] Times(int count, Func<double[]> column) => [.. Enumerable.Range(0, count).Select(_ => column())];
        double[][] Coarse(int count) => Times(count, () => Column(_ => random.NextIndex(17) - 8));
        double[][] columns = kind switch
        {
            BlockKind.Ordinary => Times(1 + random.NextIndex(3), Normals),
            BlockKind.Coarse => Coarse(1 + random.NextIndex(2)),
            BlockKind.NearTwins => Summed(Times(1, Normals), Near),
            BlockKind.NearSum => Summed(Times(2 + random.NextIndex(2), Normals), Near),
            BlockKind.Duplicate => Summed(Times(1, Normals), parts => parts[0]),
            BlockKind.Sum => Summed(Coarse(2), parts => Column(i => 3 * parts[0][i] - parts[1][i] + 2)),
            BlockKind.Constant => Times(1, () => Column(_ => 3)),
            BlockKind.Zero => Times(1, () => Column(_ => 0)),
            BlockKind.OneHot => OneHot(2 + random.NextIndex(3), Column),
            BlockKind.Years => Powers(Column(i => 1950 + i), 1 + random.NextIndex(3)),
            BlockKind.Offset => Times(1, () => Column(_ => Math.Pow(10, 2 + rows % 8) + random.NextNormal())),
            BlockKind.RowAlone => Times(1, () => Column(i => i == rows / 2 ? 1 : 0)),
            _ => Times(1, () => Column(i => i < rows / 2 ? 0 : 1)),
        };
        return new StructureBlock(kind, columns, kind is BlockKind.NearTwins or BlockKind.NearSum);
    }

    private static double[][] OneHot(int groups, Func<Func<int, double>, double[]> column) =>
        [.. Enumerable.Range(0, groups).Select(group => column(i => i % groups == group ? 1 : 0))];

    private static double[][] Powers(double[] column, int highest) =>
        [.. Enumerable.Range(1, highest).Select(power => column.Select(value => Math.Pow(value, power)).ToArray())];
}
