using System.Buffers.Binary;
using System.Globalization;

namespace Plumb.DuckDb;

/// <summary>
/// The first and the last bytes of a Parquet file, checked before anything is taken from between them.
/// </summary>
internal static class ParquetFrame
{
    private const int MagicBytes = 4;
    private const int LengthBytes = 4; // of the footer's length, before the last magic

    /// <summary>Refuses a Parquet file that is cut off or has been encrypted, and a file of another kind.</summary>
    /// <exception cref="InvalidDataException">It is not a Parquet file, or not a whole one.</exception>
    public static void Require(DuckDbInput input)
    {
        switch (input)
        {
            case DuckDbInput.Parquet parquet:
                RequireFile(parquet.Path);
                break;
            case DuckDbInput.Query { Over: DuckDbInput.Parquet parquet }:
                RequireFile(parquet.Path);
                break;
        }
    }

    private static void RequireFile(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length == 0)
        {
            throw DataErrors.Of(path, "file is empty (0 bytes), where Parquet was expected; check what wrote it.");
        }

        Span<byte> head = stackalloc byte[MagicBytes];
        if (file.ReadAtLeast(head, MagicBytes, throwOnEndOfStream: false) < MagicBytes
            || !(head.SequenceEqual("PAR1"u8) || head.SequenceEqual("PARE"u8)))
        {
            throw DataErrors.Of(path,
                "does not begin with PAR1, as every Parquet file does; it is damaged or of another kind.");
        }

        Span<byte> tail = stackalloc byte[LengthBytes + MagicBytes];
        file.Position = Math.Max(MagicBytes, file.Length - tail.Length);
        if (file.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false) < tail.Length
            || !(tail.EndsWith("PAR1"u8) || tail.EndsWith("PARE"u8)))
        {
            throw DataErrors.Of(path,
                string.Create(CultureInfo.InvariantCulture,
                    $"does not end with PAR1 (at byte {file.Length}), as every Parquet file does; it is cut off, so "
                        + $"copy or write it again."));
        }

        if (head.SequenceEqual("PARE"u8) || tail.EndsWith("PARE"u8))
        {
            throw DataErrors.Of(path,
                "its footer is encrypted (PARE), which cannot be read; write it without encryption.");
        }

        var footer = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        var room = file.Length - 2 * MagicBytes - LengthBytes;
        if (footer > room)
        {
            throw DataErrors.Of(path,
                string.Create(CultureInfo.InvariantCulture,
                    $"its last bytes say that the footer has {footer} bytes, where at most {room} fit into the file; "
                        + $"it is damaged, so copy or write it again."));
        }
    }
}
