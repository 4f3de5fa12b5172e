using System.Globalization;
using DuckDB.NET.Native;

namespace Plumb.DuckDb;

/// <summary>The values of one column in one chunk of a result, as texts: times as ISO 8601 has them.</summary>
/// <param name="handle">DuckDB's vector.</param>
/// <param name="column">The column.</param>
/// <param name="length">The number of values.</param>
internal readonly unsafe ref struct DuckDbTexts(nint handle, DuckDbColumn column, int length)
{
    private const int InlineBytes = 12; // a shorter text lies beside its length, a longer one elsewhere
    private readonly byte* _data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(handle);
    private readonly Span<byte> _text = new byte[IsoTime.MostBytes];

    /// <summary>A value.</summary>
    public ReadOnlySpan<byte> this[int index] => index >= length ? [] : column.Type switch
    {
        DuckDBType.Varchar => TextAt(index),
        DuckDBType.Enum => column.Levels[column.Stored switch
        {
            DuckDBType.UnsignedTinyInt => _data[index],
            DuckDBType.UnsignedSmallInt => ((ushort*)_data)[index],
            _ => (int)((uint*)_data)[index],
        }],
        DuckDBType.Date => Written(IsoTime.Date(((int*)_data)[index], _text)),
        DuckDBType.TimestampS => Time(index, 1),
        DuckDBType.TimestampMs => Time(index, 1_000),
        DuckDBType.TimestampNs => Time(index, 1_000_000_000),
        _ => Time(index, 1_000_000),
    };

    /// <summary>A number as a text: the shortest that is this double's.</summary>
    public ReadOnlySpan<byte> OfNumber(double number)
    {
        if (column.Type == DuckDBType.Boolean)
        {
            return number == 0 ? "false"u8 : "true"u8;
        }

        number.TryFormat(_text, out var written, "R", CultureInfo.InvariantCulture);
        return _text[..written];
    }

    private ReadOnlySpan<byte> Time(int index, long unitsPerSecond) => Written(IsoTime.DateTimeOf(
        ((long*)_data)[index], unitsPerSecond, column.Type == DuckDBType.TimestampTz, _text));

    // A time beyond the calendar is no text of a date, but something to be refused.
    private ReadOnlySpan<byte> Written(int count) => count > 0 ? _text[..count] : "infinity"u8;

    private ReadOnlySpan<byte> TextAt(int index)
    {
        var text = _data + 16 * index;
        var bytes = *(int*)text;
        return new ReadOnlySpan<byte>(bytes <= InlineBytes ? text + 4 : *(byte**)(text + 8), bytes);
    }
}
