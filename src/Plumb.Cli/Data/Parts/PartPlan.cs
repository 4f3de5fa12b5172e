namespace Plumb.Cli;

/// <summary>
/// How files are cut into parts: by their bytes, as if they stood one behind the other. CSV and Parquet are cut within
/// files; others are read whole, in the part that their first byte lies in.
/// </summary>
internal sealed class PartPlan
{
    private readonly IReadOnlyList<(string Path, long Length, bool CanBeCut)> _files;

    private PartPlan(IReadOnlyList<(string Path, long Length, bool CanBeCut)> files) =>
        (_files, Bytes) = (files, files.Sum(file => file.Length));

    /// <summary>The files.</summary>
    public IEnumerable<string> Files => _files.Select(file => file.Path);

    /// <summary>The bytes of all.</summary>
    public long Bytes { get; }

    /// <summary>The plan for files.</summary>
    /// <param name="given">Names the files.</param>
    /// <param name="wholeFiles">Whether none of them is cut.</param>
    /// <exception cref="CommandException">Something else than files is named, there is no such file, or it has no
    /// bytes, as a pipe.</exception>
    public static PartPlan Of(DataArguments given, bool wholeFiles) =>
        given.Sql is not null || given.Table is not null || given.Where is not null || given.Folders
            || given.UsesStandardInput || given.Paths.Any(PostgreSqlAddress.IsMeant)
        ? throw CommandException.Usage("--part cuts files with rows, and reads no database, query, condition, folder "
            + "column or standard input; give files alone.")
        : new([.. given.Files.Select(path => (path, LengthOf(path), !wholeFiles && CanBeCut(path)))]);

    /// <summary>What a part reads, in the order of the files; nothing where there are more parts than rows.</summary>
    public IReadOnlyList<FilePiece> Of(Part part)
    {
        var ((from, to), before, pieces) = (part.Within(Bytes), 0L, new List<FilePiece>());
        foreach (var (path, length, canBeCut) in _files)
        {
            var (first, last) = (Math.Clamp(from - before, 0, length), Math.Clamp(to - before, 0, length));
            if (!canBeCut)
            {
                (first, last) = before >= from && before < to ? (0, length) : (0, 0);
            }

            if (first < last)
            {
                pieces.Add(new FilePiece(path, new RowShare(first, last, length), last - first < length));
            }

            before += length;
        }

        return pieces;
    }

    private static long LengthOf(string path)
    {
        DataFile.Require(path);
        return DataFile.Length(path) is var length and > 0 ? length
            : throw CommandException.DataRefused($"{path}: is a pipe or has no bytes, and parts are cut by the bytes "
                + "of files; give files.");
    }

    private static bool CanBeCut(string path) => FileContent.KindOf(path) switch
    {
        DataKind.Parquet => true,
        DataKind.Text => !IsPacked(path),
        _ => false,
    };

    // Or UTF-16, whose lines do not end with a byte.
    private static bool IsPacked(string path)
    {
        Span<byte> head = stackalloc byte[4];
        using var file = File.OpenRead(path);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head is [0x1F, 0x8B, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || ZstdStream.IsMeant(head);
    }
}
