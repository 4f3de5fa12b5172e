namespace Plumb.Formats;

/// <summary>A kind of file that is no table as text, told by its first bytes.</summary>
/// <param name="Name">What it is called, with what it is.</param>
/// <param name="Remedy">What to do with it.</param>
internal sealed record FileSignature(string Name, string Remedy)
{
    /// <summary>As many bytes as it may take to tell.</summary>
    public const int MostBytes = 128;

    private const string AsCsv = "save its table as CSV";
    private const int FirstName = 30; // of the first entry of a ZIP archive

    /// <summary>The kind of file that begins with these bytes; null when they are none of the known ones.</summary>
    public static FileSignature? Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => new("NPY", "rename it to end in .npy"),
        [(byte)'P', (byte)'K', 3, 4, ..] => OfZip(bytes),
        [0x1F, 0x8B, ..] => new("gzip", "unpack it once, since a file that was packed twice is not read"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Packed("zstd"),
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, ..] => Packed("bzip2"),
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => Packed("xz"),
        [0x04, 0x22, 0x4D, 0x18, ..] => Packed("lz4"),
        [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1A, ..] =>
            new("archive (7z or RAR)", "unpack it first"),
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1',
            ..] => new("Parquet", "rename it to end in .parquet, or export it as CSV"),
        [(byte)'{', (byte)'"', ..] or [(byte)'[', (byte)'{', ..]
            or [(byte)'[', (byte)'\n', ..] => new("JSON", "rename it to end in .json or .jsonl"),
        [(byte)'<', (byte)'!' or (byte)'?' or (byte)'h' or (byte)'H',
            ..] => new("HTML or XML", "fetch the data themselves, and not a page about them"),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, ..] => new("old Excel (XLS) or Office", AsCsv),
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => new("HDF5", "write its arrays with numpy.savez, or its table "
            + "with pandas' to_parquet"),
        [0x80, >= 2 and <= 5, (byte)'c' or (byte)'}' or (byte)']' or (byte)'(' or 0x95 or 0x8A, ..] => new(
            "Python pickle", "write the data with numpy.savez or pandas' to_parquet, since a pickle can run anything"),
        _ => OfWords(bytes),
    };

    private static FileSignature? OfWords(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("SQLite format 3\0"u8) ? new("SQLite database",
            "export the table as CSV, as in sqlite3 -header -csv FILE \"select * from t\" > t.csv")
        : bytes.StartsWith("version https://git-lfs"u8) ? new("Git LFS pointer",
            "fetch the file that it stands for with git lfs pull")
        : bytes.StartsWith("%PDF-"u8) ? new("PDF", "take the table from where it was made, as CSV")
        : bytes.StartsWith("MATLAB "u8) && bytes.IndexOf("MAT-file"u8) > 0 ? new("MATLAB",
            "write it with writematrix or writetable, or by SciPy and numpy.savez")
        : bytes.StartsWith("ARROW1"u8) ? new("Arrow", "rename it to end in .arrow")
        : bytes.StartsWith("FEA1"u8) ? new("old Feather", "write it again as Feather version 2, or as Parquet")
        : bytes.StartsWith("ORC"u8) && bytes.Length > 3 && bytes[3] < ' ' || bytes.StartsWith("Obj\u0001"u8)
            ? new("ORC or Avro", "write it as Parquet")
        : bytes.StartsWith("$FL2@(#)"u8) || bytes.StartsWith("<stata_dta>"u8) ? new("SPSS or Stata", AsCsv)
        : bytes.StartsWith("RDX"u8) || bytes.StartsWith("X\n\0\0\0"u8) ? new("R data",
            "write the data frame with write.csv")
        : bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] || bytes.StartsWith("GIF8"u8)
            ? new("picture", "give the numbers that it was drawn from")
        : null;

    // By what its first entry is called.
    private static FileSignature OfZip(ReadOnlySpan<byte> bytes)
    {
        var name = bytes.Length > FirstName ? bytes[FirstName..] : [];
        return name.StartsWith("mimetypeapplication/vnd.oasis"u8)
            ? new("OpenDocument (such as ODS)", AsCsv)
            : name.StartsWith("[Content_Types].xml"u8) || name.StartsWith("_rels/"u8) || name.StartsWith("xl/"u8)
                || name.StartsWith("docProps/"u8) ? new("Excel (XLSX) or Office", AsCsv)
            : name.IndexOf("/data.pkl"u8) > 0 ? new("PyTorch", "write the tensors by safetensors.torch.save_file")
            : name.IndexOf(".npy"u8) > 0 ? new("NPZ", "rename it to end in .npz")
            : new("ZIP", "save a workbook as CSV, or unpack the archive");
    }

    private static FileSignature Packed(string program) => new(program,
        $"unpack it first ({program} -d), or pipe what it holds: {program} -dc FILE | plumb fit - ...");
}
