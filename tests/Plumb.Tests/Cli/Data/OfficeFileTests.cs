namespace Plumb.Tests.Cli;

/// <summary>Files as office programs and statistics packages export them, read without an option where they are plain.
/// </summary>
public sealed class OfficeFileTests
{
    [Theory]
    [InlineData("{0:00}NOV2026")] // SAS
    [InlineData("{0:00}-Nov-2026")]
    [InlineData("{0} Nov 2026")]
    [InlineData("Nov {0}, 2026")]
    public async Task Dates_with_the_name_of_a_month_are_dates(string form)
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "day,y\n" + string.Concat(Enumerable.Range(1, 20).Select(i =>
            $"\"{string.Format(System.Globalization.CultureInfo.InvariantCulture, form, i)}\",{2 * i}\n")));
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("day: days since 2026-11-01.", run.Output, StringComparison.Ordinal);
        Assert.Contains("exact affine function", run.OneLine(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("155\u202F769,5")]
    [InlineData("155\u00A0769,5")]
    [InlineData("155\u202F769")]
    [InlineData("155\u202F769 \u20AC")]
    [InlineData("155\u00A0769,5\u00A0\u20AC")]
    public async Task Blanks_that_keep_a_number_on_one_line_separate_thousands(string number)
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x;y\n" + string.Concat(Enumerable.Range(1, 9).Select(i => number.Replace("155",
            FormattableString.Invariant($"{150 + i}"), StringComparison.Ordinal) + FormattableString.Invariant(
                $";{2 * i}\n"))));
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y", "--decimal", ",", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(0.002, run.Json().GetProperty("weights")[0][0].GetDouble(), 1e-15);
    }

    [Fact]
    public async Task Codes_of_Stata_for_missing_values_are_missing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x,y\n1,2\n2,4\n.a,5\n4,8\n.,9\n.z,3\n5,10\n");
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y", "--missing", "drop");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("4 rows", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_of_another_encoding_is_refused_with_the_line_that_converts_it()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["d.csv"], "Gr\u00F6\u00DFe;y\n1;2\n2;4\n3;6\n"
            .Select(character => (byte)character).ToArray(), TestContext.Current.CancellationToken);
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW.csv", run.Error, StringComparison.Ordinal);
    }
}
