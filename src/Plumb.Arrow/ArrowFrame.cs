using System.Buffers.Binary;
using System.Globalization;
using Apache.Arrow.Ipc;

namespace Plumb.Arrow;

/// <summary>
/// Looks at the counts in the messages of an Arrow file before Apache.Arrow makes room for as many fields, nodes or
/// buffers: none may be more than its message has bytes for.
/// Apache Arrow, Message.fbs, Schema.fbs and File.fbs, as FlatBuffers lays them out.
/// </summary>
internal static class ArrowFrame
{
    // Lists of lists, and so on; a field that contained itself would be followed for ever.
    private const int DeepestField = 64;
    private const int KeyValue = 4; // bytes of an entry in a vector: the offset of a table
    private const int Table = 4;
    private const int Long = 8;
    private const int Node = 16; // of a column: its length, its nulls
    private const int Buffer = 16;
    private const int Block = 24; // of the footer: where a message is
    private const byte SchemaHeader = 1;
    private const byte DictionaryHeader = 2;
    private const byte BatchHeader = 3;

    /// <summary>Where the buffers behind a message are, if they are compressed; it must be as it should be.</summary>
    /// <param name="bytes">The message without its length.</param>
    /// <param name="fileLength">The bytes of the file.</param>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static PackedBody? RequireMessage(ReadOnlySpan<byte> bytes, long fileLength)
    {
        var message = new FlatTable(bytes);
        message.RequireCount(4, KeyValue);
        var body = message.Long(3);
        if (body < 0 || body > fileLength)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"a message with {body} bytes of data is announced, where the file has {fileLength}"));
        }

        switch (message.Byte(1))
        {
            case SchemaHeader:
                RequireSchema(message.Child(2));
                return null;
            case DictionaryHeader when message.Child(2).Has(1):
                return RequireBatch(message.Child(2).Child(1), body);
            case BatchHeader:
                return RequireBatch(message.Child(2), body);
            default:
                return null;
        }
    }

    /// <summary>Nothing, where the footer of a file is as it should be.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void RequireFooter(ReadOnlySpan<byte> bytes)
    {
        var footer = new FlatTable(bytes);
        RequireSchema(footer.Child(1));
        footer.RequireCount(2, Block);
        footer.RequireCount(3, Block);
        footer.RequireCount(4, KeyValue);
    }

    private static void RequireSchema(FlatTable schema)
    {
        schema.RequireCount(2, KeyValue);
        schema.RequireCount(3, Long);
        var room = schema.Length / Table;
        RequireFields(schema, 1, 0, ref room);
    }

    // Fields of fields; as many as the message has room for, since one that lies in several others is counted in each.
    private static void RequireFields(FlatTable parent, int place, int depth, ref int room)
    {
        var count = parent.RequireCount(place, Table);
        room -= count;
        if (depth > DeepestField || room < 0)
        {
            throw new InvalidDataException("fields lie in each other without end");
        }

        for (var i = 0; i < count; i++)
        {
            var field = parent.Element(place, i);
            field.RequireCount(6, KeyValue);
            RequireFields(field, 5, depth + 1, ref room);
        }
    }

    private static PackedBody? RequireBatch(FlatTable batch, long body)
    {
        batch.RequireCount(1, Node);
        var buffers = batch.RequireCount(2, Buffer);
        batch.RequireCount(4, Long);
        return batch.Has(3)
            ? new PackedBody(body, (CompressionCodecType)batch.Child(3).Byte(0), batch.Pairs(2, buffers)) : null;
    }

    /// <summary>A table of a FlatBuffer: fields that are found by their number, and may be absent.</summary>
    private readonly ref struct FlatTable
    {
        private const int FieldsOfVTable = 4; // behind its own length and the table's
        private readonly ReadOnlySpan<byte> _bytes;
        private readonly int _start;

        /// <summary>The root of a buffer.</summary>
        public FlatTable(ReadOnlySpan<byte> bytes)
            : this(bytes, Follow(bytes, 0))
        {
        }

        private FlatTable(ReadOnlySpan<byte> bytes, int start)
        {
            _bytes = bytes;
            _start = start;
        }

        public int Length => _bytes.Length;

        public bool Has(int field) => PlaceOf(field) > 0;

        public byte Byte(int field) => PlaceOf(field) is > 0 and var place ? At(_bytes, place, 1)[0] : (byte)0;

        public long Long(int field) => PlaceOf(field) is > 0 and var place
            ? BinaryPrimitives.ReadInt64LittleEndian(At(_bytes, place, ArrowFrame.Long)) : 0;

        public FlatTable Child(int field) => PlaceOf(field) is > 0 and var place
            ? new FlatTable(_bytes, Follow(_bytes, place))
            : throw new InvalidDataException("a message lacks what it should hold");

        /// <summary>The table that an element of a vector points to.</summary>
        public FlatTable Element(int field, int index) =>
            new(_bytes, Follow(_bytes, Follow(_bytes, PlaceOf(field)) + sizeof(int) + index * Table));

        /// <summary>
        /// The number of a vector's elements, which the buffer must have bytes for; 0 when it is absent.
        /// </summary>
        public int RequireCount(int field, int bytesOfElement)
        {
            if (PlaceOf(field) is not (> 0 and var place))
            {
                return 0;
            }

            var vector = Follow(_bytes, place);
            var count = BinaryPrimitives.ReadUInt32LittleEndian(At(_bytes, vector, sizeof(uint)));
            var room = _bytes.Length - vector - sizeof(uint);
            return count * (long)bytesOfElement <= room
                ? (int)count
                : throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"{count} entries of {bytesOfElement} bytes are "
                        + $"announced, where the message has {room} bytes left"));
        }

        /// <summary>A vector of pairs of whole numbers.</summary>
        public (long, long)[] Pairs(int field, int count)
        {
            var pairs = new (long, long)[count];
            for (var i = 0; i < count; i++)
            {
                var pair = At(_bytes, Follow(_bytes, PlaceOf(field)) + sizeof(uint) + i * Buffer, Buffer);
                pairs[i] = (BinaryPrimitives.ReadInt64LittleEndian(pair),
                    BinaryPrimitives.ReadInt64LittleEndian(pair[ArrowFrame.Long..]));
            }

            return pairs;
        }

        // The offsets in a FlatBuffer count from where they stand.
        private static int Follow(ReadOnlySpan<byte> bytes, int place) =>
            BinaryPrimitives.ReadUInt32LittleEndian(At(bytes, place, sizeof(uint))) is var offset
                && offset < bytes.Length - place ? place + (int)offset : throw Beyond(bytes);

        private static ReadOnlySpan<byte> At(ReadOnlySpan<byte> bytes, int place, int count) =>
            place >= 0 && place <= bytes.Length - count ? bytes.Slice(place, count) : throw Beyond(bytes);

        private static InvalidDataException Beyond(ReadOnlySpan<byte> bytes) =>
            new(FormattableString.Invariant($"a message of {bytes.Length} bytes points beyond its end"));

        private int PlaceOf(int field)
        {
            var vtable = _start - (long)BinaryPrimitives.ReadInt32LittleEndian(At(_bytes, _start, sizeof(int)));
            var start = vtable is >= 0 and <= int.MaxValue ? (int)vtable : throw Beyond(_bytes);
            var slot = FieldsOfVTable + sizeof(ushort) * field;
            if (slot >= BinaryPrimitives.ReadUInt16LittleEndian(At(_bytes, start, sizeof(ushort))))
            {
                return 0;
            }

            var offset = BinaryPrimitives.ReadUInt16LittleEndian(At(_bytes, start + slot, sizeof(ushort)));
            return offset == 0 ? 0 : _start + offset;
        }
    }
}
