using System.Buffers.Binary;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Arrays;
using Apache.Arrow.Types;

namespace Plumb.Arrow;

/// <summary>Values of one column of a record batch, as doubles.</summary>
internal static class ArrowColumn
{
    /// <summary>Whether a type holds numbers or truth values.</summary>
    public static bool IsNumeric(IArrowType type) => type.TypeId is
        ArrowTypeId.Boolean or ArrowTypeId.UInt8 or ArrowTypeId.Int8 or ArrowTypeId.UInt16 or ArrowTypeId.Int16
            or ArrowTypeId.UInt32 or ArrowTypeId.Int32 or ArrowTypeId.UInt64 or ArrowTypeId.Int64
        or ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal32
            or ArrowTypeId.Decimal64 or ArrowTypeId.Decimal128 or ArrowTypeId.Decimal256;

    /// <summary>What a type holds, for a message.</summary>
    public static string Words(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView or ArrowTypeId.Dictionary => "text",
        ArrowTypeId.Date32 or ArrowTypeId.Date64 => "dates",
        ArrowTypeId.Timestamp => "dates with times",
        ArrowTypeId.Time32 or ArrowTypeId.Time64 => "times of the day",
        ArrowTypeId.Duration or ArrowTypeId.Interval => "spans of time",
        ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView or ArrowTypeId.FixedSizedBinary =>
            "bytes",
        ArrowTypeId.List or ArrowTypeId.LargeList or ArrowTypeId.ListView or ArrowTypeId.FixedSizeList => "lists",
        _ => $"values of type {type.Name}",
    };

    /// <summary>Reads values.</summary>
    /// <param name="array">The column.</param>
    /// <param name="start">The first value.</param>
    /// <param name="values">Receives the values; <see cref="ColumnBlocks.Missing"/> where there is none.</param>
    /// <param name="blocks">Counts what doubles do not hold.</param>
    public static void Read(IArrowArray array, int start, Span<double> values, ColumnBlocks blocks)
    {
        switch (array)
        {
            case BooleanArray truths:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = truths.GetValue(start + i) is true ? 1 : 0;
                }

                break;
            case UInt8Array numbers:
                Widen(numbers.Values[start..], values);
                break;
            case Int8Array numbers:
                Widen(numbers.Values[start..], values);
                break;
            case UInt16Array numbers:
                Widen(numbers.Values[start..], values);
                break;
            case Int16Array numbers:
                Widen(numbers.Values[start..], values);
                break;
            case UInt32Array numbers:
                Widen(numbers.Values[start..], values);
                break;
            case Int32Array numbers:
                Widen(numbers.Values[start..], values);
                break;
            case HalfFloatArray numbers:
                Widen(numbers.Values[start..], values);
                break;
            case FloatArray numbers:
                Widen(numbers.Values[start..], values);
                break;
            case DoubleArray numbers:
                numbers.Values.Slice(start, values.Length).CopyTo(values);
                break;
            case Int64Array numbers:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = array.IsNull(start + i) ? 0
                        : blocks.Counted(ScaledInteger.ToDouble(numbers.Values[start + i]));
                }

                break;
            case UInt64Array numbers:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = array.IsNull(start + i) ? 0
                        : blocks.Counted(ScaledInteger.ToDouble((UInt128)numbers.Values[start + i]));
                }

                break;
            case NullArray:
                values.Fill(ColumnBlocks.Missing);
                break;
            case FixedSizeBinaryArray decimals:
                ReadDecimals(decimals, start, values, blocks);
                break;
            default:
                throw new InvalidOperationException(
                    $"a column of type {array.Data.DataType.Name} was read as numbers; this is a defect.");
        }

        for (var i = 0; i < values.Length && array.NullCount != 0; i++)
        {
            if (array.IsNull(start + i))
            {
                values[i] = ColumnBlocks.Missing;
            }
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> data, Span<double> values)
        where T : unmanaged, INumberBase<T>
    {
        data = data[..values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = double.CreateTruncating(data[i]); // exact: these types have at most 32 bits
        }
    }

    private static void ReadDecimals(FixedSizeBinaryArray decimals, int start, Span<double> values, ColumnBlocks blocks)
    {
        var type = (FixedSizeBinaryType)decimals.Data.DataType;
        var scale = type switch
        {
            Decimal32Type it => it.Scale,
            Decimal64Type it => it.Scale,
            Decimal128Type it => it.Scale,
            _ => ((Decimal256Type)type).Scale
        };
        for (var i = 0; i < values.Length; i++)
        {
            if (decimals.IsNull(start + i))
            {
                continue;
            }

            var bytes = decimals.ValueBuffer.Span.Slice((decimals.Offset + start + i) * type.ByteWidth, type.ByteWidth);
            values[i] = blocks.Counted(type.ByteWidth switch
            {
                4 => ScaledInteger.ToDouble(BinaryPrimitives.ReadInt32LittleEndian(bytes), scale),
                8 => ScaledInteger.ToDouble(BinaryPrimitives.ReadInt64LittleEndian(bytes), scale),
                16 => ScaledInteger.ToDouble(BinaryPrimitives.ReadInt128LittleEndian(bytes), scale),
                _ => ScaledInteger.ToDouble(new BigInteger(bytes), scale),
            });
        }
    }
}
