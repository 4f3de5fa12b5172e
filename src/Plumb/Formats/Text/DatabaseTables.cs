namespace Plumb.Formats;

/// <summary>The tables and views of a database, and which of them a user means.</summary>
/// <param name="Database">What messages call the database.</param>
/// <param name="UsualSchema">The schema that need not be named.</param>
/// <param name="All">All tables and views, in the order of their names.</param>
internal sealed record DatabaseTables(string Database, string UsualSchema,
    IReadOnlyList<(string Schema, string Name)> All)
{
    private const int MostNamed = 10; // a message must stay readable

    /// <summary>The table as SQL names it.</summary>
    /// <param name="wanted">Its name, with or without its schema; null for the only one.</param>
    /// <exception cref="InvalidDataException">There is no such table, or more than one.</exception>
    public string Find(string? wanted) => Matches(wanted) switch
    {
        [var (schema, name)] => $"{SqlName.Of(schema)}.{SqlName.Of(name)}",
        [] when All.Count == 0 =>
            throw DataErrors.Of(Database,
                "the database has no tables, where one was expected; check that it is the right one."),
        [] =>
            throw DataErrors.Of(Database,
                $"there is no table '{Escaped.Of(wanted!)}' among {Listed(All)}; {Remedies.NameTable}."),
        var several =>
            throw DataErrors.Of(Database,
                $"there are {several.Count} tables, {Listed(several)}, where one was expected; "
                    + $"{Remedies.NameTable}."),
    };

    private IReadOnlyList<(string Schema, string Name)> Matches(string? wanted)
    {
        if (wanted is null)
        {
            return All;
        }

        List<(string Schema, string Name)> exact =
            [.. All.Where(table => $"{table.Schema}.{table.Name}" == wanted || table == (UsualSchema, wanted))];
        return exact.Count > 0 ? exact : [.. All.Where(table => table.Name == wanted)];
    }

    private string Listed(IReadOnlyList<(string Schema, string Name)> tables) =>
        string.Join(", ",
            tables.Take(MostNamed)
                .Select(table => $"'{(table.Schema == UsualSchema ? "" : Escaped.Of(table.Schema) + ".")}"
                    + $"{Escaped.Of(table.Name)}'")) + (tables.Count > MostNamed ? ", ..." : "");
}
