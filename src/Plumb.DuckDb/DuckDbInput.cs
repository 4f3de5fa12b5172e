namespace Plumb.DuckDb;

/// <summary>What DuckDB is to read: one of the records in here.</summary>
public abstract record DuckDbInput
{
    /// <summary>What a filter calls the rows that it is over.</summary>
    internal const string FilteredRows = "plumb_all";

    private DuckDbInput(string name) => Name = name;

    /// <summary>What the rows are called in messages.</summary>
    public string Name { get; init; }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    /// <summary>A Parquet file.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Parquet(string Path) : DuckDbInput(Path);

    /// <summary>A file of JSON objects, one per line or in an array; every key is a column.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Json(string Path) : DuckDbInput(Path);

    /// <summary>A table or view of a database file, which is opened to be read only.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="TableName">The table, with or without its schema; null where the database has one only.</param>
    public sealed record Table(string Path,
        string? TableName = null) : DuckDbInput(TableName is null ? Path : $"{Path}/{TableName}");

    /// <summary>What another reader reads, such as CSV: for queries only, which call it data.</summary>
    /// <param name="Source">The rows.</param>
    public sealed record Rows(RowSource Source) : DuckDbInput(Source?.Name ?? throw new ArgumentNullException(
        nameof(Source)));

    /// <summary>A query in DuckDB's SQL. Alone, it may name files; over a file, it can read that one only.</summary>
    /// <param name="Sql">One SELECT.</param>
    /// <param name="Over">Null, or a file: a database, whose tables the query names, or another, which it calls
    /// data.</param>
    /// <exception cref="ArgumentException">The file is a query itself.</exception>
    public sealed record Query(string Sql,
        DuckDbInput? Over = null) : DuckDbInput(Over is null ? "the query" : $"the query over {Over.Name}")
    {
        /// <summary>Those rows for which a condition holds.</summary>
        /// <param name="condition">The condition, as in SQL behind WHERE.</param>
        /// <param name="over">All rows; of a database, its one table or the table named.</param>
        /// <param name="columns">The columns wanted; all when left out.</param>
        public static Query Where(string condition, DuckDbInput over, IReadOnlyList<string>? columns = null)
        {
            ArgumentNullException.ThrowIfNull(over);
            var wanted = columns is null ? "*" : SqlName.OfColumns(columns);
            return new Query($"SELECT {wanted} FROM {FilteredRows} WHERE ({condition}\n)", over)
            {
                Name = $"{over.Name} where {condition}",
                IsFilter = true,
            };
        }

        /// <summary>
        /// Reads a file of text that the query names; where there is none, such a file is refused.
        /// </summary>
        public Func<string, RowSource>? TextFiles { get; init; }

        /// <summary>Whether it is a condition, and not written out.</summary>
        internal bool IsFilter { get; private init; }

        /// <summary>Null, or the file that the query is over.</summary>
        public DuckDbInput? Over { get; } = Over is Query
            ? throw new ArgumentException("a query is over a query, expected over a file; write them as one.",
                nameof(Over)) : Over;
    }
}
