namespace Plumb.PostgreSql;

/// <summary>What is to be read from a PostgreSQL database: one of the records in here.</summary>
public abstract record PostgreSqlInput
{
    private PostgreSqlInput(PostgreSqlAddress address, string name) => (Address, Name) = (address, name);

    /// <summary>The database.</summary>
    public PostgreSqlAddress Address { get; }

    /// <summary>What the rows are called in messages.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    /// <summary>A table, view or materialized view.</summary>
    /// <param name="Database">The database.</param>
    /// <param name="TableName">The table, with or without its schema; null where the database has one only.</param>
    public sealed record Table(PostgreSqlAddress Database, string? TableName = null) : PostgreSqlInput(Database,
        TableName is null ? Database.Name : $"{Database.Name}, table {TableName}")
    {
        /// <summary>A condition on the rows that are read, as in SQL behind WHERE; null for all.</summary>
        public string? Condition { get; init; }
    }

    /// <summary>A query in PostgreSQL's SQL, which can read but not change.</summary>
    /// <param name="Database">The database.</param>
    /// <param name="Sql">One SELECT.</param>
    public sealed record Query(PostgreSqlAddress Database, string Sql) : PostgreSqlInput(Database,
        $"the query over {Database.Name}");
}
