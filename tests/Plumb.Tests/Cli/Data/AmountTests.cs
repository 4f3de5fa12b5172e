namespace Plumb.Tests.Cli;

/// <summary>Columns in which numbers have signs of percent or money, read as the numbers without them.</summary>
public sealed class AmountTests
{
    private static readonly string[] s_plain = ["1189", "1250.5", "-990", "1500", "1100", "1220", "1320.25", "12"];

    [Theory]
    [InlineData("12 %", "{0} %")]
    [InlineData("12%", "{0}%")]
    [InlineData("12\u00A0%", "{0}\u00A0%")]
    [InlineData("$12", "${0}")]
    [InlineData("-$12", "$ {0}")]
    [InlineData("12 EUR", "{0} EUR")]
    [InlineData("\u20AC 12", "\u20AC {0}")]
    [InlineData("US$12", "US${0}")]
    public void Amount_is_the_number_without_its_sign(string text, string form)
    {
        var reading = new Amounts();
        foreach (var number in (string[])["12", "12.5", "0", "1189.25", "-3"])
        {
            var cell = System.Text.Encoding.UTF8.GetBytes(form.Replace("{0}", number, StringComparison.Ordinal));
            Assert.True(reading.TryRead(cell, out var read));
            Assert.Equal(double.Parse(number, System.Globalization.CultureInfo.InvariantCulture), read);
        }

        Assert.True(new Amounts().TryRead(System.Text.Encoding.UTF8.GetBytes(text), out var twelve));
        Assert.Equal(12, Math.Abs(twelve));
    }

    [Theory]
    [InlineData("12")]
    [InlineData("kg 12")]
    [InlineData("% 12 %")]
    [InlineData("12 %%")]
    [InlineData("%")]
    [InlineData("1.2.3 %")]
    [InlineData("$1,189")] // 1189, or 1.189
    [InlineData("")]
    public void Other_texts_are_no_amounts(string text) =>
        Assert.False(new Amounts().TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("{0} %", "")]
    [InlineData("${0}", "")]
    [InlineData("\u20AC {0}", "--categorical kind")]
    public async Task Column_of_amounts_gives_the_bits_of_plain_numbers(string form, string options)
    {
        using var folder = new TemporaryFolder();
        folder.Write("plain.csv", Table("{0}"));
        folder.Write("signs.csv", Table(form));
        string[] more = options.Length > 0 ? options.Split(' ') : [];
        var plain = await CliRun.Of(["fit", folder["plain.csv"], "--target", "y", "--json", .. more]);
        var signs = await CliRun.Of(["fit", folder["signs.csv"], "--target", "y", "--json", .. more]);
        Assert.Equal((0, ""), (signs.ExitCode, signs.Error));
        Assert.Equal(plain.Json().GetProperty("weights").GetRawText(),
            signs.Json().GetProperty("weights").GetRawText());
        Assert.Contains("\"amount\"", signs.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"amount\"", plain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_are_told_predicted_from_and_looked_at()
    {
        using var folder = new TemporaryFolder();
        folder.Write("signs.csv", Table("{0} %"));
        var run = await CliRun.Of("fit", folder["signs.csv"], "--target", "y", "-o", folder["m.json"]);
        Assert.Contains("a: numbers in %, so '1189 %' is 1189.", run.OneLine(), StringComparison.Ordinal);
        run = await CliRun.Of("predict", folder["m.json"], folder["signs.csv"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("a: numbers in %", run.Error, StringComparison.Ordinal);
        run = await CliRun.Of("look", folder["signs.csv"]);
        Assert.Contains("-990 .. 1500 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("--target y", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$1,189.00\",1\n\"$1,250\",2\n$990.5,4\n", "1189,1\n1250,2\n990.5,4\n", "")]
    [InlineData("\"$1,189\",1\n\"$1,250\",2\n\"$1,500\",4\n", "1189,1\n1250,2\n1500,4\n", "--thousands ,")]
    [InlineData("\"12,5 %\",1\n\"15,25 %\",2\n\"17 %\",4\n", "12.5,1\n15.25,2\n17,4\n", "--decimal , --delimiter ,")]
    public async Task Separators_are_read_where_they_are_plain_and_asked_for_where_not(string signs, string plain,
        string options)
    {
        using var folder = new TemporaryFolder();
        folder.Write("plain.csv", "x,y\n" + plain);
        folder.Write("signs.csv", "x,y\n" + signs);
        if (options.Length > 0)
        {
            var refused = await CliRun.Of("fit", folder["signs.csv"], "--target", "y");
            Assert.Equal(3, refused.ExitCode);
            Assert.Contains(options.Replace(",", "\",\"", StringComparison.Ordinal), refused.Error,
                StringComparison.Ordinal);
        }

        string[] more = options.Length > 0 ? options.Split(' ') : [];
        var expected = await CliRun.Of("fit", folder["plain.csv"], "--target", "y", "--json");
        var run = await CliRun.Of(["fit", folder["signs.csv"], "--target", "y", "--json", .. more]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(expected.Json().GetProperty("weights").GetRawText(),
            run.Json().GetProperty("weights").GetRawText());
    }

    [Theory]
    [InlineData("12 %,1\n0.15,2\n17 %,4\n", "has the sign %, where others of the column have another or none")]
    [InlineData("$12,1\n\u20AC15,2\n$17,4\n", "has the sign $, where others")]
    public async Task Column_of_differing_signs_is_refused(string rows, string said)
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x,y\n" + rows);
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains("write the same sign in every cell", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_number_beyond_the_first_rows_of_a_column_of_amounts_is_refused_with_its_row()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 20_000)
            .Select(i => FormattableString.Invariant($"{i % 40} %,{i % 7}\n"))) + "0.5,3\n");
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("d.csv(20002): column 'x' holds '0.5', expected a number with the sign %", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_in_json_are_read()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.jsonl", string.Concat(s_plain.Select((number, i) =>
            FormattableString.Invariant($"{{\"x\": \"{number} %\", \"y\": {i * i}}}\n"))));
        var run = await CliRun.Of("fit", folder["d.jsonl"], "--target", "y");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("x: numbers in %", run.OneLine(), StringComparison.Ordinal);
    }

    private static string Table(string form) => "a,kind,y\n" + string.Concat(s_plain.Select((number, i) =>
        FormattableString.Invariant(
            $"{form.Replace("{0}", number, StringComparison.Ordinal)},{i % 2},{i * i - 3 * i + 0.5}\n")));
}
