using System.IO.Compression;

namespace Plumb.Formats;

/// <summary>
/// Writes NumPy's NPZ: a ZIP archive of NPY arrays, not compressed and without a time, so that the same map gives the
/// same file.
/// </summary>
internal static class NpzWriter
{
    // The earliest that ZIP knows.
    private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a map.</summary>
    public static void Write(Stream stream, AffineMap map)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "coef_", entry => NpyWriter.Write(entry, [map.TargetCount, map.InputCount], map.Weights.Values));
        Add(archive, "intercept_", entry => NpyWriter.Write(entry, [map.TargetCount], map.Bias));
        Add(archive, StoredNames.InputsKey, entry => NpyWriter.Write(entry, map.Names.Inputs));
        Add(archive, StoredNames.TargetsKey, entry => NpyWriter.Write(entry, map.Names.Targets));
    }

    private static void Add(ZipArchive archive, string key, Action<Stream> write)
    {
        var entry = archive.CreateEntry(key + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = s_noTime;
        using var stream = entry.Open();
        write(stream);
    }
}
