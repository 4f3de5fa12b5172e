using Plumb.Arrow;
using Plumb.PostgreSql;
using Plumb.Zstd;

namespace Plumb.Fuzz;

/// <summary>Readers of rows that are .NET.</summary>
internal static class RowTargets
{
    private const int MostUnpacked = 1 << 26; // bytes that are looked at of what was packed

    public static IEnumerable<FuzzTarget> All(Seeds seeds) =>
    [
        new("csv", typeof(CsvReader), seeds.Csv(), Seeds.CsvWords, CsvAsync),
        new("look", typeof(TableLook), [.. seeds.Csv(), .. seeds.Json()], Seeds.CsvWords, LookAsync),
        new("json-lines", typeof(JsonReader), seeds.Json(), Seeds.JsonWords, JsonAsync),
        new("arrays", typeof(ArrayReader), seeds.Arrays(), Seeds.NpyWords, ArraysAsync),
        new("arrow", typeof(ArrowReader), Seeds.Arrow(), ["ARROW1", "\u00ff\u00ff\u00ff\u00ff"], ArrowAsync),
        new("zstd", typeof(ZstdStream), seeds.Zstd(), ["\u0028\u00b5\u002f\u00fd"], ZstdAsync),
        new("postgres", typeof(PostgreSqlReader), Seeds.BinaryCopies(), ["PGCOPY\n\u00ff\r\n\0",
            "\u00ff\u00ff", "\0\u0003"], PostgreSqlAsync),
    ];

    // However it is cut and on however many threads, a file gives the same rows, or the same message.
    private static async Task CsvAsync(byte[] bytes)
    {
        var careful = await CsvOutcomeAsync(bytes, 1, 1);
        var quick = await CsvOutcomeAsync(bytes, 2, 64 + bytes.Length % 1000);
        if (careful != quick)
        {
            throw new InvalidOperationException($"read with care, it gives: {careful}\nread quickly: {quick}");
        }

        await using var decimals = await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv");
        var moments = new DecimalMoments(new VariableNames([.. decimals.Columns.Take(20)], []));
        await foreach (var block in decimals.ReadDecimalsAsync([.. decimals.Columns.Take(20)], []))
        {
            moments.Add(block);
        }

        _ = moments.ToMoments();
    }

    private static async Task<string> CsvOutcomeAsync(byte[] bytes, int threads, int chunk)
    {
        try
        {
            await using var reader =
                await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv",
                    new CsvFormat
                    {
                        DropMissing = bytes.Length % 2 == 0,
                        CommentPrefix = bytes.Length % 3 == 0 ? "#" : null
                    });
            (reader.Threads, reader.ChunkBytes) = (threads, chunk);
            return await FuzzTargets.RowsOfAsync(reader)
                + string.Concat(reader.Findings.Select(finding => finding.Message));
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    private static async Task LookAsync(byte[] bytes)
    {
        await using RowReader reader = bytes.AsSpan().TrimStart("[ \n"u8).StartsWith("{"u8)
            ? await JsonReader.OpenAsync(() => new MemoryStream(bytes), "t.jsonl")
            : await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv");
        _ = await TableLook.OfAsync(reader);
    }

    private static async Task JsonAsync(byte[] bytes)
    {
        await using var reader = await JsonReader.OpenAsync(() => new MemoryStream(bytes), "t.jsonl",
            dropMissing: bytes.Length % 2 == 0);
        await FuzzTargets.RowsOfAsync(reader);
    }

    private static async Task ArraysAsync(byte[] bytes)
    {
        await using var reader = ArrayReader.Open(new MemoryStream(bytes), "t", dropMissing: bytes.Length % 2 == 0);
        await FuzzTargets.RowsOfAsync(reader);
    }

    private static async Task ArrowAsync(byte[] bytes)
    {
        await using var reader =
            await ArrowReader.OpenAsync(new MemoryStream(bytes), "t.arrow", dropMissing: bytes.Length % 2 == 0);
        await FuzzTargets.RowsOfAsync(reader);
    }

    private static async Task ZstdAsync(byte[] bytes)
    {
        await using var text = new ZstdStream(new MemoryStream(bytes), "t.csv.zst");
        var (buffer, left) = (new byte[1 << 16], MostUnpacked);
        int count;
        while (left > 0 && (count = await text.ReadAsync(buffer)) > 0)
        {
            left -= count;
        }
    }

    // Bytes as a server sends them; there is none.
    private static async Task PostgreSqlAsync(byte[] bytes)
    {
        var columns = Seeds.CopiedColumns;
        var names = columns.Select(column => column.Name).ToArray();
        var blocks = new ColumnBlocks("t", ColumnSelection.Of(names, names, [], "t"), bytes.Length % 2 == 0);
        var copy = new BinaryCopy(new MemoryStream(bytes), "t", columns, [.. columns.Select(_ => (TextReading?)null)]);
        int rows;
        while ((rows = await copy.NextAsync(blocks, CancellationToken.None)) > 0)
        {
            foreach (var _ in blocks.Add(rows,
                (column, start, into) => copy.Chunk[column].AsSpan(start, into.Length).CopyTo(into)))
            {
                // each block is asked for
            }
        }

        _ = blocks.Finish();
    }
}
