namespace Plumb;

/// <summary>What DuckDB is to read: one of the records in here.</summary>
public abstract record DuckDbInput
{
    private DuckDbInput(string name) => Name = name;

    /// <summary>What the rows are called in messages.</summary>
    public string Name { get; }

    /// <summary>A Parquet file.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Parquet(string Path) : DuckDbInput(Path);

    /// <summary>A file of JSON objects, one a line or in an array; every key is a column.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Json(string Path) : DuckDbInput(Path);

    /// <summary>A table or view of a database file, which is opened to be read only.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="TableName">The table, with or without its schema; null where the database has one only.</param>
    public sealed record Table(string Path,
        string? TableName = null) : DuckDbInput(TableName is null ? Path : $"{Path}/{TableName}");

    /// <summary>A query in DuckDB's SQL. Alone, it may name files; over a file, it can read that one only.</summary>
    /// <param name="Sql">One SELECT.</param>
    /// <param name="Over">Null, or a file: a database, whose tables the query names, or a Parquet or JSON file, which
    /// it calls data.</param>
    /// <exception cref="ArgumentException">The file is a query itself.</exception>
    public sealed record Query(string Sql,
        DuckDbInput? Over = null) : DuckDbInput(Over is null ? "the query" : $"the query over {Over.Name}")
    {
        /// <summary>Null, or the file that the query is over.</summary>
        public DuckDbInput? Over { get; } = Over is Query
            ? throw new ArgumentException("a query is over a query, expected over a file; write them as one.",
                nameof(Over)) : Over;
    }
}
