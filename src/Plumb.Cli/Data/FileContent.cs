using System.IO.Compression;

namespace Plumb.Cli;

/// <summary>What reads a file: its first bytes decide where they are certain, and otherwise its name.</summary>
internal static class FileContent
{
    private const int MarkAt = 8; // of a DuckDB database, behind a checksum

    /// <summary>What reads the file of a name.</summary>
    /// <exception cref="CommandException">Its bytes are certainly another format than its name, which is not
    /// read.</exception>
    public static DataKind KindOf(string path)
    {
        var named = ByName(path);
        if (DataFile.Length(path) == 0)
        {
            return named; // a pipe, whose bytes come once, or nothing
        }

        Span<byte> head = stackalloc byte[FileSignature.MostBytes];
        using (var file = File.OpenRead(path))
        {
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }

        if (ByBytes(head, path) is { } certain)
        {
            return certain;
        }

        var isText = named is DataKind.Text or DataKind.Json; // whose readers unpack, and tell what they find
        return isText || FileSignature.Of(head) is not { } other ? named
            : throw CommandException.DataRefused($"{path}: {other.Name} file, by its first bytes, where "
                + $"{Words(named)} was expected by its name; {other.Remedy}.");
    }

    private static DataKind ByName(string path)
    {
        var lower = path.ToLowerInvariant();
        foreach (var packed in (string[])[".gz", ".zst"])
        {
            lower = lower.EndsWith(packed, StringComparison.Ordinal) ? lower[..^packed.Length] : lower;
        }

        var kind = Path.GetExtension(lower) switch
        {
            ".parquet" or ".pq" => DataKind.Parquet,
            ".jsonl" or ".ndjson" or ".json" => DataKind.Json,
            ".arrow" or ".arrows" or ".feather" or ".ipc" => DataKind.Arrow,
            ".npy" or ".npz" or ".safetensors" => DataKind.Array,
            ".duckdb" or ".ddb" or ".db" => DataKind.Database,
            _ => DataKind.Text,
        };
        return lower.Length == path.Length || kind is DataKind.Text or DataKind.Json ? kind : DataKind.Text;
    }

    private static DataKind? ByBytes(ReadOnlySpan<byte> head, string path) =>
        head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8) ? DataKind.Parquet
        : head.StartsWith("ARROW1"u8) ? DataKind.Arrow
        : head is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] ? DataKind.Array
        : head.Length > MarkAt && head[MarkAt..].StartsWith("DUCK"u8) ? DataKind.Database
        : head.StartsWith("{\""u8) || head.StartsWith("[{"u8) || head.StartsWith("[\n"u8) ? DataKind.Json
        : head.StartsWith("PK\u0003\u0004"u8) && HoldsArrays(path) ? DataKind.Array
        : null;

    private static bool HoldsArrays(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return archive.Entries.Any(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static string Words(DataKind kind) => kind switch
    {
        DataKind.Parquet => "Parquet",
        DataKind.Arrow => "Arrow",
        DataKind.Array => "arrays",
        _ => "a DuckDB database",
    };
}
