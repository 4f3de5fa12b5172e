using System.IO.Compression;
using System.Text;

namespace Plumb.Tests;

public sealed class CsvGzipTests
{
    private static readonly string s_text = "x,y\n"
        + string.Concat(Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant($"{i},{Math.Sqrt(i)}\n")));

    [Fact]
    public async Task Packed_file_gives_the_rows_and_messages_of_the_plain_one()
    {
        var expected = await CsvTable.OfAsync(s_text);
        foreach (var pieces in new int[][] { [1 << 20], [1000, 1], [7] })
        {
            var table = await CsvTable.OfAsync(new TricklingStream(Packed(s_text), pieces), "t.csv");
            Assert.Equal(expected.Columns, table.Columns);
            Assert.Equal(expected.Findings, table.Findings);
            Assert.Equal(expected.Bits(), table.Bits());
        }

        var error =
            await Assert.ThrowsAsync<InvalidDataException>(() =>
                CsvTable.OfAsync(new MemoryStream(Packed(s_text + "1,oops\n")), "t.csv"));
        Assert.Equal(await CsvTable.RefusalAsync(s_text + "1,oops\n"), error.Message);
    }

    [Fact]
    public async Task Packed_parts_one_behind_the_other_are_one_file()
    {
        byte[] bytes = [.. Packed(s_text), .. Packed("7,8\n")];
        var table = await CsvTable.OfAsync(new MemoryStream(bytes), "t.csv");
        Assert.Equal(20_001, table.Rows.Length);
        Assert.Equal([7.0, 8.0], table.Rows[^1]);
    }

    [Fact]
    public async Task BytesRead_counts_what_was_taken_from_the_stream()
    {
        var bytes = Packed(s_text);
        await using var reader =
            await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv", null, TestContext.Current.CancellationToken);
        await foreach (var block in reader.ReadAsync(["x"], ["y"], TestContext.Current.CancellationToken))
        {
            Assert.InRange(reader.BytesRead, 1, bytes.Length);
        }

        Assert.Equal(bytes.Length, reader.BytesRead);
    }

    [Fact]
    public async Task Packed_utf16_is_read()
    {
        var table = await CsvTable.OfAsync(new MemoryStream(Packed("\uFEFFx,y\n1,2\n", Encoding.Unicode)), "t.csv");
        Assert.Equal([1.0, 2.0], Assert.Single(table.Rows));
        Assert.Equal("utf-16", Assert.Single(table.Findings).Code);
    }

    [Fact]
    public async Task Damaged_file_is_refused_wherever_it_is_damaged()
    {
        var sound = Packed(s_text);
        for (var cut = 2; cut < sound.Length; cut += 1 + sound.Length / 50)
        {
            await AssertRefused(sound[..cut], "the gzip data are damaged, or end too early");
        }

        await AssertRefused(sound[..^1], "the gzip data are damaged, or end too early");
        sound[^6] ^= 1; // the checksum
        await AssertRefused(sound, "the gzip data are damaged, or end too early");
    }

    [Fact]
    public async Task What_is_packed_must_be_text()
    {
        await AssertRefused(Packed(""), "file is empty (0 bytes)");
        using var twice = new MemoryStream();
        await using (var gzip = new GZipStream(twice, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Packed("x,y\n1,2\n"), TestContext.Current.CancellationToken);
        }

        await AssertRefused(twice.ToArray(), "gzip file, by its first bytes");
    }

    private static async Task AssertRefused(byte[] bytes, string part)
    {
        var error =
            await Assert.ThrowsAsync<InvalidDataException>(() => CsvTable.OfAsync(new MemoryStream(bytes), "t.csv"));
        Assert.StartsWith("t.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Packed(string text, Encoding? encoding = null)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write((encoding ?? Encoding.UTF8).GetBytes(text));
        }

        return packed.ToArray();
    }
}
