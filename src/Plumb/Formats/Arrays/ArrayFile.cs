using System.IO.Compression;

namespace Plumb.Formats;

/// <summary>The arrays of an open NPY, NPZ or safetensors file, which its first bytes tell apart.</summary>
/// <param name="Arrays">All of them, but those of names.</param>
/// <param name="Findings">What a user should know about the file.</param>
/// <param name="Archive">What must stay open as long as they are read; null where that is the file only.</param>
internal sealed record ArrayFile(IReadOnlyList<ArrayData> Arrays, IReadOnlyList<Finding> Findings,
    ZipArchive? Archive = null)
{
    /// <summary>Reads headers only.</summary>
    /// <param name="file">The file, which can be sought in; it stays open.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">It is none of these, or damaged.</exception>
    public static ArrayFile Open(Stream file, string name)
    {
        var start = new byte[NpyHeader.MostBytes];
        file.Position = 0;
        var head = start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return head.StartsWith(NpyHeader.Magic) || name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            ? OfNpy(file, head, name)
            : head.StartsWith("PK"u8) || name.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? OfNpz(file, name)
            : new ArrayFile(
                [.. SafetensorsReader.Describe(file, name)
                    .Select(tensor => new ArrayData(tensor.Array, start => At(file, tensor.Begin + start)))], []);
    }

    private static ArrayFile OfNpy(Stream file, ReadOnlySpan<byte> head, string name)
    {
        var header = NpyHeader.Read(head, name);
        var array = NpyReader.Describe(name, "", header, () => default);
        var (needed, found) = (ArrayData.BytesOf(array), file.Length - header.Bytes);
        NpyReader.RequireData(name, header, needed, found);
        return new ArrayFile([new ArrayData(array, start => At(file, header.Bytes + start))],
            array.Type is not null && found > needed ? [NpyReader.TrailingBytes(name, header, (long)needed, found)]
                : []);
    }

    private static ArrayFile OfNpz(Stream file, string name)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var arrays = new List<ArrayData>();
            foreach (var (entry, key, place) in NpzReader.ArraysOf(archive, name))
            {
                var header = NpzReader.ReadHeader(entry, place);
                var array = NpyReader.Describe(place, key, header, () => default);
                NpyReader.RequireData(place, header, ArrayData.BytesOf(array), entry.Length - header.Bytes);
                arrays.Add(new ArrayData(array, start => Skipped(entry.Open(), header.Bytes + start)));
            }

            return new ArrayFile([.. arrays.Where(array => !StoredNames.IsNames(array.Array))], [], archive);
        }
        catch (InvalidDataException e)
        {
            archive?.Dispose();
            // The archive's own words.
            throw e.Message.StartsWith(name, StringComparison.Ordinal) ? e : NpzReader.Damaged(name, e);
        }
    }

    /// <summary>Reads a file from a place on, whoever else reads it meanwhile.</summary>
    private static ArrayBytes At(Stream file, long place) => destination =>
    {
        file.Position = place;
        var count = file.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        place += count;
        return count;
    };

    /// <summary>Reads a packed stream, which can only be read from its beginning.</summary>
    private static ArrayBytes Skipped(Stream packed, long skip)
    {
        var passed = new byte[Math.Min(skip, 1 << 16)];
        for (var left = skip; left > 0;)
        {
            var count = packed.Read(passed, 0, (int)Math.Min(left, passed.Length));
            left -= count > 0 ? count : left; // what lacks is noticed by what is read next
        }

        return destination => packed.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
    }
}
