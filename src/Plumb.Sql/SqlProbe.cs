using System.Globalization;

namespace Plumb.Sql;

/// <summary>The first queries: what rows there are, and where the bits of each column lie.</summary>
/// <param name="dialect">How the engine writes it.</param>
/// <param name="relation">What follows FROM.</param>
/// <param name="columns">The columns.</param>
internal sealed class SqlProbe(SqlDialect dialect, string relation, IReadOnlyList<SqlColumn> columns)
{
    /// <summary>The columns of a query.</summary>
    public const int Columns = 150;

    /// <summary>What a query asks of each column, in this order, after the number of rows.</summary>
    public const int Answers = 5;

    /// <summary>What a query gives as its first column, given its number and that of all.</summary>
    public Func<int, int, string>? Label { get; init; }

    /// <summary>All queries, a row each.</summary>
    public IReadOnlyList<string> All()
    {
        var parts = Enumerable.Range(0, columns.Count).Chunk(Columns).ToList();
        return [.. parts.Select((part, k) => Query(part, Label?.Invoke(k + 1, parts.Count)))];
    }

    /// <summary>Tests whether a value is finite; no test of what is missing is true.</summary>
    public static Func<int, string> IsFinite(Func<int, string> value) =>
        column => $"{value(column)} - {value(column)} = 0";

    private string Query(int[] part, string? label)
    {
        var isFinite = IsFinite(Value);
        var asked = part.SelectMany(column =>
        {
            var (value, finite) = (Value(column), isFinite(column));
            return (string[])
            [
                $"sum(CASE WHEN {finite} THEN 0 WHEN {value} IS NULL THEN 1 WHEN 1 / {value} = 0 THEN 0 ELSE 1 END)",
                $"sum(CASE WHEN {finite} THEN 0 WHEN {value} IS NULL THEN 0 WHEN 1 / {value} = 0 THEN 1 ELSE 0 END)",
                // From 2^53 on every double is whole, and engines that cut by way of whole numbers cannot.
                $"sum(CASE WHEN {finite} THEN CASE WHEN abs({value}) >= {dialect.Power(53)} THEN 0 "
                    + $"WHEN {dialect.Cut(value)} = {value} THEN 0 ELSE 1 END ELSE 0 END)",
                $"max(CASE WHEN {finite} THEN abs({value}) END)",
                $"min(CASE WHEN {finite} AND {value} <> 0 THEN abs({value}) END)",
            ];
        });
        var values = part.Select(column => $"{columns[column].Expression} AS {Value(column)}");
        return $"SELECT {(label is null ? "" : $"'{label}' AS plumb, ")}count(*),\n{string.Join(",\n", asked)}\nFROM "
            + $"(SELECT {string.Join(", ", values)}\nFROM {relation}{dialect.Fence}) AS plumb_layer_0";
    }

    private static string Value(int column) => string.Create(CultureInfo.InvariantCulture, $"plumb_value_{column}");
}
