namespace Plumb.Tests.Cli;

/// <summary>
/// What a command reads is never written over, and what cannot be written is told before work is done.
/// </summary>
public sealed class OutputFilesTests : IDisposable
{
    private const string Rows = "x,y\n1,2\n2,3.5\n3,6.2\n4,8\n5,9\n6,13\n7,14\n";
    private const string Model = """{"inputs": ["x"], "targets": ["y"], "weights": [[2]], "bias": [1]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("predict m.json d.csv -o d.csv")]
    [InlineData("predict m.json d.csv -o m.json")]
    [InlineData("predict m.json d.csv -o link.csv")]
    [InlineData("predict m.json link.csv -o d.csv")]
    [InlineData("predict m.json d.csv -o linked/d.csv")]
    [InlineData("moments d.csv -o d.csv")]
    [InlineData("moments d.csv -o ./linked/../d.csv")]
    [InlineData("moments d?csv -o d.csv")]
    [InlineData("moments e.csv d.csv -o e.csv")]
    [InlineData("fit d.csv --target y --truth m.json -o m.json")]
    [InlineData("train d.csv --target y --log d.csv")]
    [InlineData("train d.csv --target y --init m.json -o m.json")]
    [InlineData("next d.csv --target y --candidates e.csv -o e.csv")]
    [InlineData("explain m.json d.csv -o m.json")]
    [InlineData("export m.json -o m.json")]
    public async Task What_is_read_is_not_written_over(string words)
    {
        var (run, files) = await RunAsync(words);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("which this command reads and would destroy; name another file", run.Error,
            StringComparison.Ordinal);
        Assert.Equal([("d.csv", Rows), ("e.csv", Rows), ("m.json", Model)], files);
    }

    [Theory]
    [InlineData("fit d.csv --target y -o nowhere/m.json", 5, "there is no directory")]
    [InlineData("fit d.csv --target y -o linked", 2, "is a directory")]
    [InlineData("predict m.json d.csv -o ", 2, "--output has an empty name")]
    [InlineData("train d.csv --target y --log nowhere/l.csv", 5, "there is no directory")]
    [InlineData("train d.csv --target y -o x.json --log x.json", 2, "--log and --output both name")]
    [InlineData("simulate --inputs 1 --outputs 1 --rows 9 -o s.json --truth s.json", 2, "both name")]
    public async Task What_cannot_be_written_is_told_before_anything_is_read(string words, int exitCode, string said)
    {
        File.Delete(_folder["d.csv"]); // and so cannot be what is told of
        var (run, _) = await RunAsync(words, rows: null);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_beside_what_is_read_are_written()
    {
        var (run, files) = await RunAsync("predict m.json d.csv -o linked/p.csv");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["d.csv", "e.csv", "m.json", "p.csv"], files.Select(file => file.Name));
    }

    private async Task<(CliRun Run, (string Name, string Text)[] Files)> RunAsync(string words, string? rows = Rows)
    {
        if (rows is not null)
        {
            _folder.Write("d.csv", rows);
        }

        _folder.Write("e.csv", Rows);
        _folder.Write("m.json", Model);
        File.CreateSymbolicLink(_folder["link.csv"], _folder["d.csv"]);
        Directory.CreateSymbolicLink(_folder["linked"], _folder[""]);
        string[] names = ["d.csv", "d?csv", "e.csv", "m.json", "link.csv", "s.json", "x.json"];
        bool IsFile(string word) => names.Contains(word) || word.Contains('/') || word == "linked";
        var run = await CliRun.Of([.. words.Split(' ').Select(word => IsFile(word) ? _folder[word] : word)]);
        return (run, [.. Directory.GetFiles(_folder[""]).Where(file => new FileInfo(file).LinkTarget is null)
            .Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file)))]);
    }
}
