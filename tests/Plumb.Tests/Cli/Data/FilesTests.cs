namespace Plumb.Tests.Cli;

/// <summary>Several files, read as one.</summary>
public sealed class FilesTests
{
    private const string Monday = "x1,x2,y\n1,2,3.5\n2,1,5\n4,4,1\n";
    private const string Tuesday = "y,x1,x2\n2.25,3,0\n7,5,5\n";
    private const string Both = "x1,x2,y\n1,2,3.5\n2,1,5\n4,4,1\n3,0,2.25\n5,5,7\n";

    [Theory]
    [InlineData("day-1.csv", "day-2.csv")]
    [InlineData("day-2.csv", "day-1.csv")]
    [InlineData("day-*.csv")]
    [InlineData("../FOLDE?/day-?.csv")]
    [InlineData("../FOLDE?/day-1.csv", "day-2.c*")]
    public async Task Fit_of_several_files_is_the_fit_of_one_with_all_rows(params string[] names)
    {
        using var folder = new TemporaryFolder();
        folder.Write("day-1.csv", Monday);
        folder.Write("day-2.csv", Tuesday);
        folder.Write("other.csv", "a,b\n1,2\n");
        var folderButOne = Path.GetFileName(Path.GetDirectoryName(folder["a"])!)[..^1];
        string[] files =
            [.. names.Select(name => folder[name.Replace("FOLDE", folderButOne, StringComparison.Ordinal)])];
        var (several, one) =
            (await CliRun.Of(["fit", .. files, "--target", "y", "--json"]),
                await CliRun.Of("fit", folder.Write("both.csv", Both), "--target", "y", "--json"));
        Assert.Equal(0, several.ExitCode);
        foreach (var property in (string[])["rows", "weights", "bias", "standardErrors", "digits"])
        {
            Assert.Equal(one.Json().GetProperty(property).GetRawText(),
                several.Json().GetProperty(property).GetRawText());
        }
    }

    [Fact]
    public async Task Each_file_may_have_other_lines_around_its_table()
    {
        using var folder = new TemporaryFolder();
        var first = folder.Write("a.csv", "Logger,7\nSerial,A 1\n\n" + Monday + "Total,3,9\n");
        var second = folder.Write("b.csv", "sep=;\n" + Tuesday.Replace(",", ";", StringComparison.Ordinal)
            .Replace("x2\n", "x2\nV;s;mm\n", StringComparison.Ordinal));
        var run = await CliRun.Of("fit", first, second, "--target", "y", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var one = await CliRun.Of("fit", folder.Write("both.csv", Both), "--target", "y", "--json");
        Assert.Equal(one.Json().GetProperty("weights").GetRawText(), run.Json().GetProperty("weights").GetRawText());
    }

    [Fact]
    public async Task Report_names_the_pattern_or_the_first_file()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.Write("a.csv", Monday), folder.Write("b.csv", Tuesday));
        Assert.Contains($"{folder["?.csv"]}: 5 rows",
            (await CliRun.Of("fit", folder["?.csv"], "--target", "y")).Output.Replace("\n", "",
                StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("a.csv and 1 more: 5 rows",
            (await CliRun.Of("fit", first, second, "--target", "y")).Output.Replace("\n", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_and_refusals_name_the_file_they_are_about()
    {
        using var folder = new TemporaryFolder();
        var (good, holes) = (folder.Write("a.csv", Monday), folder.Write("b.csv", "x1,x2,y\n1,2,NA\n2,1,5\n"));
        var dropped = await CliRun.Of("fit", good, holes, "--target", "y", "--missing", "drop", "--json");
        Assert.Contains(dropped.Json().GetProperty("findings").EnumerateArray(),
            finding =>
                finding.Text("message").StartsWith(holes + ": Rows with missing values were left out: 1 of 2 rows",
                    StringComparison.Ordinal));
        var refused = await CliRun.Of("fit", good, holes, "--target", "y");
        Assert.Equal(3, refused.ExitCode);
        Assert.StartsWith($"plumb: {holes}(2): column 'y' holds 'NA'", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x1,y\n1,2\n", "b.csv: has no column 'x2', which ")]
    [InlineData("x1,x2,y,z\n1,2,3,4\n", "b.csv: has a column 'z', which ")]
    public async Task Files_of_other_columns_are_refused(string text, string message)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("fit", folder.Write("a.csv", Monday), folder.Write("b.csv", text), "--target", "y");
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + folder[message], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pattern_without_a_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("fit", folder["*.csv"], "--target", "y");
        Assert.Equal(
            (3, $"plumb: {folder["*.csv"]}: no file's name matches; check the pattern and the folder you are in.\n"),
            (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task File_whose_own_name_holds_a_star_is_that_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ab.csv", "never read\n");
        Assert.Equal(3,
            (await CliRun.Of("fit", folder.Write("a*.csv", Monday), "--target", "y", "--json")).Json().Number("rows"));
    }

    [Fact]
    public async Task Standard_input_is_one_of_the_files_once()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.csv", Monday);
        Assert.Equal(5,
            (await CliRun.WithInput(Tuesday, "fit", file, "-", "--target", "y", "--json")).Json().Number("rows"));
        Assert.Equal(2, (await CliRun.WithInput(Tuesday, "fit", "-", "-", "--target", "y")).ExitCode);
    }

    [Fact]
    public async Task Predict_reads_several_files_in_their_order()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", """{"inputs": ["x1", "x2"], "weights": [[1, 10]], "bias": [0]}""");
        var run = await CliRun.Of("predict", model, folder.Write("b.csv", Tuesday), folder.Write("a.csv", Monday));
        Assert.Equal("y1\n3\n55\n21\n12\n44\n", run.Output);
    }

    [Theory]
    [InlineData("9,9,9\n", "it had 28 bytes, and has 34 now")]
    [InlineData("", "it was written to")]
    public async Task File_that_changes_while_another_is_read_is_noticed(string appended, string change)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs named pipes of Unix.");
        using var folder = new TemporaryFolder();
        var (file, pipe) = (folder.Write("a.csv", Monday), folder["b.csv"]);
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // Opening a pipe waits for the other end.
        var running = Task.Run(() => CliRun.Of("fit", file, pipe, "--target", "y"));
        await using (var writer = new StreamWriter(new FileStream(pipe, FileMode.Open, FileAccess.Write)))
        {
            // Whoever opens the pipe to read it has read the first file.
            File.AppendAllText(file, appended);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(2));
            await writer.WriteAsync(Tuesday);
        }

        var run = await running;
        Assert.Equal(
            (3, "",
                $"plumb: {file}: changed while it was read ({change}); run again once it is at rest, or on a copy.\n"),
            (run.ExitCode, run.Output, run.Error));
    }
}
