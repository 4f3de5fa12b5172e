using System.Globalization;
using System.Text;

namespace Plumb.Tests;

public sealed class CsvKindsTests
{
    [Theory]
    [InlineData("1 -2.5 1e3", ColumnKind.Number)]
    [InlineData("1,5 2,5", ColumnKind.Number)]
    [InlineData("a b c", ColumnKind.Text)]
    [InlineData("a 1 c", ColumnKind.Number)]
    [InlineData("NA  ?", ColumnKind.Number)]
    [InlineData("NA a ?", ColumnKind.Text)]
    [InlineData("yes No YES", ColumnKind.TruthValue)]
    [InlineData("true NA False", ColumnKind.TruthValue)]
    [InlineData("t F T", ColumnKind.TruthValue)]
    [InlineData("Y n", ColumnKind.TruthValue)]
    [InlineData("F F", ColumnKind.Text)]
    [InlineData("F M", ColumnKind.Text)]
    [InlineData("t n", ColumnKind.Text)]
    [InlineData("yes maybe", ColumnKind.Text)]
    [InlineData("yes 1", ColumnKind.Number)]
    [InlineData("2024-01-31 2024-02-01", ColumnKind.Date)]
    [InlineData("31.1.2024 1.2.2024", ColumnKind.Date)]
    [InlineData("1/31/24 NA", ColumnKind.Date)]
    [InlineData("2024-01-31T12:30:00Z", ColumnKind.Date)]
    [InlineData("12:30 12:45", ColumnKind.Date)]
    [InlineData("2024-01-31 soon", ColumnKind.Text)]
    [InlineData("1,189 2,034.50 12,34,567", ColumnKind.Number)]
    [InlineData("$5 €1.189,50 £.5", ColumnKind.Number)]
    [InlineData("(3.1) 12% 7-", ColumnKind.Number)]
    [InlineData("1.0D+03", ColumnKind.Number)]
    [InlineData("3.1-101 -4.9+101", ColumnKind.Number)]
    [InlineData("\u22121", ColumnKind.Number)]
    [InlineData("10.0.0.1 10.0.0.2", ColumnKind.Text)]
    [InlineData("A1 B2", ColumnKind.Text)]
    [InlineData("dead bed", ColumnKind.Text)]
    public async Task Kinds_are_those_of_the_cells(string cells, ColumnKind expected)
    {
        var text = "x;c;y\n" + string.Concat(cells.Split(' ').Select(cell => $"1;\"{cell}\";2\n"));
        Assert.Equal([ColumnKind.Number, expected, ColumnKind.Number], await KindsAsync(text));
        Assert.Equal([ColumnKind.Number, expected, ColumnKind.Number],
            await KindsAsync(text, new CsvFormat { Delimiter = ';', HasHeader = true }));
    }

    [Fact]
    public async Task Kinds_without_a_header_count_the_first_row() =>
        Assert.Equal([ColumnKind.Number, ColumnKind.Text],
            await KindsAsync("1|a\n2|b\n", new CsvFormat { HasHeader = false }));

    [Fact]
    public async Task Kinds_come_from_the_first_64_KB()
    {
        var rows = string.Concat(
            Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"a,{i}\n")));
        Assert.Equal([ColumnKind.Text, ColumnKind.Number], await KindsAsync("c,y\n" + rows + "1,b\n"));
    }

    private static async Task<IReadOnlyList<ColumnKind>> KindsAsync(string text, CsvFormat? format = null)
    {
        await using var reader = await CsvReader.OpenAsync(
            new TricklingStream(Encoding.UTF8.GetBytes(text), 999), "t.csv", format,
            TestContext.Current.CancellationToken);
        return reader.Kinds;
    }
}
