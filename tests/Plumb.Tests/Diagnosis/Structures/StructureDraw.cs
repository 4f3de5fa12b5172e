namespace Plumb.Tests.Structures;

/// <summary>What a random problem is drawn from: lists that shrink, and a seed.</summary>
/// <param name="Blocks">What the inputs are made of.</param>
/// <param name="Targets">What the targets are.</param>
/// <param name="Freedom">Rows beyond the parameters; below 0, parameters beyond the rows.</param>
/// <param name="Weighting">0 to 3: without weights, with frequencies, with precisions, with weights of 1.</param>
/// <param name="HasBias">Whether there is a bias.</param>
/// <param name="Ridge">The penalty.</param>
/// <param name="HasUnits">Whether columns have units of their own.</param>
/// <param name="HasCopies">Whether some rows are copies of others.</param>
/// <param name="Seed">Draws the numbers.</param>
internal sealed record StructureDraw(
    IReadOnlyList<BlockKind> Blocks,
    IReadOnlyList<TargetKind> Targets,
    int Freedom,
    int Weighting,
    bool HasBias,
    double Ridge,
    bool HasUnits,
    bool HasCopies,
    int Seed)
{
    /// <summary>Any of them.</summary>
    public static Gen<StructureDraw> Any { get; } =
        from blocks in Gen.Frequency((1, Gen.Const(BlockKind.Ordinary)), (3, Gen.Enum<BlockKind>())).Array[1, 5]
        from targets in Gen.Frequency((6, Gen.Const(TargetKind.Noisy)), (4, Gen.Enum<TargetKind>())).Array[1, 3]
        from freedom in Gen.Frequency((1, Gen.Int[-3, 4]), (3, Gen.Int[5, 40]))
        from weighting in Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 3]))
        from hasBias in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))
        from ridge in Gen.Frequency((15, Gen.Const(0.0)), (1, Gen.Const(0.5)))
        from hasUnits in Gen.Bool
        from hasCopies in Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))
        from seed in Gen.Int[0, 1 << 20]
        select new StructureDraw(blocks, targets, freedom, weighting, hasBias, ridge, hasUnits, hasCopies, seed);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"new StructureDraw([{Kinds(Blocks)}], [{Kinds(Targets)}], {Freedom}, {Weighting}, {Word(HasBias)}, {Ridge}, ")
        + $"{Word(HasUnits)}, {Word(HasCopies)}, {Seed})";

    private static string Word(bool value) => value ? "true" : "false";

    private static string Kinds<T>(IEnumerable<T> kinds) =>
        string.Join(", ", kinds.Select(kind => $"{typeof(T).Name}.{kind}"));
}
