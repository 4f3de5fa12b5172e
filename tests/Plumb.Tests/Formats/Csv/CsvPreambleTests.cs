using System.Text;

namespace Plumb.Tests;

/// <summary>What stands before a table, and what is refused because it could be read in two ways.</summary>
public sealed class CsvPreambleTests
{
    private const string Scope = "Model,MDO3014\nFirmware Version,1.26\n\nPoint Format,Y\nHorizontal Units,S\n"
        + "Record Length,4\n\nTIME,CH1\n-2e-05,0.1\n-1e-05,0.2\n";

    private const string Logger = "\"TOA5\",\"6843\",\"CR3000\",\"6843\",\"CR3000.Std.22\",\"CPU:x.CR3\"\n"
        + "\"TIMESTAMP\",\"RECORD\",\"Ux\",\"Uy\"\n\"TS\",\"RN\",\"m/s\",\"m/s\"\n\"\",\"\",\"Smp\",\"Smp\"\n"
        + "\"2012-06-07 13:00:00.05\",1,0.5,-0.9\n\"2012-06-07 13:00:00.1\",2,0.75,-1.0\n";

    private const string LabView = "LabVIEW Measurement\t\nWriter_Version\t2\nReader_Version\t2\nSeparator\tTab\n"
        + "Decimal_Separator\t.\n***End_of_Header***\t\n\t\nChannels\t1\t\n***End_of_Header***\t\t\n"
        + "X_Value\tVoltage\tComment\n0.0\t0.1\n0.1\t0.2\n0.2\t0.3\n";

    public static TheoryData<string, string, int, string> Read => new()
    {
        { Scope, "TIME CH1", 2,
            "7 lines before the table were skipped ('Model, MDO3014', ...); the names are in line 8." },
        { Logger, "TIMESTAMP RECORD Ux Uy", 2,
            "1 line before the table was skipped ('TOA5, 6843, CR3000, ...'); the names are in line 2. "
                + "Lines 3 to 4 hold units: TIMESTAMP in TS, RECORD in RN, Ux in m/s, Uy in m/s." },
        { LabView, "X_Value Voltage", 3, "The fields are separated by tabs: 2 columns. "
            + "9 lines before the table were skipped ('LabVIEW Measurement', ...); the names are in line 10. "
            + "The rows end before the column 'Comment', which is left out." },
        { "x-axis,1\nsecond,Volt\n0,1\n1,2\n", "x-axis 1", 2, "Line 2 holds units: x-axis in second, 1 in Volt." },
        { "t;U\n(s);(V)\n0;1\n1;2\n", "t U", 2,
            "The fields are separated by ';': 2 columns. Line 2 holds units: t in s, U in V." },
        { "sep=;\r\nx;y\r\n1;2\r\n3;4\r\n", "x y", 2, "The first line says that fields are separated by ';'." },
        { "sep=\t\nx\ty\n1\t2\n", "x y", 1, "The first line says that fields are separated by tabs." },
        { "# made by x\n# on Monday\nx,y\n1,2\n3,4\n", "x y", 2,
            "2 lines before the table were skipped ('# made by x', ...); the names are in line 3." },
        { "Rents 2026,,,\n,,,\ncity,rent,area,rooms\nBern,900,40,2\nBasel,1000,50,3\n", "city rent area rooms", 2,
            "2 lines before the table were skipped ('Rents 2026'); the names are in line 3." },
        { "Rents in \"Bern\", 2026\n\nrent;area\n900;40\n1000;50\n", "rent area", 2,
            "The fields are separated by ';': 2 columns. "
                + "2 lines before the table were skipped ('Rents in \"Bern\", 2026'); the names are in line 3." },
        { "x,y,\n1,2,\n3,4,\n", "x y", 2,
            "A column without name and value was left out, as from a delimiter at the end of each line." },
        { "x,y\n1,2,\n3,4,\n", "x y", 2,
            "A column without name and value was left out, as from a delimiter at the end of each line." },
        { "x,y,,,\n1,2,,,\n3,4,,,\n", "x y", 2,
            "3 columns without name and value were left out, as from a delimiter at the end of each line." },
        { "x,y,\n1,2,\n3,4,\n,,note by me\n", "x y", 2,
            "A column without name and value was left out, as from a delimiter at the end of each line. "
                + "The last line below the table was left out ('note by me')." },
        { "   x      y\n   1    3.1\n  10   21.1\n", "x y", 2, "The fields are separated by blanks: 2 columns." },
        { "\"x\" \"y\"\n\"1\" 2 3\n\"2\" 4 5\n\"3\" 4 5\n", "x y", 3, "The fields are separated by blanks: 2 columns. "
            + "The rows have one field more than there are names, as R writes them: the first field names the rows, "
            + "and is left out." },
        { "mpg cyl\n\"Mazda RX4\" 21 6\n\"Fiat 128\" 32.4 4\n", "mpg cyl", 2,
            "The fields are separated by blanks: 2 columns. "
            + "The rows have one field more than there are names, as R writes them: the first field names the rows, "
            + "and is left out." },
        { "F,1,3.1\nM,2,5.2\nF,3,7.0\n", "x1 x2 y", 3, "The first row holds numbers, so it is kept as data; the "
            + "columns are called x1, x2 and y." },
        { "2026-01-01,3\n2026-01-02,4\n", "x1 y", 2, "The first row holds numbers, so it is kept as data; the columns "
            + "are called x1 and y." },
        { "city,2024,2025\nBern,1,2\nBasel,3,4\n", "city 2024 2025", 2,
            "The first row was taken for names, yet '2024' is a number." },
    };

    [Theory]
    [MemberData(nameof(Read))]
    public async Task OpenAsync_finds_the_table_and_says_what_it_left_out(string text, string columns, int rows,
        string findings)
    {
        await using var reader = await CsvReader.OpenAsync(
            new TricklingStream(Encoding.UTF8.GetBytes(text), 7), "t.csv", null,
            TestContext.Current.CancellationToken);
        Assert.Equal(columns, string.Join(' ', reader.Columns));
        Assert.Equal(findings, string.Join(' ', reader.Findings.Select(finding => finding.Message)));
        var count = 0;
        await foreach (var block in reader.ReadAsync([], [reader.Columns[^1]], TestContext.Current.CancellationToken))
        {
            count += block.Rows;
        }

        Assert.Equal(rows, count);
    }

    [Theory]
    [InlineData("F,1,3.1\nI,2,5.2\nM,3,7.0\n",
        "t.csv(1): the first row ('F, 1, 3.1') looks like data, since '1' is a number and the rows below are alike, "
            + "where names were expected; keep the first row as data, or take the first row for names.")]
    [InlineData("x,y\nfoo,bar\n1,2\n3,4\n",
        "t.csv(2): the names of the columns may stand in line 1 ('x, y') or in line 2 ('foo, bar'), where one such "
            + "line was expected; take line 2 for the names, or take line 1 for the names and the line below for "
            + "units.")]
    [InlineData("# x,y\n1,2\n3,4\n",
        "t.csv(1): the first line begins with '#', which looks like a comment, where the names of the columns were "
            + "expected; skip lines that begin with '#', or take line 1 for the names.")]
    [InlineData("a,b\n1,2\n2,3\n\nx,y,z\n1,2,3\n2,3,4\n3,4,5\n",
        "t.csv(5): line 5 has 3 fields, expected 2, one for every column; if the table begins at line 5 ('x, y, z'), "
            + "take line 5 for the names.")]
    [InlineData("x,y,z\n1,2\n3,4\n",
        "t.csv(2): line 2 has 2 fields, expected 3, one for every column; correct the row, or name another separator.")]
    [InlineData("y\n1,5\n2,5\n",
        "t.csv(2): 2 fields, below 'y', which names none of them, where a line of names was expected; skip the first "
            + "line to read the rows without names, name another separator, or read ',' as the decimal separator.")]
    [InlineData("Exported 3/4/2026\n# by x\n1,2,3\n2,3,4\n",
        "t.csv(3): 3 fields, below 'Exported 3/4/2026', which names none of them, where a line of names was expected; "
            + "skip the first 2 lines to read the rows without names, name another separator, or read ',' as the "
            + "decimal separator.")]
    [InlineData("y\n1 234\n2 345\n",
        "t.csv(2): column 'y' holds '1 234', which is not a number because of its thousands separators; 2 cells are "
            + "not numbers: '1 234' in column 'y' at line 2, '2 345' in column 'y' at line 3; read ' ' as the "
            + "separator of thousands.")]
    public async Task ReadAsync_refuses_what_could_be_read_in_two_ways(string text, string expected) =>
        Assert.Equal(expected, await CsvTable.RefusalAsync(text));

    [Fact]
    public async Task Column_left_out_as_empty_must_stay_empty() =>
        Assert.Equal(
            "t.csv(20002): line 20002 holds '7' in field 3, which has no name and was empty before, where nothing was "
                + "expected; correct the row, or name the column.",
            await CsvTable.RefusalAsync(
                "x,y,\n" + string.Concat(Enumerable.Repeat("1,2,\n", 20_000)) + "5,6,7\n"));

    [Fact]
    public async Task Settings_decide_where_the_table_begins()
    {
        const string Text = "a,b\n1,2\n2,3\n\nx,y\nfoo,bar\n1,2\nbad,3\n";
        foreach (var format in (CsvFormat[])[new() { HeaderLine = 5, HasUnits = true },
            new() { SkippedLines = 4, HasUnits = true }])
        {
            var table = await CsvTable.OfAsync(Text[..^6], format);
            Assert.Equal(["x", "y"], table.Columns);
            Assert.Equal((double[][])[[1, 2]], table.Rows);
            Assert.StartsWith("t.csv(8): column 'x' holds 'bad'", await CsvTable.RefusalAsync(Text, format),
                StringComparison.Ordinal);
        }

        Assert.StartsWith("t.csv(8): the file ends here", await CsvTable.RefusalAsync(Text,
            new CsvFormat { SkippedLines = 20 }), StringComparison.Ordinal);
        var numpy = await CsvTable.OfAsync("# x y\n1 2\n3 4\n", new CsvFormat { HeaderLine = 1 });
        Assert.Equal(["x", "y"], numpy.Columns);
    }

    [Fact]
    public async Task Line_numbers_are_those_of_the_file()
    {
        Assert.StartsWith("t.csv(11): column 'TIME' holds 'bad'", await CsvTable.RefusalAsync(Scope + "bad,1\n"),
            StringComparison.Ordinal);
        var blanks = "# c\n x  y\n" + string.Concat(Enumerable.Range(0, 3).Select(i => $" {i}   {i}\n"));
        Assert.StartsWith("t.csv(6): column 'y' holds 'oh', which is not valid UTF-8 (byte 38)".Replace("oh", "\\xE9"),
            (await Assert.ThrowsAsync<InvalidDataException>(() => CsvTable.OfAsync(
                new MemoryStream([.. Encoding.UTF8.GetBytes(blanks + " 4     "), 0xE9, (byte)'\n']), "t.csv"))).Message,
            StringComparison.Ordinal);
    }
}
