using System.Text;

namespace Plumb.Tests;

/// <summary>Files that may be opened in more than one way.</summary>
public sealed class CsvOpeningTests
{
    [Theory]
    [InlineData("a,b,c,d,e\n-,,\"two lines\",www,\n1,2,3,4,5\n2,3,4,5,6\n", "a b c d e")]
    [InlineData("g,1,y\n-,,foo\n1,2,3\n2,3,4\n", "g 1 y")]
    [InlineData(",b,y\nfoo,NA,bar\n1,2,3\n2,3,4\n", "column1 b y")]
    [InlineData("x,y\nfoo,\nbar,-\n1,2\n3,4\n", "x y")]
    [InlineData("% of all,y\nm,null\n1,2\n3,4\n", "% of all y")]
    [InlineData("x,y\n\nfoo,-\n1,2\n3,4\n", "x y")]
    public async Task First_line_holds_the_names_also_where_the_first_row_lacks_numbers(string text, string columns)
    {
        await using var reader = await OpenAsync(text, new CsvFormat());
        Assert.Equal(columns, string.Join(' ', reader.Columns));
    }

    [Fact]
    public async Task Names_above_a_gap_are_not_passed_over_in_silence() =>
        Assert.StartsWith("t.csv(3): the names of the columns may stand in line 1 ('x, y') or in line 3 ('foo, bar')",
            await CsvTable.RefusalAsync("x,y\n\nfoo,bar\n1,2\n3,4\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Line_below_the_first_that_may_hold_the_names_is_told()
    {
        await using var reader = await OpenAsync("x,y\nfoo,bar\n,s\n1,2\n3,4\n", new CsvFormat());
        Assert.Equal("x y", string.Join(' ', reader.Columns));
        Assert.Equal("The names of the columns were read from line 1 ('x, y'); line 2 ('foo, bar') may hold them as "
            + "well. If it does, take line 2 for the names.",
            Assert.Single(reader.Findings) is var finding ? $"{finding.Message} {finding.Remedy}" : "");
        await using var logger = await OpenAsync(
            "TOA5,64,CR\nTIME,u,v\nTS,m,s\n2026-01-01,1,2\n2026-01-02,3,4\n", new CsvFormat());
        Assert.Equal("TIME u v", string.Join(' ', logger.Columns));
    }

    [Fact]
    public async Task Names_below_a_title_are_not_passed_over_for_a_row_that_lacks_numbers() =>
        Assert.StartsWith("t.csv(3): the names of the columns may stand in line 2 ('g, 1, y') or in line 3 ('-, foo')",
            await CsvTable.RefusalAsync("Made by hand\ng,1,y\n-,,foo\n1,2,3\n2,3,4\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("g,x,y\n\"x\", -9999.00 ,1.#IND\nx, -9999.00 ,3\n")]
    [InlineData("g,x,y\n\"x\", -9999.00 ,x\n1.#IND,2,3\n4,\"x\",3\n")]
    [InlineData("g,x,y\nx, 2 ,x\n1, 3 ,3\nx, 3 ,4\n1,2\n")]
    public async Task Commas_separate_what_they_separate_everywhere_also_beside_blanks(string text)
    {
        foreach (var format in (CsvFormat[])[new(), new() { HeaderLine = 1 }])
        {
            await using var reader = await OpenAsync(text, format);
            Assert.Equal("g x y", string.Join(' ', reader.Columns));
        }
    }

    [Theory]
    [InlineData("x;y\n1.000;1\n2.500;2\n", "'x'")]
    [InlineData("x;y\n1.000;-2.000\n+12.500;2\n", "'x', 'y'")]
    [InlineData("x;y\n1;1000\n2.500;2000\n", "'x'")]
    [InlineData("x;y\n1.000;1\n2000;2\n", null)]
    [InlineData("x;y\n1.000;1\n2.5;2\n", null)]
    [InlineData("x;y\n1.000;1\n0.500;2\n", null)]
    [InlineData("x;y\n1.000;1\n2.500;0.25\n", null)]
    [InlineData("x;y\n1.000;1\n1000.250;2\n", null)]
    [InlineData("x;y\n1.000;1\n2.500e3;2\n", null)]
    [InlineData("x;y\n1;1\n2;2\n", null)]
    [InlineData("x,y\n1.000,1\n2.500,2\n", null)]
    [InlineData("x\ty\n1.000\t1\n2.500\t2\n", null)]
    public async Task Point_before_three_digits_is_told_where_semicolons_separate(string text, string? columns)
    {
        var finding = (await CsvTable.OfAsync(text)).Findings.SingleOrDefault(found => found.Code == "decimal-point");
        Assert.Equal(columns is not null, finding is not null);
        if (finding is not null)
        {
            Assert.Equal(Severity.Warning, finding.Severity);
            Assert.Contains(columns + " have three digits behind it", finding.Message, StringComparison.Ordinal);
            var format = new CsvFormat { ThousandsSeparator = '.', DecimalSeparator = ',' };
            Assert.DoesNotContain((await CsvTable.OfAsync(text, format)).Findings,
                found => found.Code == "decimal-point");
        }
    }

    [Fact]
    public Task Point_is_never_doubted_where_commas_separate() =>
        Gen.Int[1, 9999].Select(i => FormattableString.Invariant($"{i / 1000.0:F3}")).Array[2].Array[1, 20]
            .SampleAsync(async rows => Assert.DoesNotContain(
                (await CsvTable.OfAsync("x,y\n" + string.Concat(rows.Select(row => string.Join(',', row) + "\n"))))
                    .Findings, found => found.Code == "decimal-point"), iter: 300);

    [Fact]
    public async Task Texts_named_for_missing_values_make_no_header()
    {
        var format = new CsvFormat { MissingValues = ["n.d.", "-9999"], DropMissing = true };
        var table = await CsvTable.OfAsync("1,n.d.,3\n4,5,6\n7,8,9\n", format);
        Assert.Equal(["x1", "x2", "y"], table.Columns);
        Assert.Equal([[4, 5, 6], [7, 8, 9]], table.Rows);
        table = await CsvTable.OfAsync("Made by hand\n\nu,v,w\nn.d.,n.d.,3\n4,n.d.,-9999\n7,8,9\n", format);
        Assert.Equal(["u", "v", "w"], table.Columns);
        Assert.Equal([[7, 8, 9]], table.Rows);
    }

    private static Task<CsvReader> OpenAsync(string text, CsvFormat format) => CsvReader.OpenAsync(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", format, TestContext.Current.CancellationToken);
}
