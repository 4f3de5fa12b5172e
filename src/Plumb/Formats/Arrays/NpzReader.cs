using System.Globalization;
using System.IO.Compression;

namespace Plumb.Formats;

/// <summary>
/// Reads NumPy's NPZ: a ZIP archive of NPY arrays. Entry names are keys only, never paths, and nothing is unpacked but
/// the arrays that are chosen.
/// </summary>
internal static class NpzReader
{
    private const string Extension = ".npy";
    private const int MostEntries = 10_000;
    private const long HarmlessBytes = 1 << 20; // an entry this small may shrink as it likes
    private const long MostRatio = 100; // numbers hardly shrink; what shrinks more is made to fill memory or time
    private const string Remedy = "write the file again with numpy.savez";

    /// <summary>The arrays of a file.</summary>
    /// <param name="file">All its bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InvalidDataException">It is no NPZ file, or damaged.</exception>
    public static StoredArrays Read(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            using var archive = Open(file);
            StoredArray[] arrays =
                [.. ArraysOf(archive, name).Select(array => Describe(file, array.Entry, array.Key, array.Place))];
            return StoredNames.OfArrays(arrays) is { } names
                ? new StoredArrays([.. arrays.Where(array => !StoredNames.IsNames(array))], names)
                : new StoredArrays(arrays);
        }
        // The archive's own words.
        catch (InvalidDataException e) when (!e.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw Damaged(name, e);
        }
    }

    /// <summary>The arrays of an archive: each with its key, and what messages call it.</summary>
    /// <exception cref="InvalidDataException">There are too many, or one of a name that cannot be.</exception>
    public static IReadOnlyList<(ZipArchiveEntry Entry, string Key, string Place)> ArraysOf(ZipArchive archive,
        string name)
    {
        if (archive.Entries.Count > MostEntries)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: has {archive.Entries.Count} entries, expected at most {MostEntries}; {Remedy}."));
        }

        if (archive.Entries.Any(entry => entry.FullName.EndsWith(".pkl", StringComparison.Ordinal)))
        {
            throw new InvalidDataException(
                $"{name}: holds pickled Python objects, which can run code when they are read, expected arrays; save "
                    + $"the weights as safetensors (safetensors.torch.save_file) or NPZ (numpy.savez).");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. archive.Entries.Where(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            .Select(entry =>
                (entry, KeyOf(entry, name, seen), $"{name}: array '{Escaped.Of(entry.FullName[..^Extension.Length])}"
                    + $"'"))];
    }

    /// <summary>The header of an array, and the bytes of its entry.</summary>
    /// <exception cref="InvalidDataException">It is no such header, or the entry would unpack to far more than it
    /// holds.</exception>
    public static NpyHeader ReadHeader(ZipArchiveEntry entry, string place) =>
        entry.Length <= HarmlessBytes || entry.Length / MostRatio <= entry.CompressedLength
        ? NpyHeader.Read(Unpack(entry, Math.Min(entry.Length, NpyHeader.MostBytes)), place)
        : throw TooLarge(entry, place);

    /// <summary>The exception for an archive that cannot be unpacked.</summary>
    public static InvalidDataException Damaged(string name, InvalidDataException cause) =>
        new($"{name}: is not a whole ZIP archive ({cause.Message.TrimEnd('.')}): the file is cut short or damaged; "
            + $"{Remedy}.", cause);

    private static InvalidDataException TooLarge(ZipArchiveEntry entry, string place) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"{place}: {entry.CompressedLength} bytes would unpack to {entry.Length}, more than numbers ever do; store "
                + $"it with numpy.savez, which does not compress."));

    private static ZipArchive Open(ReadOnlyMemory<byte> file) => new(new MemoryStream(file.ToArray(), writable: false));

    private static string KeyOf(ZipArchiveEntry entry, string name, HashSet<string> seen)
    {
        var key = entry.FullName[..^Extension.Length];
        var place = $"{name}: array '{Escaped.Of(key)}'";
        if (key.Length == 0 || key.StartsWith('/') || key.Contains('\\') || key.Split('/').Contains(".."))
        {
            throw new InvalidDataException(
                $"{place}: the entry's name is a path out of the archive, expected the name of an array; {Remedy}.");
        }

        return seen.Add(key) ? key
            : throw new InvalidDataException(
                $"{place}: stands twice in the archive, expected every name once; {Remedy}.");
    }

    private static StoredArray Describe(ReadOnlyMemory<byte> file, ZipArchiveEntry entry, string key, string place)
    {
        if (entry.Length > StoredArray.MostBytes)
        {
            throw TooLarge(entry, place);
        }

        var header = ReadHeader(entry, place);
        var needed = NpyReader.DataBytes(header, place);
        NpyReader.RequireData(place, header, needed, entry.Length - header.Bytes);
        var full = entry.FullName;
        return NpyReader.Describe(place, key, header, () =>
        {
            using var archive = Open(file);
            var bytes = Unpack(archive.GetEntry(full)!, header.Bytes + needed);
            NpyReader.RequireData(place, header, needed, bytes.Length - header.Bytes);
            return bytes.AsMemory(header.Bytes);
        });
    }

    /// <summary>The first bytes of an entry, fewer if it has fewer than it says.</summary>
    private static byte[] Unpack(ZipArchiveEntry entry, long count)
    {
        using var stream = entry.Open();
        var bytes = new byte[count];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..read];
    }
}
