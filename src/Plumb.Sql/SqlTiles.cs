using System.Globalization;
using System.Text;

namespace Plumb.Sql;

/// <summary>
/// The queries whose sums are moments. Each number becomes slices, whole numbers below 2^30 in magnitude; products of
/// slices whose places add up to one level share a power of two, and are one sum. Nothing is rounded on the way.
/// </summary>
/// <param name="dialect">How the engine writes it.</param>
/// <param name="relation">What follows FROM.</param>
/// <param name="columns">The columns.</param>
/// <param name="ranges">The range of each.</param>
internal sealed class SqlTiles(SqlDialect dialect, string relation, IReadOnlyList<SqlColumn> columns,
    IReadOnlyList<SqlRange> ranges)
{
    private const int MostSums = 800; // of a query: some engines plan in the square of them
    private const int LargestPower = 1000; // of a factor that every engine can write

    private int One => columns.Count; // the place of the number 1

    /// <summary>The columns that rows lack, which are then left out.</summary>
    public IReadOnlyList<int> Missing { get; init; } = [];

    /// <summary>What a query gives as its first column, given its number and that of all.</summary>
    public Func<int, int, string>? Label { get; init; }

    /// <summary>All queries.</summary>
    public IReadOnlyList<SqlTile> All()
    {
        int[] all = [.. Enumerable.Range(0, columns.Count + 1)];
        var parts = Cut(all, all).ToList();
        return [.. parts.Select((part, k) => Tile(part.Left, part.Right, Label?.Invoke(k + 1, parts.Count)))];
    }

    // Pairs of columns, in rectangles and, where both sides are the same, triangles.
    private IEnumerable<(int[] Left, int[] Right)> Cut(int[] left, int[] right)
    {
        if (Pairs(left, right).Sum(pair => LevelsOf(pair.Left, pair.Right)) <= MostSums)
        {
            return [(left, right)];
        }

        if (ReferenceEquals(left, right))
        {
            var (first, second) = (left[..(left.Length / 2)], left[(left.Length / 2)..]);
            return [.. Cut(first, first), .. Cut(first, second), .. Cut(second, second)];
        }

        return left.Length >= right.Length
            ? [.. Cut(left[..(left.Length / 2)], right), .. Cut(left[(left.Length / 2)..], right)]
            : [.. Cut(left, right[..(right.Length / 2)]), .. Cut(left, right[(right.Length / 2)..])];
    }

    private IEnumerable<(int Left, int Right)> Pairs(int[] left, int[] right) =>
        from i in left
        from j in right
        where i <= j && i != One // rows are counted
        select (i, j);

    private int LevelsOf(int left, int right) => SlicesOf(left) + SlicesOf(right) - 1;

    private int SlicesOf(int column) => RangeOf(column).Slices;

    private SqlRange RangeOf(int column) => column == One ? SqlRange.One : ranges[column];

    private SqlTile Tile(int[] left, int[] right, string? label)
    {
        int[] used = [.. left.Union(right).Where(column => column != One).Order()];
        var (sums, terms) = (new List<string>(), new List<SqlTerm>());
        foreach (var (i, j) in Pairs(left, right))
        {
            for (var level = 0; level < LevelsOf(i, j); level++)
            {
                sums.Add(dialect.Sum(Products(i, j, level), sums.Count));
                terms.Add(new SqlTerm(i, j, RangeOf(i).Top + RangeOf(j).Top - SqlRange.Bits * (2 + level)));
            }
        }

        var sql = new StringBuilder("SELECT ");
        sql.Append(label is null ? "" : $"'{label}' AS plumb, ").Append("count(*), ").Append(Refused(used));
        sums.ForEach(sum => sql.Append(",\n").Append(sum));
        return new SqlTile(sql.Append(CultureInfo.InvariantCulture, $"\nFROM {Layers(used)}").ToString(), terms);
    }

    // The products of slices whose places add up to a level.
    private string Products(int left, int right, int level)
    {
        if (right == One)
        {
            return Slice(left, level);
        }

        var products = new List<string>();
        for (var p = Math.Max(0, level - SlicesOf(right) + 1); p <= Math.Min(level, SlicesOf(left) - 1); p++)
        {
            var q = level - p;
            if (left != right || p == q)
            {
                products.Add($"{Slice(left, p)} * {Slice(right, q)}");
            }
            else if (p < q)
            {
                products.Add($"2 * {Slice(left, p)} * {Slice(right, q)}");
            }
        }

        return string.Join(" + ", products);
    }

    // Rows that slices do not hold: a value is missing, not finite, or beyond the range. No test of them is true.
    private string Refused(int[] used)
    {
        var limit = 1L << SqlRange.Bits;
        var tests = used.Select(column => string.Create(CultureInfo.InvariantCulture,
            $"{Rest(column, SlicesOf(column))} = 0 AND abs({Slice(column, 0)}) < {limit}"));
        return $"sum(CASE WHEN {string.Join(" AND ", tests)} THEN 0 ELSE 1 END)";
    }

    // Each layer takes one slice of every column that has so many. No name is used twice.
    private string Layers(int[] used)
    {
        var values = Layer(0, used.Union(Missing).Order().Select(column =>
            $"{columns[column].Expression} AS {Value(column)}"), relation);
        var sources = Layer(1, used.Select(column =>
            $"{Value(column)}{Factor(SqlRange.Bits - RangeOf(column).Top)} AS {Rest(column, 0)}"), values, Missing.Count
            == 0 ? "" : " WHERE " + string.Join(" AND ", Missing.Select(SqlProbe.IsFinite(Value))));
        for (var k = 0; k < used.Max(SlicesOf); k++)
        {
            sources = Layer(k + 2, used.SelectMany(column => Step(column, k)), sources);
        }

        return sources;
    }

    private IEnumerable<string> Step(int column, int k)
    {
        var (slices, rest) = (SlicesOf(column), Rest(column, k));
        for (var known = 0; known < Math.Min(k, slices); known++)
        {
            yield return Slice(column, known);
        }

        if (k >= slices)
        {
            yield return Rest(column, slices);
            yield break;
        }

        var cut = dialect.Cut(rest);
        yield return $"{dialect.Whole(cut)} AS {Slice(column, k)}";
        yield return $"({rest} - {cut}) * {dialect.Power(SqlRange.Bits)} AS {Rest(column, k + 1)}";
    }

    private string Layer(int number, IEnumerable<string> what, string from, string where = "") =>
        string.Create(CultureInfo.InvariantCulture,
            $"(SELECT {string.Join(", ", what)}\nFROM {from}{where}{dialect.Fence}) AS plumb_layer_{number}");

    private string Factor(int power)
    {
        var first = Math.Clamp(power, -LargestPower, LargestPower);
        return power == 0 ? "" : $" * {dialect.Power(first)}{Factor(power - first)}";
    }

    private static string Value(int column) => string.Create(CultureInfo.InvariantCulture, $"plumb_value_{column}");

    private static string Rest(int column, int k) =>
        string.Create(CultureInfo.InvariantCulture, $"plumb_rest_{column}_{k}");

    private static string Slice(int column, int k) =>
        string.Create(CultureInfo.InvariantCulture, $"plumb_slice_{column}_{k}");
}
