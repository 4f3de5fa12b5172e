using System.Globalization;

namespace Plumb.Tests.Sources;

/// <summary>Random tables whose columns are as different as those of real data.</summary>
internal static class SqlTableRows
{
    /// <summary>The columns: a name, a type of most engines, and what a value is.</summary>
    private static readonly (string Name, string Type, Func<RandomSource, double> Value)[] s_kinds =
    [
        ("normal", "double precision", random => random.NextNormal()),
        ("offset", "double precision", random => 1e6 + random.NextNormal()),
        ("count", "integer", random => Math.Floor(random.NextDouble() * 1000) - 500),
        ("price", "double precision", random => Math.Round(random.NextDouble() * 100, 2)),
        ("decades", "double precision", random => Math.Pow(10, 13 * random.NextDouble() - 6) * Sign(random)),
        ("large", "double precision", random => 1e9 * random.NextNormal()),
        ("tiny", "double precision", random => Math.Floor(random.NextDouble() * 9 - 4) * double.Epsilon),
        ("zeros", "double precision", _ => double.NegativeZero),
        ("single", "real", random => (float)random.NextNormal()),
        ("huge", "double precision", random => double.MaxValue * Sign(random)),
        ("paid", "numeric(12, 2)", random => Math.Round(random.NextDouble() * 1000, 2)),
        ("whole", "bigint", random => Math.Floor((random.NextDouble() - 0.5) * Math.Pow(2, 53))),
    ];

    /// <summary>How many columns there are.</summary>
    public static int Count => s_kinds.Length;

    /// <summary>The names of the columns, the last of which is the target.</summary>
    public static VariableNames Names(int columns) =>
        new([.. Enumerable.Range(0, columns - 1).Select(Name)], [Name(columns - 1)]);

    /// <summary>A value of a column.</summary>
    public static double Value(int column, RandomSource random) => s_kinds[column % Count].Value(random);

    /// <summary>The definition of the columns.</summary>
    public static string Definition(int columns) => string.Join(", ", Enumerable.Range(0, columns).Select(i =>
        $"\"{Name(i)}\" {s_kinds[i % Count].Type}"));

    /// <summary>The rows, as they stand behind VALUES.</summary>
    public static string Values(int rows, int columns, int seed)
    {
        var random = new RandomSource(seed);
        return string.Join(", ", Enumerable.Range(0, rows).Select(_ => "(" + string.Join(", ",
            Enumerable.Range(0, columns).Select(i => Literal(Value(i, random)))) + ")"));
    }

    /// <summary>A value in SQL, to the bit.</summary>
    public static string Literal(double value) => $"'{value.ToString("R", CultureInfo.InvariantCulture)}'";

    private static string Name(int column) => string.Create(CultureInfo.InvariantCulture,
        $"{s_kinds[column % Count].Name}{(column < Count ? "" : "_" + column / Count)}");

    private static double Sign(RandomSource random) => random.NextDouble() < 0.5 ? -1 : 1;
}
