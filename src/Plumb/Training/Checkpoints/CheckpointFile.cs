using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plumb.Training;

/// <summary>
/// A checkpoint as bytes, all little-endian: "PLUMBCKP", version (4 bytes), the number of settings (4) and each as two
/// texts, steps (8),
/// the number of parts (4) and each as a text, a length (4) and so many doubles; SHA-256 of all that. A text is its
/// length in bytes (4) and UTF-8.
/// </summary>
internal static class CheckpointFile
{
    private const int Version = 1;
    private const int ChecksumBytes = 32;

    private static ReadOnlySpan<byte> Magic => "PLUMBCKP"u8;

    public static void Write(Stream stream, Checkpoint checkpoint)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(checkpoint.Settings.Count);
        foreach (var (name, value) in checkpoint.Settings)
        {
            WriteText(writer, name);
            WriteText(writer, value);
        }

        writer.Write(checkpoint.Steps);
        writer.Write(checkpoint.Parts.Count);
        foreach (var part in checkpoint.Parts)
        {
            WriteText(writer, part.Name);
            writer.Write(part.Numbers.Length);
            foreach (var number in part.Numbers)
            {
                writer.Write(number);
            }
        }

        writer.Flush();
        var content = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        stream.Write(content);
        stream.Write(SHA256.HashData(content));
    }

    /// <exception cref="InvalidDataException">It is no checkpoint, a newer one, or damaged.</exception>
    public static Checkpoint Read(Stream stream, string name)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        if (!bytes.StartsWith(Magic))
        {
            throw new InvalidDataException(
                $"{name}: is not a checkpoint; give one that training wrote.");
        }

        var content = bytes[..Math.Max(0, bytes.Length - ChecksumBytes)];
        if (content.Length < Magic.Length + sizeof(int)
            || !SHA256.HashData(content).AsSpan().SequenceEqual(bytes[content.Length..]))
        {
            throw new InvalidDataException(
                $"{name}: is damaged, or was not written to its end; resume from the one before it.");
        }

        try
        {
            return ReadContent(buffer, name);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException(
                $"{name}: is damaged: it ends before the last number that it announces; resume from the one before "
                    + $"it.");
        }
    }

    private static Checkpoint ReadContent(MemoryStream buffer, string name)
    {
        buffer.Position = Magic.Length;
        using var reader = new BinaryReader(buffer, Encoding.UTF8, leaveOpen: true);
        var version = reader.ReadInt32();
        if (version != Version)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: has version {version} of the checkpoint format, but this program reads version {Version}"
                        + $"; use the program that wrote it, or start anew."));
        }

        var settings = new KeyValuePair<string, string>[Count(reader, name)];
        for (var i = 0; i < settings.Length; i++)
        {
            settings[i] = new(ReadText(reader, name), ReadText(reader, name));
        }

        var steps = reader.ReadInt64();
        var parts = new CheckpointPart[Count(reader, name)];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = ReadText(reader, name);
            var numbers = new double[Count(reader, name)];
            foreach (ref var number in numbers.AsSpan())
            {
                number = reader.ReadDouble();
            }

            parts[i] = new CheckpointPart(part, numbers);
        }

        return new Checkpoint(settings, steps) { Parts = parts };
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static string ReadText(BinaryReader reader, string name) =>
        Encoding.UTF8.GetString(reader.ReadBytes(Count(reader, name)));

    private static int Count(BinaryReader reader, string name)
    {
        var count = reader.ReadInt32();
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position
            ? count
            : throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"{name}: is damaged: it announces {count} parts or "
                    + $"numbers, more than it is long; resume from the one before it."));
    }
}
