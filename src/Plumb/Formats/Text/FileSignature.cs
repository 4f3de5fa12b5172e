namespace Plumb;

/// <summary>A kind of file that is no table as text, told by its first bytes.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Remedy">What to do with it.</param>
internal sealed record FileSignature(string Name, string Remedy)
{
    /// <summary>The kind of file that begins with these bytes; null when they are none of the known ones.</summary>
    public static FileSignature? Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => new("NPY", "rename it to end in .npy"),
        [(byte)'P', (byte)'K', 3, 4, ..] => new("ZIP", "save a workbook as CSV, or unpack the archive"),
        [0x1F, 0x8B, ..] => new("gzip", "unpack it once, since a file that was packed twice is not read"),
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1',
            ..] => new("Parquet", "rename it to end in .parquet, or export it as CSV"),
        [(byte)'{', (byte)'"', ..] or [(byte)'[', (byte)'{', ..]
            or [(byte)'[', (byte)'\n', ..] => new("JSON", "rename it to end in .json or .jsonl"),
        [(byte)'<', (byte)'!' or (byte)'?' or (byte)'h' or (byte)'H',
            ..] => new("HTML or XML", "fetch the data themselves, and not a page about them"),
        _ => null,
    };
}
