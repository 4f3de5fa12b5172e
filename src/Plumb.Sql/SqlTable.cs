namespace Plumb.Sql;

/// <summary>A table that an engine adds up.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Dialect">What the engine understands.</param>
/// <param name="Relation">What follows FROM.</param>
/// <param name="Column">A column of a name.</param>
internal sealed record SqlTable(string Name, SqlDialect Dialect, string Relation, Func<string, SqlColumn> Column);
