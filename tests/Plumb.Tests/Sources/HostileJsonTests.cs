using System.IO.Compression;
using System.Text;

namespace Plumb.Tests.Sources;

/// <summary>JSON that takes a reader too long, or ends its process, is refused by what it looks like.</summary>
public sealed class HostileJsonTests
{
    [Theory]
    [InlineData("{\"a\":", "}", 5_000)]
    [InlineData("{\"a\":", "}", 20_000)]
    [InlineData("{\"a\":[", "]}", 101)]
    public async Task Values_deep_in_each_other_are_refused_by_their_line(string open, string close, int depth)
    {
        var deep = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
        await RefusesAsync("{\"a\":1,\"y\":2}\n" + deep + "\n", "d.jsonl(2): values lie more than 100 deep");
        await RefusesAsync("{\"a\":1,\"y\":2}\n{\"a\":" + new string('[', 100_000), "d.jsonl(2): values lie more than");
    }

    [Fact]
    public async Task Queries_over_a_file_look_through_it_too()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.jsonl", string.Concat(Enumerable.Repeat("{\"a\":", 20_000)));
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => DuckDbReader.OpenAsync(
            new DuckDbInput.Query("SELECT * FROM data", new DuckDbInput.Json(path)),
            cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("more than 100 deep", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_files_are_looked_through_too()
    {
        using var folder = new TemporaryFolder();
        using (var file = new GZipStream(File.Create(folder["d.jsonl.gz"]), CompressionMode.Compress))
        {
            file.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 20_000))));
        }

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() =>
            JsonReader.OpenAsync(() => File.OpenRead(folder["d.jsonl.gz"]), "d.jsonl.gz",
                cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("more than 100 deep", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brackets_in_strings_are_no_depth()
    {
        var text = new string('[', 500) + "\\\"" + new string('{', 500);
        await using var reader = await OpenAsync($"{{\"t\":\"{text}\",\"a\":1}}\n{{\"t\":\"\",\"a\":2}}\n");
        Assert.Equal(["t", "a"], reader.Columns);
    }

    private static Task<JsonReader> OpenAsync(string text) => JsonReader.OpenAsync(
        () => new MemoryStream(Encoding.UTF8.GetBytes(text)), "d.jsonl",
        cancellationToken: TestContext.Current.CancellationToken);

    private static async Task RefusesAsync(string text, string said)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync(text));
        Assert.StartsWith(said, refused.Message, StringComparison.Ordinal);
    }
}
