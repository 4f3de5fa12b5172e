using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Plumb.Arrow;

/// <summary>Values of a column as texts: times as ISO 8601 has them.</summary>
internal static class ArrowTexts
{
    private const long MillisecondsPerDay = 86_400_000;

    /// <summary>A value that is a text or a time.</summary>
    /// <param name="array">The column.</param>
    /// <param name="row">Its row.</param>
    /// <param name="text">Room for a time.</param>
    public static ReadOnlySpan<byte> Of(IArrowArray array, int row, Span<byte> text) => array switch
    {
        StringArray texts => texts.GetBytes(row, out _),
        LargeStringArray texts => texts.GetBytes(row, out _),
        StringViewArray texts => texts.GetBytes(row, out _),
        Date32Array dates => Written(IsoTime.Date(dates.Values[row], text), text),
        Date64Array dates => Written(IsoTime.Date((long)Math.Floor((decimal)dates.Values[row] / MillisecondsPerDay),
            text), text),
        TimestampArray times => Written(TimeOf(times.Values[row], (TimestampType)times.Data.DataType, text), text),
        _ => throw new InvalidOperationException(
            $"a column of type {array.Data.DataType.Name} was read as texts; this is a defect."),
    };

    /// <summary>Whether a column's values are texts, and no levels of a category.</summary>
    public static bool IsText(IArrowType type) =>
        type.TypeId is ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView;

    /// <summary>The first texts of a column; those that are missing are left out.</summary>
    public static IReadOnlyList<string> First(IArrowArray array, int most) =>
        [.. Enumerable.Range(0, Math.Min(most, array.Length)).Where(row => !array.IsNull(row))
            .Select(row => Encoding.UTF8.GetString(Of(array, row, [])))];

    /// <summary>A number, the shortest text that is this double's; or a truth value.</summary>
    public static ReadOnlySpan<byte> OfNumber(IArrowArray array, double number, Span<byte> text)
    {
        if (array is BooleanArray)
        {
            return number == 0 ? "false"u8 : "true"u8;
        }

        number.TryFormat(text, out var written, "R", CultureInfo.InvariantCulture);
        return text[..written];
    }

    private static int TimeOf(long count, TimestampType type, Span<byte> text) => IsoTime.DateTimeOf(count,
        type.Unit switch
        {
            TimeUnit.Second => 1,
            TimeUnit.Millisecond => 1_000,
            TimeUnit.Microsecond => 1_000_000,
            _ => 1_000_000_000,
        }, !string.IsNullOrEmpty(type.Timezone), text);

    // A time beyond the calendar is no text of a date, but something to be refused.
    private static ReadOnlySpan<byte> Written(int count, Span<byte> text) => count > 0 ? text[..count] : "infinity"u8;
}
