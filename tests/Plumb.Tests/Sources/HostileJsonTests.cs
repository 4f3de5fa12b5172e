using System.IO.Compression;
using System.Text;

namespace Plumb.Tests.Sources;

/// <summary>JSON that takes a reader too long, or ends its process, is refused by what it looks like.</summary>
public sealed class HostileJsonTests
{
    [Theory]
    [InlineData("{\"a\":", "}", 5_000)]
    [InlineData("{\"a\":", "}", 20_000)]
    [InlineData("[", "]", 100_000)]
    [InlineData("{\"a\":[", "]}", 101)]
    public async Task Values_deep_in_each_other_are_refused_by_their_line(string open, string close, int depth)
    {
        var deep = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
        await RefusesAsync("{\"a\":1,\"y\":2}\n" + deep + "\n", "d.jsonl(2): values lie more than 100 deep");
        await RefusesAsync("{\"a\":\"not closed\n" + deep + "\n", "d.jsonl(2): values lie more than 100 deep");
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
            DuckDbReader.OpenAsync(new DuckDbInput.Json(folder["d.jsonl.gz"]),
                cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("more than 100 deep", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Keys_that_differ_only_behind_what_ends_a_text_are_refused() => RefusesAsync(
        "{\"a\":1,\"b\":2.5,\"y\":3}\n{\"a\":2,\"b\\u0000\":-1e-3,\"y\":4}\n", "columns are called 'b'");

    [Fact]
    public async Task Brackets_in_strings_are_no_depth()
    {
        using var folder = new TemporaryFolder();
        var text = new string('[', 500) + "\\\"" + new string('{', 500);
        var path = folder.Write("d.jsonl", $"{{\"t\":\"{text}\",\"a\":1}}\n{{\"t\":\"\",\"a\":2}}\n");
        await using var reader =
            await DuckDbReader.OpenAsync(new DuckDbInput.Json(path),
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["t", "a"], reader.Columns);
    }

    private static async Task RefusesAsync(string text, string said)
    {
        using var folder = new TemporaryFolder();
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() =>
            DuckDbReader.OpenAsync(new DuckDbInput.Json(folder.Write("d.jsonl", text))));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }
}
