using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Plumb.PostgreSql;

/// <summary>Values as PostgreSQL's send functions write them, as doubles.</summary>
internal static class BinaryValue
{
    private const int GroupDigits = 4; // of a numeric: it holds groups of four decimal digits
    private const int NumericHead = 8; // bytes: count of groups, weight of the first, sign, digits shown
    private const int SafeGroups = 4; // so many fit into a long
    private const int Negative = 0x4000;

    /// <summary>The value that bytes hold; null where they are none of the type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="bytes">The bytes of the field.</param>
    /// <param name="blocks">Counts what doubles do not hold.</param>
    public static double? Read(uint type, ReadOnlySpan<byte> bytes, ColumnBlocks blocks) => (type, bytes.Length) switch
    {
        (PostgreSqlColumn.Boolean, 1) => bytes[0] == 0 ? 0 : 1,
        (PostgreSqlColumn.SmallInt, 2) => BinaryPrimitives.ReadInt16BigEndian(bytes),
        (PostgreSqlColumn.Integer, 4) => BinaryPrimitives.ReadInt32BigEndian(bytes),
        (PostgreSqlColumn.BigInt, 8) =>
            blocks.Counted(ScaledInteger.ToDouble(BinaryPrimitives.ReadInt64BigEndian(bytes))),
        (PostgreSqlColumn.Real, 4) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (PostgreSqlColumn.DoublePrecision, 8) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        (PostgreSqlColumn.Numeric, >= NumericHead) => Numeric(bytes, blocks),
        _ => null,
    };

    private static double? Numeric(ReadOnlySpan<byte> bytes, ColumnBlocks blocks)
    {
        var (count, weight, sign) =
            (BinaryPrimitives.ReadInt16BigEndian(bytes), BinaryPrimitives.ReadInt16BigEndian(bytes[2..]),
                BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]));
        var groups = bytes[NumericHead..];
        if (groups.Length != count * sizeof(short))
        {
            return null;
        }

        return sign switch
        {
            0 or Negative => blocks.Counted(Decimal(groups, weight, sign == Negative)),
            0xC000 => double.NaN,
            0xD000 => double.PositiveInfinity,
            0xF000 => double.NegativeInfinity,
            _ => null,
        };
    }

    // The sum of group_i * 10000^(weight - i).
    private static DecimalValue Decimal(ReadOnlySpan<byte> groups, int weight, bool negative)
    {
        var count = groups.Length / sizeof(short);
        var scale = (count - 1 - weight) * GroupDigits;
        if (count <= SafeGroups && scale >= 0)
        {
            var value = 0L;
            for (var i = 0; i < count; i++)
            {
                value = value * 10000 + Group(groups, i);
            }

            return ScaledInteger.ToDouble(negative ? -value : value, scale);
        }

        var text = new StringBuilder(negative ? "-" : "");
        for (var place = Math.Max(weight, 0); place >= Math.Min(weight - count + 1, 0); place--)
        {
            var i = weight - place;
            text.Append(place == -1 ? "." : "").Append(CultureInfo.InvariantCulture,
                $"{(i >= 0 && i < count ? Group(groups, i) : 0):D4}");
        }

        return DecimalExact.Parse(Encoding.ASCII.GetBytes(text.ToString()), (byte)'.');
    }

    private static int Group(ReadOnlySpan<byte> groups, int index) =>
        BinaryPrimitives.ReadInt16BigEndian(groups[(index * sizeof(short))..]);
}
