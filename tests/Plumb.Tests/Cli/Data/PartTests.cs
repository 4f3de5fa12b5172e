using System.Globalization;
using Plumb.Tests.Sources;

namespace Plumb.Tests.Cli;

/// <summary>Moments made in parts by several processes: to the byte those of one.</summary>
public sealed class PartTests : IDisposable
{
    private const int Rows = 997;
    private readonly TemporaryFolder _folder = new();

    public PartTests()
    {
        Directory.CreateDirectory(_folder["data"]);
        Directory.CreateDirectory(_folder["parts"]);
        File.WriteAllLines(_folder["data/a.csv"],
            Enumerable.Range(0, Rows).Select(i => Line(i)).Prepend("a,b,y"));
        DuckDbFiles.Write(_folder["data/b.parquet"],
            "SELECT i % 13 AS b, i * 0.1 AS a, sqrt(i + 1) AS y FROM range(5000) AS t(i)", "ROW_GROUP_SIZE 2048");
        File.WriteAllLines(_folder["data/c.jsonl"], Enumerable.Range(0, 300)
            .Select(i => FormattableString.Invariant($$"""{"a": {{i / 8.0}}, "b": {{i % 5}}, "y": {{i + 1}}}""")));
        File.WriteAllLines(_folder["data/d.csv"], Enumerable.Range(0, 40).Select(i => Line(3 * i)).Prepend("a,b,y"));
    }

    private string Data => _folder["data/*"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(8, "--whole-files")]
    [InlineData(5, "--weight", "y")]
    [InlineData(4, "--bends")]
    public async Task Parts_merge_to_the_bytes_of_one_process(int count, params string[] options)
    {
        await DoneAsync(["moments", Data, "-o", _folder["whole.moments"], .. options.Except(["--whole-files"])]);
        for (var k = count; k >= 1; k--)
        {
            await MakeAsync(k, count, options);
        }

        await DoneAsync("merge", _folder["parts/*.moments"], "-o", _folder["all.moments"]);
        Assert.Equal(File.ReadAllBytes(_folder["whole.moments"]), File.ReadAllBytes(_folder["all.moments"]));
    }

    [Fact]
    public async Task More_parts_than_rows_are_parts_of_nothing_too()
    {
        File.WriteAllText(_folder["t.csv"], "x,y\n1,2\n3,4\n5,7\n");
        await DoneAsync("moments", _folder["t.csv"], "-o", _folder["whole.moments"]);
        for (var k = 1; k <= 20; k++)
        {
            await DoneAsync("moments", _folder["t.csv"], "--part", Of(k, 20), "-o", Part(k));
        }

        await DoneAsync("merge", _folder["parts/*.moments"], "-o", _folder["all.moments"]);
        Assert.Equal(File.ReadAllBytes(_folder["whole.moments"]), File.ReadAllBytes(_folder["all.moments"]));
    }

    [Fact]
    public async Task Missing_parts_are_named_and_a_tree_of_merges_goes_on_later()
    {
        for (var k = 1; k <= 5; k++)
        {
            await MakeAsync(k, 5);
        }

        await RefusedAsync("2 of 5 parts are missing: 2, 4; make them, or say --incomplete",
            "merge", Part(1), Part(3), Part(5), "-o", _folder["all.moments"]);
        Assert.False(File.Exists(_folder["all.moments"]));
        await DoneAsync("merge", Part(1), Part(3), Part(5), "--incomplete", "-o", _folder["odd.moments"]);
        await DoneAsync("merge", Part(4), Part(2), "--incomplete", "-o", _folder["even.moments"]);
        await RefusedAsync("holds part 3/5, which", "merge", _folder["odd.moments"], Part(3), "-o",
            _folder["all.moments"]);
        await DoneAsync("merge", _folder["odd.moments"], _folder["even.moments"], "-o", _folder["all.moments"]);
        await DoneAsync("moments", Data, "-o", _folder["whole.moments"]);
        Assert.Equal(File.ReadAllBytes(_folder["whole.moments"]), File.ReadAllBytes(_folder["all.moments"]));
    }

    [Fact]
    public async Task A_fit_of_some_parts_says_that_rows_are_missing()
    {
        for (var k = 1; k <= 4; k++)
        {
            await MakeAsync(k, 4);
        }

        await DoneAsync("merge", Part(1), Part(3), Part(4), "--incomplete", "-o", _folder["some.moments"]);
        await DoneAsync("merge", _folder["parts/*.moments"], "-o", _folder["all.moments"]);
        Assert.Contains("some.moments holds 3 of 4 parts.", await FitAsync(_folder["some.moments"]),
            StringComparison.Ordinal);
        Assert.DoesNotContain("not all rows", await FitAsync(_folder["all.moments"]), StringComparison.Ordinal);
        Assert.Contains("holds part 2 of 4.", await FitAsync(Part(2)), StringComparison.Ordinal);

        async Task<string> FitAsync(string path) =>
            (await CliRun.Of("fit", path, "--target", "y", "--json")).Output;
    }

    [Fact]
    public async Task Parts_of_other_plans_data_and_options_are_refused()
    {
        await MakeAsync(1, 2);
        await MakeAsync(3, 3);
        await RefusedAsync("they were cut differently", "merge", Part(1), Part(3), "-o", _folder["x.moments"]);
        await MakeAsync(2, 2, "--missing", "drop");
        await RefusedAsync("made with other options", "merge", Part(1), Part(2), "-o", _folder["x.moments"]);
        File.AppendAllText(_folder["data/d.csv"], "1,2,3\n");
        await MakeAsync(2, 2);
        await RefusedAsync("of other files", "merge", Part(1), Part(2), "-o", _folder["x.moments"]);
    }

    [Fact]
    public async Task Resumed_part_is_made_again_only_where_it_is_not_there()
    {
        await MakeAsync(1, 2, "--resume");
        var written = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Part(1), written);
        await MakeAsync(1, 2, "--resume");
        Assert.Equal(written, File.GetLastWriteTimeUtc(Part(1)));

        File.AppendAllText(_folder["data/d.csv"], "1,2,3\n");
        await MakeAsync(1, 2, "--resume");
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(Part(1)));

        File.WriteAllText(Part(1), "cut short");
        await MakeAsync(1, 2, "--resume");
        Assert.Single(Moments.Load(new MemoryStream(File.ReadAllBytes(Part(1)))).Parts);
    }

    [Theory]
    [InlineData(2, "--part is '8/7', expected K/N", "--part", "8/7")]
    [InlineData(2, "--part is '0/7', expected K/N", "--part", "0/7")]
    [InlineData(2, "no --part is given", "--resume")]
    [InlineData(2, "--part cuts files with rows", "--part", "1/2", "--where", "a > 1")]
    [InlineData(3, "has categories or dates", "--part", "1/2", "--categorical", "b")]
    public async Task Impossible_parts_are_refused(int exitCode, string message, params string[] options)
    {
        var run = await CliRun.Of(["moments", Data, "-o", Part(1), .. options]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, OneLine(run.Error), StringComparison.Ordinal);
        Assert.False(File.Exists(Part(1)));
    }

    [Fact]
    public async Task Error_in_a_part_says_where_in_the_file_it_is()
    {
        var text = "a,b,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => Line(i) + "\n"));
        File.WriteAllText(_folder["bad.csv"], text + "1,zwei,3\n");
        var run = await CliRun.Of("moments", _folder["bad.csv"], "--part", "2/2", "--column", "a,b", "-o", Part(2));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("from byte ", run.Error, StringComparison.Ordinal);
        Assert.Contains("zwei", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_shows_what_each_part_reads()
    {
        var run = await CliRun.Of("parts", Data, "3");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("3/3", run.Output, StringComparison.Ordinal);
        Assert.Contains("plumb merge", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await CliRun.Of("parts", Data)).ExitCode);
    }

    private static string Line(int i) => FormattableString.Invariant($"{i / 4.0},{i % 7},{i * i % 101}.5");

    private static string Of(int k, int count) => string.Create(CultureInfo.InvariantCulture, $"{k}/{count}");

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries));

    private string Part(int k) => _folder[string.Create(CultureInfo.InvariantCulture, $"parts/{k:D3}.moments")];

    private Task MakeAsync(int k, int count, params string[] options) =>
        DoneAsync(["moments", Data, "--part", Of(k, count), "-o", Part(k), .. options]);

    private static async Task DoneAsync(params string[] words)
    {
        var run = await CliRun.Of(words);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private static async Task RefusedAsync(string message, params string[] words)
    {
        var run = await CliRun.Of(words);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(message, OneLine(run.Error), StringComparison.Ordinal);
    }
}
