namespace Plumb.Tests;

/// <summary>Numbers with separators of thousands and Fortran's exponents are read where they mean one thing.</summary>
public sealed class NumberSpellingTests
{
    [Theory]
    [InlineData("1.0D+03", 1000)]
    [InlineData("-1.5d2", -150)]
    [InlineData("2.5Q-1", 0.25)]
    public async Task Exponent_of_Fortran_is_read(string cell, double expected) =>
        Assert.Equal([[expected, 2]], (await CsvTable.OfAsync($"x,y\n{cell},2\n",
            new CsvFormat { HasHeader = true, Delimiter = ',' })).Rows);

    [Theory]
    [InlineData(',', '.', "1,189", 1189)]
    [InlineData(',', '.', "-1,234,567.25", -1234567.25)]
    [InlineData('.', ',', "1.189", 1189)]
    [InlineData('.', ',', "1.189,5", 1189.5)]
    [InlineData('.', ',', "0,5", 0.5)]
    [InlineData(' ', '.', "1 189", 1189)]
    [InlineData(' ', ',', "1\u202F189,5", 1189.5)]
    [InlineData('\'', '.', "1'189", 1189)]
    [InlineData('_', '.', "1_189", 1189)]
    public async Task Separator_of_thousands_that_is_given_is_read(char thousands, char separator, string cell,
        double expected)
    {
        var format = new CsvFormat { Delimiter = ';', ThousandsSeparator = thousands, DecimalSeparator = separator };
        Assert.Equal([[expected, 2]], (await CsvTable.OfAsync($"x;y\n{cell};2\n", format)).Rows);
    }

    [Theory]
    [InlineData("1,18")]
    [InlineData("1,1890")]
    [InlineData("1189,000")]
    [InlineData(",189")]
    [InlineData("1,,189")]
    [InlineData("1,189,")]
    [InlineData("1.189,000")]
    public async Task Groups_that_are_not_of_three_digits_are_refused(string cell) =>
        Assert.Contains($"'{cell}'", await CsvTable.RefusalAsync($"x;y\n{cell};2\n",
            new CsvFormat { Delimiter = ';', ThousandsSeparator = ',', HasHeader = true }), StringComparison.Ordinal);

    [Theory]
    [InlineData("1,234,567", 1189.0)]
    [InlineData("1,189.50", 1189.0)]
    [InlineData("5", null)]
    public async Task Separator_that_other_numbers_plainly_show_is_read_and_told(string other, double? expected)
    {
        var text = $"x;y\n1,189;2\n{other};3\n";
        if (expected is null)
        {
            Assert.Contains("which is 1189 if ',' separates thousands, and 1.189 if it is the decimal separator; "
                + "read ',' as the separator of thousands, or read ',' as the decimal separator",
                await CsvTable.RefusalAsync(text), StringComparison.Ordinal);
            return;
        }

        var table = await CsvTable.OfAsync(text);
        Assert.Equal(expected, table.Rows[0][0]);
        Assert.Contains($"',' was read as a separator of thousands, as in '{other}'.",
            table.Findings.Select(finding => finding.Message));
    }

    [Theory]
    [InlineData("64.3", 1189.0)]
    [InlineData("64.3000", 1189.0)]
    [InlineData("64.300", null)] // it may be 64 thousand and 300 itself
    [InlineData("64", null)]
    public async Task Decimals_behind_a_point_show_that_a_comma_separates_thousands(string other, double? expected)
    {
        var text = $"x,y\n\"1,189\",{other}\n\"12,450\",3\n";
        if (expected is null)
        {
            Assert.Contains("as the separator of "
                + "thousands", await CsvTable.RefusalAsync(text), StringComparison.Ordinal);
            return;
        }

        var table = await CsvTable.OfAsync(text);
        Assert.Equal(expected, table.Rows[0][0]);
        Assert.Contains("',' was read as a separator of thousands, as in '1,189'.",
            table.Findings.Select(finding => finding.Message));
    }

    [Fact]
    public async Task Separator_that_others_speak_against_is_not_guessed() => Assert.Contains("thousands",
        await CsvTable.RefusalAsync("x;y\n1,234,567;2\n1,5;3\n"), StringComparison.Ordinal);

    // Each refusal of a table is followed until it is read: no advice leads back.
    [Theory]
    [InlineData("x;y\n1.000;3.001,5\n2.000;5.002,5\n4.500;10.001,0\n", 1000)]
    [InlineData("x;y\n12,5;1.000\n13,5;2.000\n", 12.5)]
    public async Task Advice_leads_to_a_table(string text, double first)
    {
        var format = new CsvFormat();
        for (var step = 0; step < 3; step++)
        {
            try
            {
                Assert.Equal(first, (await CsvTable.OfAsync(text, format)).Rows[0][0]);
                return;
            }
            catch (InvalidDataException refusal)
            {
                format = format with
                {
                    DecimalSeparator = refusal.Message.Contains("read ',' as the "
                        + "decimal", StringComparison.Ordinal) ? ','
                        : format.DecimalSeparator,
                    ThousandsSeparator = refusal.Message.Contains("read '.' as the separator", StringComparison.Ordinal)
                        ? '.'
                        : format.ThousandsSeparator,
                };
            }
        }

        Assert.Fail("the advice goes in a circle");
    }
}
