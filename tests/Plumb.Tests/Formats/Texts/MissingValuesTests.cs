using System.Text;

namespace Plumb.Tests;

/// <summary>
/// Texts and numbers that were named stand for missing values, on the quick path and the careful one.
/// </summary>
public sealed class MissingValuesTests
{
    private static readonly Gen<string> s_cell = Gen.Frequency(
        (20, Gen.Int[-1000, 1000].Select(i => FormattableString.Invariant($"{i / 10.0}"))),
        (3, Gen.OneOf("-9999", "-9999.0", "\"-9999\"", " -9999.00 ", "-9.999e3", "x", "\"x\"", "\\N", "#DIV/0!", "",
            "-99990", "-999", "12345678901234567890123", "-9.999D+3", "1.#IND", "-1.#QNAN")));

    private static readonly Gen<string> s_file =
        from rows in Gen.Select(s_cell, s_cell, s_cell).Array[1, 60]
        select "g,x,y\n" + string.Concat(rows.Select(row => $"{row.Item1},{row.Item2},{row.Item3}\n"));

    [Fact]
    public Task Every_size_of_chunk_gives_the_same_rows_and_counts() =>
        Gen.Select(s_file, Gen.Int[1, 300], Gen.Int[1, 3], Gen.Bool).SampleAsync(
            async (text, chunk, threads, measures) =>
            {
                var format = new CsvFormat
                {
                    MissingValues = text.Length % 2 == 0 ? ["-9999", "x"] : ["-9x"],
                    DropMissing = text.Length % 5 != 0,
                    MeasurePrecision = measures,
                };
                Assert.Equal(await Outcome(text, format, 1, 1), await Outcome(text, format, threads, chunk));
            },
            iter: 800);

    [Theory]
    [InlineData("-9999", true)]
    [InlineData("-9999.0", true)]
    [InlineData("-9.999e3", true)]
    [InlineData("x", true)]
    [InlineData("NA", true)]
    [InlineData("-999", false)]
    public async Task Number_named_stands_for_missing_however_it_is_written(string cell, bool isMissing)
    {
        var format = new CsvFormat { MissingValues = ["-9999", "x"], DropMissing = true };
        var table = await CsvTable.OfAsync($"x,y\n1,2\n{cell},3\n", format);
        Assert.Equal(isMissing ? 1 : 2, table.Rows.Length);
    }

    [Fact]
    public async Task Values_named_are_counted_by_name_where_they_are_refused() => Assert.Equal(
        "t.csv(2): column 'x' holds '-9999', which marks a missing value; 2 missing in all ('-9999' 2); fill it in, "
            + "or leave out rows that lack a value.",
        await CsvTable.RefusalAsync("x,y\n-9999.0,2\n1,-9999\n", new CsvFormat { MissingValues = ["-9999"] }));

    [Theory]
    [InlineData("#DIV/0!")]
    [InlineData("#REF!")]
    [InlineData("#NAME?")]
    [InlineData("<NA>")]
    [InlineData("\\N")]
    [InlineData("-nan(ind)")]
    [InlineData("1.#IND")]
    [InlineData("-1.#IND")]
    [InlineData("1.#QNAN")]
    [InlineData("NaT")]
    public async Task Mark_of_a_spreadsheet_or_a_database_is_known(string mark)
    {
        var table = await CsvTable.OfAsync($"x,y\n1,2\n3,{mark}\n", new CsvFormat { DropMissing = true });
        Assert.Equal([[1, 2]], table.Rows);
    }

    private static async Task<string> Outcome(string text, CsvFormat format, int threads, int chunk)
    {
        try
        {
            await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv",
                format, TestContext.Current.CancellationToken);
            (reader.Threads, reader.ChunkBytes) = (threads, chunk);
            var outcome = new StringBuilder();
            await foreach (var block in reader.ReadAsync(["g", "x"], ["y"], TestContext.Current.CancellationToken))
            {
                outcome.AppendJoin(' ', block.Inputs.Values.ToArray()).AppendJoin(' ', block.Targets.Values.ToArray());
            }

            return outcome.Append(reader.Rows).AppendJoin('\n', reader.Findings)
                .Append(reader.Precision?.LengthOf("x")).ToString();
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }
}
