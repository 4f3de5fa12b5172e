using System.Buffers.Binary;
using System.Globalization;

namespace Plumb.PostgreSql;

/// <summary>Values as PostgreSQL's send functions write them, as texts: times as ISO 8601 has them.</summary>
internal static class BinaryText
{
    private const long Epoch = 10957; // days from 1970-01-01 to 2000-01-01, from which PostgreSQL counts
    private const long MicrosecondsPerSecond = 1_000_000;
    private const long MicrosecondsPerDay = 86_400 * MicrosecondsPerSecond;

    /// <summary>The text that bytes hold; false where they are none of the type.</summary>
    /// <param name="column">The column.</param>
    /// <param name="bytes">The bytes of the field.</param>
    /// <param name="room">Room for a time or a number.</param>
    /// <param name="blocks">Counts what doubles do not hold.</param>
    /// <param name="text">The text.</param>
    public static bool TryRead(PostgreSqlColumn column, ReadOnlySpan<byte> bytes, Span<byte> room, ColumnBlocks blocks,
        out ReadOnlySpan<byte> text)
    {
        text = bytes;
        if (column.Kind == ColumnKind.Text)
        {
            return true;
        }

        if (column.Kind == ColumnKind.Date)
        {
            var written = (column.Type, bytes.Length) switch
            {
                (PostgreSqlColumn.Date, 4) => IsoTime.Date(Epoch + BinaryPrimitives.ReadInt32BigEndian(bytes), room),
                (not PostgreSqlColumn.Date, 8) => Time(BinaryPrimitives.ReadInt64BigEndian(bytes),
                    column.Type == PostgreSqlColumn.TimestampWithZone, room),
                _ => -1,
            };
            text = written > 0 ? room[..written] : "infinity"u8;
            return written >= 0;
        }

        if (BinaryValue.Read(column.Type, bytes, blocks) is not { } number)
        {
            return false;
        }

        if (column.Type == PostgreSqlColumn.Boolean)
        {
            text = number == 0 ? "false"u8 : "true"u8;
            return true;
        }

        number.TryFormat(room, out var count, "R", CultureInfo.InvariantCulture);
        text = room[..count];
        return true;
    }

    // Infinite times are the largest and the smallest count.
    private static int Time(long microseconds, bool isUtc, Span<byte> room) =>
        Math.Abs((double)microseconds) > 1e18 ? 0
            : IsoTime.DateTimeOf(microseconds + Epoch * MicrosecondsPerDay, MicrosecondsPerSecond, isUtc, room);
}
