using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>Every awkward file of the manifest, as a user meets it: by 'plumb fit'.</summary>
[Collection(nameof(Alone))]
public sealed class BadInputTests
{
    private static readonly string[] s_same = ["csv_no_final_newline.csv", "csv_bom_utf8.csv", "csv_crlf.csv",
        "csv_cr_only.csv", "csv_utf16le.csv", "csv_tab.csv", "csv_no_header.csv"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var entry in Reference.Json("badinputs", "manifest.json").EnumerateArray())
            {
                if (entry.Text("file") is { } file && file.EndsWith(".csv", StringComparison.Ordinal)
                    && !file.StartsWith("num_", StringComparison.Ordinal))
                {
                    cases.Add(file, entry.Text("cls"));
                }
            }

            return cases;
        }
    }

    [Fact]
    public void Manifest_covers_every_file()
    {
        var files = Directory.GetFiles(Reference.PathOf("badinputs"), "*.csv").Select(path => Path.GetFileName(path)!)
            .Where(name => !name.StartsWith("num_", StringComparison.Ordinal));
        Assert.Equal(files.Concat(["csv_quote_bomb.csv", "csv_wide_header.csv"]).Order(StringComparer.Ordinal),
            Cases.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Fit_of_an_awkward_file_does_what_its_class_says(string file, string kind)
    {
        using var folder = new TemporaryFolder();
        var path = PathOf(file, folder);
        string[] words = ["fit", path, "--target", "y", .. Inputs(file)];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var report = await CliRun.Of(words);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, MostAllocatedFor(path));
        var json = await CliRun.Of([.. words, "--json"]);
        Assert.True(folder.Files.All(left => left == file), "something was written");
        if (kind.StartsWith("refuse(", StringComparison.Ordinal))
        {
            var exitCode = int.Parse(kind["refuse(".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.All([report, json], run => AssertRefusal(run, exitCode, path));
            return;
        }

        Assert.True(kind is "accept" or "accept+warn", kind);
        Assert.All([report, json], run => Assert.Equal((0, ""), (run.ExitCode, run.Error)));
        var findings = json.Json().GetProperty("findings").EnumerateArray().ToList();
        Assert.All(findings, finding => Assert.Contains(FirstWords(finding), report.Output, StringComparison.Ordinal));
        if (kind == "accept+warn")
        {
            Assert.Contains(findings, finding => finding.Text("code") != "no-degrees-of-freedom");
        }
    }

    [Fact]
    public async Task Fit_of_the_same_numbers_written_otherwise_gives_the_same_bits()
    {
        var fits = new List<string>();
        foreach (var file in s_same)
        {
            var fit = (await CliRun.Of("fit", Reference.PathOf("badinputs", file), "--target", "y", "--json")).Json();
            fits.Add(
                fit.GetProperty("weights").GetRawText() + fit.GetProperty("bias").GetRawText()
                    + fit.GetProperty("standardErrors").GetRawText());
        }

        Assert.Single(fits.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fit_of_quoted_line_ends_counts_rows_and_not_lines() =>
        Assert.Equal(3,
            (await CliRun.Of("fit", Reference.PathOf("badinputs", "csv_quoted_newline.csv"), "--target", "y", "--input",
                "x", "--json")).Json().Number("rows"));

    [Fact]
    public async Task Fit_of_missing_values_drops_their_rows_when_told_to()
    {
        var run = await CliRun.Of("fit", Reference.PathOf("badinputs", "csv_missing_markers.csv"), "--target", "y",
            "--missing", "drop", "--json");
        Assert.Equal(2, run.Json().Number("rows"));
        Assert.Contains("missing-dropped", run.Json().Codes());
    }

    [Fact]
    public async Task Fit_of_decimal_commas_reads_them_when_told_to()
    {
        var run = await CliRun.Of("fit", Reference.PathOf("badinputs", "csv_semicolon_decimal_comma.csv"), "--target",
            "y", "--decimal", ",", "--json");
        var parameters = run.Json().Parameters("minimumNorm")[0];
        Assert.Equal(3.25, 1.5 * parameters[0] + 2 * parameters[1] + parameters[2], 1e-15);
    }

    [Fact]
    public async Task Fit_reads_standard_input_in_one_pass()
    {
        var text =
            await File.ReadAllTextAsync(Reference.PathOf("badinputs", "csv_crlf.csv"),
                TestContext.Current.CancellationToken);
        var (piped, read) =
            (await CliRun.WithInput(text, "fit", "-", "--target", "y", "--json"),
                await CliRun.Of("fit", Reference.PathOf("badinputs", "csv_crlf.csv"), "--target", "y", "--json"));
        Assert.Equal(read, piped);
        Assert.Contains("standard input: 5 rows", (await CliRun.WithInput(text, "fit", "-", "--target", "y")).Output,
            StringComparison.Ordinal);
        AssertRefusal(await CliRun.WithInput(text + "6,x,1\r\n", "fit", "-", "--target", "y"), 3, "standard input(7)");
    }

    [Fact]
    public async Task Fit_of_what_is_no_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        AssertRefusal(await CliRun.Of("fit", folder["none.csv"], "--target", "y"), 3,
            folder["none.csv"] + ": there is no such file");
        AssertRefusal(await CliRun.Of("fit", folder["."], "--target", "y"), 3, folder["."] + ": is a directory");
    }

    [Theory]
    [InlineData("--target zebra",
        "--target names 'zebra', but f.csv has no such column (its columns: x1, x2, y); name one of these.")]
    [InlineData("--target Y", "did you mean 'y'?")]
    [InlineData("--target y --input x3", "--input names 'x3', but f.csv has no such column (its columns: x1, x2, y)")]
    [InlineData("--target y --input y", "'y' is named by --input and by --target; a column is one of the two.")]
    [InlineData("--target y,y", "--target names 'y' twice")]
    [InlineData("--target x1,x2,y", "every column of f.csv is a target")]
    public async Task Columns_that_are_not_there_are_a_usage_error(string words, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("f.csv", "x1,x2,y\n1,2,3\n2,1,5\n");
        foreach (var command in (string[])["fit", "train"])
        {
            var run = await CliRun.Of([command, path, .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains(message.Replace("COMMAND", command), run.Error.Replace(path, "f.csv"),
                StringComparison.Ordinal);
            Assert.Equal(1, run.Error.Count(c => c == '\n'));
        }
    }

    /// <summary>Bytes that a run with this file may take: 64 MB and four times what it reads.</summary>
    internal static long MostAllocatedFor(string path) => (64L << 20) + 4 * new FileInfo(path).Length;

    private static void AssertRefusal(CliRun run, int exitCode, string place)
    {
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + place, run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    private static string[] Inputs(string file) => file == "csv_quoted_newline.csv" ? ["--input", "x"] : [];

    // The report wraps lines.
    private static string FirstWords(JsonElement finding) =>
        string.Join(' ', finding.Text("message").Split(' ').Take(4));

    /// <summary>The file of a case; two are too large to keep, and made here.</summary>
    private static string PathOf(string file, TemporaryFolder folder) => file switch
    {
        "csv_quote_bomb.csv" => folder.Write(file, "x,y\n1,\"" + new string('a', 2_000_000)),
        "csv_wide_header.csv" =>
            folder.Write(file,
                string.Join(',', Enumerable.Range(0, 200_001).Select(i => FormattableString.Invariant($"c{i}")))
                    + "\n"),
        _ => Reference.PathOf("badinputs", file),
    };
}
