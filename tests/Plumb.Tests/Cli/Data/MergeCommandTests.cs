namespace Plumb.Tests.Cli;

/// <summary>Moments of parts, added up: all rows, and each once.</summary>
public sealed class MergeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Energy => Path.Combine(Repository.Root, "samples", "energy.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parts_in_any_order_are_the_moments_of_the_whole_and_as_one_part_to_the_byte()
    {
        await WritePartsAsync(Energy, 300, 500);
        await DoneAsync("moments", Energy, "-o", _folder["all.moments"]);
        await DoneAsync("merge", Part(2), Part(0), Part(1), "-o", _folder["merged.moments"]);
        await DoneAsync("merge", Part(0), Part(1), "-o", _folder["two.moments"]);
        await DoneAsync("merge", _folder["two.moments"], Part(2), "-o", _folder["tree.moments"]);
        await DoneAsync("merge", Path.Combine(_folder["parts"], "*.moments"), "--one-part", "-o",
            _folder["one.moments"]);
        Assert.Equal(Bytes("all.moments"), Bytes("one.moments"));
        Assert.Equal(Bytes("merged.moments"), Bytes("tree.moments"));
        var (merged, all) = (Load(_folder["merged.moments"]), Load(_folder["all.moments"]));
        Assert.Equal(all, merged);
        Assert.Equal(Enumerable.Range(0, 3).Select(k => Load(Part(k)).Parts.Single()).OrderBy(part => part.Hash,
            StringComparer.Ordinal), merged.Parts);
        Assert.Equal(all.Rows, merged.Parts.Sum(part => part.Rows));
        Assert.Equal(all.Rows, all.Parts.Single().Rows);
    }

    [Fact]
    public async Task Rows_that_are_there_already_are_refused_unless_they_are_allowed()
    {
        await WritePartsAsync(Energy, 300, 500);
        await DoneAsync("merge", Part(0), Part(1), "-o", _folder["two.moments"]);
        File.Copy(Part(0), _folder["copy.moments"]);
        string[][] refused =
        [
            [Part(0), Part(0)], [Part(0), _folder["copy.moments"]], [Part(1), _folder["two.moments"]],
            [_folder["two.moments"], Part(0)], [Path.Combine(_folder["parts"], "*.moments"), Part(1)],
            [_folder["two.moments"], _folder["two.moments"]],
        ];
        foreach (var files in refused)
        {
            var run = await CliRun.Of(["merge", .. files, "-o", _folder["x.moments"]]);
            Assert.Equal(3, run.ExitCode);
            Assert.Contains("count twice", run.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(_folder["x.moments"]));
        }

        await DoneAsync("merge", Part(0), Part(0), "--allow-repeats", "-o", _folder["x.moments"]);
        Assert.Equal(2 * Load(Part(0)).Rows, Load(_folder["x.moments"]).Rows);
    }

    [Fact]
    public async Task Other_columns_are_refused()
    {
        await DoneAsync("moments", Energy, "--column", "height", "-o", _folder["a.moments"]);
        await DoneAsync("moments", Energy, "--column", "wall_area", "-o", _folder["b.moments"]);
        var run = await CliRun.Of("merge", _folder["a.moments"], _folder["b.moments"], "-o", _folder["c.moments"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("wall_area", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["c.moments"]));
    }

    private static async Task DoneAsync(params string[] words) =>
        Assert.Equal(new CliRun(0, "", ""), await CliRun.Of(words));

    private static Moments Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Moments.Load(stream);
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(_folder[name]);

    private string Part(int part) => Path.Combine(_folder["parts"], $"{part}.moments");

    private async Task WritePartsAsync(string file, params int[] ends)
    {
        var lines = File.ReadAllLines(file);
        Directory.CreateDirectory(_folder["parts"]);
        int[] bounds = [1, .. ends, lines.Length];
        for (var k = 0; k < bounds.Length - 1; k++)
        {
            var rows = _folder[$"{k}.csv"];
            File.WriteAllLines(rows, [lines[0], .. lines[bounds[k]..bounds[k + 1]]]);
            await DoneAsync("moments", rows, "-o", Part(k));
        }
    }
}
