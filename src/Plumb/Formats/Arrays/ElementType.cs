using System.Buffers.Binary;

namespace Plumb.Formats;

/// <summary>A type of number in a binary file, widened exactly to doubles where doubles hold it.</summary>
/// <param name="Name">What it is called, such as float32.</param>
/// <param name="Bytes">The bytes of one number.</param>
/// <param name="SignificandBits">The bits that it keeps of a number, at most the 53 of a double.</param>
/// <param name="Read">The number that little-endian bytes hold.</param>
internal sealed record ElementType(string Name, int Bytes, int SignificandBits, ElementType.Reader Read)
{
    public delegate double Reader(ReadOnlySpan<byte> littleEndian);

    public const int DoubleBits = 53;

    public static ElementType Float16 { get; } = new("float16", 2, 11,
        bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes));

    public static ElementType BFloat16 { get; } = new("bfloat16", 2, 8,
        bytes => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16));

    public static ElementType Float32 { get; } = new("float32", 4, 24,
        bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes));

    public static ElementType Float64 { get; } = new("float64", 8, DoubleBits, BinaryPrimitives.ReadDoubleLittleEndian);

    public static ElementType Int8 { get; } = new("int8", 1, DoubleBits, bytes => (sbyte)bytes[0]);

    public static ElementType Int16 { get; } = new("int16", 2, DoubleBits,
        bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes));

    public static ElementType Int32 { get; } = new("int32", 4, DoubleBits,
        bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes));

    public static ElementType Int64 { get; } = new("int64", 8, DoubleBits,
        bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes));

    public static ElementType UInt8 { get; } = new("uint8", 1, DoubleBits, bytes => bytes[0]);

    public static ElementType UInt16 { get; } = new("uint16", 2, DoubleBits,
        bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes));

    public static ElementType UInt32 { get; } = new("uint32", 4, DoubleBits,
        bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes));

    public static ElementType UInt64 { get; } = new("uint64", 8, DoubleBits,
        bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes));

    /// <summary>Truth values, a byte each.</summary>
    public static ElementType Boolean { get; } = new("bool", 1, DoubleBits, bytes => bytes[0] == 0 ? 0 : 1);

    /// <summary>Whether it holds whole numbers that doubles do not.</summary>
    public bool MayExceedDoubles => this == Int64 || this == UInt64;
}
