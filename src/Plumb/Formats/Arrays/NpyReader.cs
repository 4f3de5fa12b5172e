using System.Globalization;

namespace Plumb.Formats;

/// <summary>Reads NumPy's NPY: one array.</summary>
internal static class NpyReader
{
    /// <summary>The array of a file.</summary>
    /// <param name="file">All its bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="findings">Receives what a user should know about it.</param>
    /// <exception cref="InvalidDataException">It is no NPY file, or damaged.</exception>
    public static StoredArray Read(ReadOnlyMemory<byte> file, string name, ICollection<Finding> findings)
    {
        var header = NpyHeader.Read(file.Span[..Math.Min(file.Length, NpyHeader.MostBytes)], name);
        var (needed, found) = (DataBytes(header, name), file.Length - header.Bytes);
        RequireData(name, header, needed, found);
        if (header.Type is not null && found > needed)
        {
            findings.Add(TrailingBytes(name, header, needed, found));
        }

        return Describe(name, "", header, () => file.Slice(header.Bytes, (int)needed));
    }

    /// <summary>An array whose header has been read.</summary>
    public static StoredArray Describe(string place, string key, NpyHeader header, Func<ReadOnlyMemory<byte>> bytes) =>
        new(place, key, header.Shape, header.Type, header.Descr)
        {
            Bytes = bytes,
            IsBigEndian = header.Descr.StartsWith('>'),
            IsFortran = header.IsFortran,
            TextLength = header.TextLength,
        };

    /// <summary>The bytes that shape and type ask for; 0 where the type is not read.</summary>
    public static long DataBytes(NpyHeader header, string place) =>
        header.BytesEach > 0 ? header.BytesEach * StoredArray.CountOf(place, header.Shape, header.BytesEach) : 0;

    /// <summary>What a user should know of bytes after the array.</summary>
    public static Finding TrailingBytes(string place, NpyHeader header, long needed, long found) =>
        new(Severity.Warning, "trailing-bytes",
            string.Create(CultureInfo.InvariantCulture,
                $"{place}: byte {header.Bytes + needed}: {found - needed} bytes follow the array; they were not read."),
            "Check what wrote the file.");

    /// <exception cref="InvalidDataException">There are fewer bytes than shape and type ask for.</exception>
    public static void RequireData(string place, NpyHeader header, System.Numerics.BigInteger needed, long found)
    {
        if (found < needed)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{place}: byte {header.Bytes}: expected {needed} data bytes for the shape ("
                        + $"{string.Join(", ", header.Shape)}), found {found}: the file is cut short; write it again "
                            + $"with numpy.save."));
        }
    }
}
