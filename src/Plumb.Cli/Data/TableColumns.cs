namespace Plumb.Cli;

/// <summary>The columns of data, as they are found there.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Kinds">What each seems to hold.</param>
internal sealed record TableColumns(IReadOnlyList<string> Names, IReadOnlyList<ColumnKind> Kinds)
{
    /// <summary>Makes readings of amounts.</summary>
    public Func<Amounts> NewAmounts { get; private init; } = () => new Amounts();

    /// <summary>The columns of a reader.</summary>
    public static TableColumns Of(RowReader reader) =>
        new(reader.Columns, reader.Kinds) { NewAmounts = reader.NewAmounts };

    /// <summary>Columns of numbers, as moments have.</summary>
    public static TableColumns OfNumbers(IReadOnlyList<string> names) =>
        new(names, [.. names.Select(_ => ColumnKind.Number)]);

    /// <summary>Some of the columns.</summary>
    public TableColumns Only(IReadOnlyList<string> names) =>
        this with { Names = names, Kinds = [.. names.Select(KindOf)] };

    /// <summary>What a column seems to hold.</summary>
    public ColumnKind KindOf(string name) => Names.ToList().IndexOf(name) is var place and >= 0 ? Kinds[place]
        : ColumnKind.Number;
}
