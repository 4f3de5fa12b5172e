using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Plumb.Cli.Training;

/// <summary>
/// An event file as TensorBoard reads it: TFRecords (length, masked CRC-32C of the length, data, masked CRC-32C of the
/// data), each an Event message of protocol buffers:
/// wall_time = 1 (double), step = 2 (int64), file_version = 3 (string), summary = 5 { value = 1 { tag = 1 (string),
/// simple_value = 2 (float) } }.
/// </summary>
internal sealed class TensorBoardLog : TrainingLog
{
    private const int WallTime = (1 << 3) | 1;
    private const int Step = (2 << 3) | 0;
    private const int FileVersion = (3 << 3) | 2;
    private const int Summary = (5 << 3) | 2;
    private const int Value = (1 << 3) | 2;
    private const int Tag = (1 << 3) | 2;
    private const int SimpleValue = (2 << 3) | 5;

    private readonly FileStream _file;
    private readonly TimeProvider _clock;

    /// <param name="directory">The directory of the run; made where there is none.</param>
    /// <param name="clock">Tells the time of each event.</param>
    /// <exception cref="CommandException">The directory cannot be written.</exception>
    public TensorBoardLog(string directory, TimeProvider clock)
    {
        _clock = clock;
        try
        {
            Directory.CreateDirectory(directory);
            var name =
                FormattableString.Invariant($"events.out.tfevents.{clock.GetUtcNow().ToUnixTimeMilliseconds()}.plumb");
            _file = new FileStream(Path.Combine(directory, name), FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Environment,
                $"{directory} cannot be written ({e.Message}); choose a directory where you may write.");
        }

        WriteRecord(0, message => WriteBytes(message, FileVersion, "brain.Event:2"u8));
    }

    public override void Write(TrainingStatus status) => WriteRecord(status.Steps, message =>
    {
        using var summary = new MemoryStream();
        var bytes = new byte[sizeof(float)];
        foreach (var (name, number) in Quantities(status).Where(quantity => !double.IsNaN(quantity.Value)))
        {
            using var value = new MemoryStream();
            WriteBytes(value, Tag, Encoding.UTF8.GetBytes(name));
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)number);
            value.WriteByte(SimpleValue);
            value.Write(bytes);
            WriteBytes(summary, Value, value.ToArray());
        }

        WriteBytes(message, Summary, summary.ToArray());
    });

    public override void Flush() => _file.Flush();

    public override void Dispose() => _file.Dispose();

    private void WriteRecord(long step, Action<MemoryStream> content)
    {
        using var message = new MemoryStream();
        Span<byte> eight = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(eight, (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
        message.WriteByte(WallTime);
        message.Write(eight);
        message.WriteByte(Step);
        WriteVarint(message, (ulong)step);
        content(message);

        var data = message.GetBuffer().AsSpan(0, (int)message.Length);
        BinaryPrimitives.WriteInt64LittleEndian(eight, data.Length);
        _file.Write(eight);
        WriteChecksum(eight);
        _file.Write(data);
        WriteChecksum(data);
    }

    private static void WriteBytes(MemoryStream message, byte field, ReadOnlySpan<byte> bytes)
    {
        message.WriteByte(field);
        WriteVarint(message, (ulong)bytes.Length);
        message.Write(bytes);
    }

    private static void WriteVarint(MemoryStream message, ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            message.WriteByte((byte)(value | 0x80));
        }

        message.WriteByte((byte)value);
    }

    /// <summary>CRC-32C, rotated and moved, as TFRecord wants it lest a checksum of checksums be weak.</summary>
    private void WriteChecksum(ReadOnlySpan<byte> bytes)
    {
        const uint Mask = 0xA282EAD8;
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        Span<byte> four = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(four, BitOperations.RotateRight(~crc, 15) + Mask);
        _file.Write(four);
    }
}
