using System.Buffers.Binary;
using System.Text;

namespace Plumb.Tests.Cli;

/// <summary>
/// A reader of event files written from their specification alone: TFRecord frames and the few fields of Event.
/// </summary>
internal static class EventFile
{
    public static List<(long Step, string Version, Dictionary<string, float> Scalars)> Read(byte[] bytes)
    {
        var events = new List<(long, string, Dictionary<string, float>)>();
        for (var place = 0; place < bytes.Length;)
        {
            var length = checked((int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(place)));
            Assert.Equal(Masked(bytes.AsSpan(place, 8)),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(place + 8)));
            var data = bytes.AsSpan(place + 12, length);
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(place + 12 + length)));
            events.Add(Event(data));
            place += length + 16;
        }

        return events;
    }

    private static (long Step, string Version, Dictionary<string, float> Scalars) Event(ReadOnlySpan<byte> data)
    {
        var (step, version, scalars) = (0L, "", new Dictionary<string, float>());
        foreach (var (field, number, content) in Fields(data))
        {
            switch (field)
            {
                case 2:
                    step = number;
                    break;
                case 3:
                    version = Encoding.UTF8.GetString(content);
                    break;
                case 5:
                    foreach (var (_, _, value) in Fields(content))
                    {
                        var parts = Fields(value);
                        scalars.Add(Encoding.UTF8.GetString(parts.Single(part => part.Field == 1).Content),
                            BinaryPrimitives.ReadSingleLittleEndian(parts.Single(part => part.Field == 2).Content));
                    }

                    break;
            }
        }

        return (step, version, scalars);
    }

    private static List<(int Field, long Number, byte[] Content)> Fields(ReadOnlySpan<byte> data)
    {
        var fields = new List<(int, long, byte[])>();
        while (data.Length > 0)
        {
            var key = Varint(ref data);
            var kind = key & 7;
            var number = kind == 0 ? Varint(ref data) : 0;
            var length = kind switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(ref data),
                5 => 4,
                _ => throw new InvalidDataException($"wire type {kind}")
            };
            fields.Add(((int)(key >> 3), number, data[..length].ToArray()));
            data = data[length..];
        }

        return fields;
    }

    private static long Varint(ref ReadOnlySpan<byte> data)
    {
        var value = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var part = data[0];
            data = data[1..];
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(0xE3069283, Crc("123456789"u8)); // the check value of CRC-32C
        var crc = Crc(bytes);
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        return ~crc;
    }
}
