using System.Globalization;

namespace Plumb.Sql;

/// <summary>How one engine writes the little SQL that exact sums take.</summary>
public sealed class SqlDialect
{
    private SqlDialect(string name) => Name = name;

    /// <summary>DuckDB.</summary>
    public static SqlDialect DuckDb { get; } = new("duckdb");

    /// <summary>PostgreSQL, which would otherwise pull each layer into the next, and compute it once per sum.</summary>
    public static SqlDialect PostgreSql { get; } = new("postgres")
    {
        DoubleType = "double precision",
        Fence = " OFFSET 0",
        Sum = (whole, _) => $"cast(sum({whole}) AS text)", // numeric, from whole numbers of 128 bits
        Power = exponent => $"'{Number(exponent)}'::double precision",
    };

    /// <summary>
    /// ClickHouse, where a sum of 64-bit numbers wraps, one of 128 bits loses a digit in text (18.16), and a double in
    /// text may be a bit off.
    /// </summary>
    public static SqlDialect ClickHouse { get; } = new("clickhouse")
    {
        Mark = '`',
        Double = column => $"toFloat64({column})",
        Whole = number => $"toInt64({number})",
        Sum = (whole, place) => string.Create(CultureInfo.InvariantCulture,
            $"concat(toString(sum(bitShiftRight(({whole}) AS plumb_products_{place}, 32))), '{SqlMoments.HighTimes}', "
                + $"toString(sum(bitAnd(plumb_products_{place}, 4294967295))))"),
        Power = exponent => string.Create(CultureInfo.InvariantCulture, $"exp2({exponent})"),
    };

    /// <summary>Spark SQL and Databricks.</summary>
    public static SqlDialect Spark { get; } = new("spark")
    {
        Mark = '`',
        TextType = "string",
        Cut = number => $"cast(cast({number} AS bigint) AS double)", // its trunc is for dates
    };

    /// <summary>Trino, Presto and Athena.</summary>
    public static SqlDialect Trino { get; } = new("trino") { Cut = number => $"truncate({number})" };

    /// <summary>Snowflake.</summary>
    public static SqlDialect Snowflake { get; } = new("snowflake");

    /// <summary>BigQuery.</summary>
    public static SqlDialect BigQuery { get; } = new("bigquery")
    {
        Mark = '`',
        DoubleType = "float64",
        WholeType = "int64",
        WideType = "bignumeric",
        TextType = "string",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SqlDialect> All { get; } =
        [DuckDb, PostgreSql, ClickHouse, Spark, Trino, Snowflake, BigQuery];

    /// <summary>What a command line calls it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>What stands at the end of each layer of a query, so that it is computed once.</summary>
    internal string Fence { get; private init; } = "";

    /// <summary>A column as a double.</summary>
    internal Func<string, string> Double
    {
        get => field ?? (column => $"cast({column} AS {DoubleType})");
        private init;
    }

    /// <summary>A double without what is behind its point.</summary>
    internal Func<string, string> Cut { get; private init; } = number => $"trunc({number})";

    /// <summary>A whole double as a whole number of 64 bits.</summary>
    internal Func<string, string> Whole
    {
        get => field ?? (number => $"cast({number} AS {WholeType})");
        private init;
    }

    /// <summary>
    /// The sum of whole numbers of 64 bits, exactly, and as text, which no client rounds; given its place among the
    /// sums of a query.
    /// </summary>
    internal Func<string, int, string> Sum
    {
        get => field ?? ((whole, _) => $"cast(sum(cast({whole} AS {WideType})) AS {TextType})");
        private init;
    }

    /// <summary>A power of two as a double.</summary>
    internal Func<int, string> Power { get; private init; } = exponent => $"({Number(exponent)})";

    private char Mark { get; init; } = '"';

    private string DoubleType { get; init; } = "double";

    private string WholeType { get; init; } = "bigint";

    private string WideType { get; init; } = "decimal(38, 0)";

    private string TextType { get; init; } = "varchar";

    /// <summary>A name, whatever characters it has.</summary>
    internal string Quote(string name) =>
        Mark == '"' ? SqlName.Of(name)
            : $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";

    private static string Number(int exponent) =>
        Math.ScaleB(1, exponent).ToString("E16", CultureInfo.InvariantCulture);
}
