using System.Globalization;
using System.Text;

namespace Plumb.Tests;

/// <summary>
/// A table with anything around it gives the moments of the plain table, at every size of chunk and number of threads.
/// </summary>
public sealed class CsvTableLawTests
{
    private static readonly Gen<string[]> s_above = Gen.OneOf(
        Gen.Const(Array.Empty<string>()),
        Gen.OneOf("Model,MDO3014", "Record Length,4", "# made by hand", "Points", "", ",,", "Title of it,,",
            "\"Serial\",7").Array[1, 8].Select(lines => (string[])["Instrument,A 1", .. lines, ""]),
        Gen.Const((string[])["sep=,"]));

    private static readonly Gen<string[]> s_below = Gen.OneOf(
        Gen.Const(Array.Empty<string>()),
        Gen.OneOf("Total,17,5", "Mean,1.5,2", "Source: the office, 2026", "", "* by hand", "(12 rows)", ",,",
            "note; see above").Array[1, 4]);

    private static readonly Gen<string> s_units = Gen.OneOf("", "m,V,s", "[m],[V],[s]", "(m),(V),(s)", "mm,,deg C");

    private static readonly Gen<double[]> s_row = Gen.Int[-9999, 9999].Select(i => i / 100.0).Array[3];

    private static readonly Gen<(string Plain, string Dressed)> s_tables =
        from rows in Gen.OneOf(s_row.Array[2, 40], s_row.Array[5000, 6000])
        from above in s_above
        where rows.Length > above.Length // the table is the longest block of lines that are alike
        from units in s_units
        from below in s_below
        where rows.Length > below.Length // likewise
        from trailing in Gen.Int[0, 2]
        from separator in Gen.OneOf(",", ";", "\t", "|")
        from lineEnd in Gen.OneOf("\n", "\r\n")
        select (Text(rows, [], "", [], 0, ",", "\n"),
            Text(rows, above, units, below, trailing, separator, lineEnd));

    [Fact]
    public Task Dressed_table_gives_the_moments_of_the_plain_one() =>
        Gen.Select(s_tables, Gen.OneOf(1, 2, 5), Gen.OneOf(Gen.Int[1, 400], Gen.Const(1 << 18)), Gen.Bool)
            .SampleAsync(async (texts, threads, chunk, pipe) =>
                Assert.Equal(await SumsAsync(texts.Plain, 1, 1 << 18, false),
                    await SumsAsync(texts.Dressed, threads, chunk, pipe)), iter: 300);

    [Fact]
    public Task Table_aligned_by_blanks_gives_the_moments_of_the_plain_one() =>
        Gen.Select(s_row.Array[2, 300], Gen.Int[1, 9].Array[4], Gen.OneOf(1, 3), Gen.Int[1, 4000], Gen.Bool)
            .SampleAsync(async (rows, blanks, threads, chunk, pipe) =>
            {
                var plain = Text(rows, [], "", [], 0, ",", "\n");
                var gaps = blanks.Select(count => new string(' ', count)).ToArray();
                var aligned = string.Concat(plain.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
                    gaps[0] + string.Join("", line.Split(',').Zip(gaps[1..], (cell, gap) => cell + gap)) + "\n"));
                Assert.Equal(await SumsAsync(plain, 1, 1 << 18, false), await SumsAsync(aligned, threads, chunk, pipe));
            }, iter: 300);

    private static string Text(double[][] rows, string[] above, string units, string[] below, int trailing,
        string separator, string lineEnd)
    {
        var end = new string(separator[0], trailing);
        string[] table =
        [
            "x,z,y", .. units.Length > 0 ? (string[])[units] : [],
            .. rows.Select(row => string.Join(',', row.Select(value => value.ToString(CultureInfo.InvariantCulture)))),
        ];
        return string.Concat((string[])
        [
            .. above.Select(line => line.Replace(",", separator, StringComparison.Ordinal) + lineEnd),
            .. table.Select(line => line.Replace(",", separator, StringComparison.Ordinal) + end + lineEnd),
            .. below.Select(line => line.Replace(",", separator, StringComparison.Ordinal) + lineEnd),
        ]);
    }

    private static async Task<string> SumsAsync(string text, int threads, int chunk, bool pipe)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await using var reader = await CsvReader.OpenAsync(
            pipe ? new TricklingStream(bytes, 5000) : new MemoryStream(bytes), "t.csv", null,
            TestContext.Current.CancellationToken);
        Assert.Equal(["x", "z", "y"], reader.Columns);
        (reader.Threads, reader.ChunkBytes) = (threads, chunk);
        var moments = new Moments(new VariableNames(["x", "z"], ["y"]));
        await foreach (var block in reader.ReadAsync(["x", "z"], ["y"], TestContext.Current.CancellationToken))
        {
            moments.Add(block);
        }

        using var file = new MemoryStream();
        moments.Save(file);
        return Convert.ToBase64String(file.ToArray());
    }
}
