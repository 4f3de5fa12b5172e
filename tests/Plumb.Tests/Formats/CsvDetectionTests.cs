namespace Plumb.Tests;

public sealed class CsvDetectionTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\n1;2\n", ';')]
    [InlineData("a|b\n1|2\n", '|')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a\n1\n", ',')]
    [InlineData("\"a;b\",c\n1,2\n", ',')]
    [InlineData("\"a,b\";c\n1;2\n", ';')]
    [InlineData("1,5;2,5\n2,5;3,5\n", ';')]
    [InlineData("name|unit,value\n1,2\n3,4\n", ',')]
    [InlineData("\n\na;b\n1;2\n", ';')]
    [InlineData("a, b;c\n1;2\n3;4\n", ';')]
    public async Task OpenAsync_without_a_delimiter_detects_it(string text, char expected)
    {
        await using var reader =
            await CsvReader.OpenAsync(new TricklingStream(System.Text.Encoding.UTF8.GetBytes(text), 1), "t.csv", null,
                TestContext.Current.CancellationToken);
        Assert.Equal(expected, reader.Delimiter);
        Assert.Equal(expected != ',', reader.Findings.Any(finding => finding.Code == "delimiter"));
    }

    [Fact]
    public async Task OpenAsync_with_comments_detects_behind_them()
    {
        var table = await CsvTable.OfAsync("#a,b,c,\"d\na;b\n#1\n1;2\n#", new CsvFormat { CommentPrefix = "#" });
        Assert.Equal(["a", "b"], table.Columns);
        Assert.Equal((double[][])[[1, 2]], table.Rows);
    }

    [Fact]
    public async Task OpenAsync_with_decimal_comma_never_takes_it_for_the_delimiter()
    {
        var table = await CsvTable.OfAsync("1,5\n2,5\n", new CsvFormat { DecimalSeparator = ',' });
        Assert.Equal((double[][])[[1.5], [2.5]], table.Rows);
        Assert.Equal(["y"], table.Columns);
    }

    [Theory]
    [InlineData("1,2,3\n", "x1 x2 y", 1)]
    [InlineData("1,NA,3\n4,5,6\n", "x1 x2 y", 1)]
    [InlineData("7\n", "y", 1)]
    [InlineData("a,2\n3,4\n", "a 2", 1)]
    public async Task OpenAsync_without_a_header_setting_detects_it(string text, string names, int rows)
    {
        var table = await CsvTable.OfAsync(text, new CsvFormat { DropMissing = true });
        Assert.Equal(names, string.Join(' ', table.Columns));
        Assert.Equal(rows, table.Rows.Length);
        Assert.Equal(names.StartsWith('a') ? "numbers-in-header" : "no-header", table.Findings[0].Code);
    }

    [Theory]
    [InlineData(",b,y\n0,1,2\n", "column1 b y")]
    [InlineData("a,\"\",,y\n0,1,2,3\n", "a column2 column3 y")]
    public async Task OpenAsync_calls_columns_without_a_name_by_their_place_and_says_so(string text, string names)
    {
        var table = await CsvTable.OfAsync(text, new CsvFormat());
        Assert.Equal(names, string.Join(' ', table.Columns));
        Assert.Equal("unnamed-columns", Assert.Single(table.Findings).Code);
    }

    [Fact]
    public async Task OpenAsync_with_header_forced_takes_numbers_for_names()
    {
        var table = await CsvTable.OfAsync("1,2\n3,4\n", new CsvFormat { HasHeader = true });
        Assert.Equal(["1", "2"], table.Columns);
        Assert.Empty(table.Findings);
    }

    [Fact]
    public async Task OpenAsync_of_names_trims_blanks_only_outside_quotes()
    {
        var table = await CsvTable.OfAsync(" x ,\t\" y \" , z\n 1 ,\" 2\t\", 3\t\n");
        Assert.Equal(["x", " y ", "z"], table.Columns);
        Assert.Equal((double[][])[[1, 2, 3]], table.Rows);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('1')]
    [InlineData('e')]
    [InlineData('\u00A0')]
    public async Task OpenAsync_with_an_impossible_delimiter_is_the_callers_bug(char delimiter) =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            CsvTable.OfAsync("1\n", new CsvFormat { Delimiter = delimiter }));

    [Fact]
    public async Task OpenAsync_with_other_impossible_settings_is_the_callers_bug()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            CsvTable.OfAsync("1\n", new CsvFormat { DecimalSeparator = ';' }));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            CsvTable.OfAsync("1\n", new CsvFormat { CommentPrefix = "" }));
    }
}
