namespace Plumb.DuckDb;

/// <summary>The rows of an input, as SQL names them.</summary>
/// <param name="Source">What follows FROM; its columns are called by their places, as <see cref="DuckDbSlot.Sql"/> has
/// them, since SQL does not tell names apart that differ in case only.</param>
/// <param name="Names">The names that the columns have.</param>
internal sealed record DuckDbRelation(string Source, IReadOnlyList<string> Names)
{
    /// <summary>The column that <see cref="Numbered"/> has beside the others: the number of a row, from 0.</summary>
    public const string RowNumber = "plumb_row";

    /// <summary>What follows FROM where rows are asked for by their numbers; null where there are none.</summary>
    public string? Numbered { get; private init; }

    /// <summary>The columns that number or name the rows, as the file says.</summary>
    public IReadOnlyList<string> IndexColumns { get; private init; } = [];

    /// <summary>The rows of an input.</summary>
    public static DuckDbRelation Of(DuckDbSession session, DuckDbInput input)
    {
        switch (input)
        {
            case DuckDbInput.Parquet parquet:
                return OfParquet(session, parquet.Path);
            case DuckDbInput.Table table:
                return Described(session, Find(session, table));
            case DuckDbInput.Query query:
                return Described(session, $"({QueryFiles.Of(session, query)}\n)");
            case DuckDbInput.Json json:
                return Described(session, DuckDbFile.Json(json.Path));
            default:
                throw new ArgumentException("rows of another reader are read by a query over them only; give them to "
                    + "one, or read them by that reader.", nameof(input));
        }
    }

    private static DuckDbRelation OfParquet(DuckDbSession session, string path)
    {
        var source = DuckDbFile.Parquet(path);
        if (DuckDbFile.ColumnsOf(session, path) is not { } names)
        {
            return Described(session, source);
        }

        return new DuckDbRelation(Aliased(source, names), names)
        {
            Numbered = names.Contains(DuckDbFile.RowNumber, StringComparer.OrdinalIgnoreCase) ? null
                : Aliased(DuckDbFile.Parquet(path, numbered: true), names, RowNumber),
            IndexColumns = PandasIndex.Of(DuckDbFile.PandasOf(session, path), names),
        };
    }

    private static DuckDbRelation Described(DuckDbSession session, string source)
    {
        var rows = source[0] == '(' ? source : $"SELECT * FROM {source}";
        var names = session.Texts($"SELECT column_name FROM (DESCRIBE {rows})");
        return new DuckDbRelation(Aliased(source, names), names) { IndexColumns = PandasIndex.Of(null, names) };
    }

    private static string Aliased(string source, IReadOnlyList<string> names, params string[] more) =>
        $"{source} AS plumb_rows("
            + $"{string.Join(", ", Enumerable.Range(0, names.Count).Select(DuckDbSlot.Sql).Concat(more))})";

    /// <summary>The table of a database that is meant, as SQL names it.</summary>
    /// <exception cref="InvalidDataException">There is no such table, or more than one.</exception>
    public static string Find(DuckDbSession session, DuckDbInput.Table table)
    {
        const string Sql = "SELECT {0} FROM information_schema.tables WHERE table_catalog = current_database() "
            + "ORDER BY table_schema, table_name";
        return new DatabaseTables(table.Path, "main", [.. session.Texts(Sql.Replace("{0}", "table_schema",
            StringComparison.Ordinal)).Zip(session.Texts(Sql.Replace("{0}", "table_name", StringComparison.Ordinal)))])
            .Find(table.TableName);
    }
}
