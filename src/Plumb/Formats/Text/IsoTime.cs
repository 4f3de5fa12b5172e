using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Plumb.Formats;

/// <summary>Dates and times that a typed format counts from 1970, as ISO 8601 writes them.</summary>
internal static class IsoTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long SecondsPerDay = 86400;
    private const long FirstDay = -719162; // 0001-01-01
    private const long LastDay = 2932896; // 9999-12-31

    /// <summary>The longest text.</summary>
    public const int MostBytes = 40;

    /// <summary>Writes a date, such as 2026-11-29.</summary>
    /// <param name="days">Since 1970-01-01.</param>
    /// <param name="text">Receives it.</param>
    /// <returns>Its length; 0 where it is not in the years 1 to 9999.</returns>
    public static int Date(long days, Span<byte> text)
    {
        if (days is < FirstDay or > LastDay)
        {
            return 0;
        }

        Utf8.TryWrite(text, CultureInfo.InvariantCulture,
            $"{DateOnly.FromDayNumber((int)(days - FirstDay)):yyyy-MM-dd}", out var written);
        return written;
    }

    /// <summary>Writes a date with its time, such as 2026-11-29T17:30:00.25.</summary>
    /// <param name="count">How many units since 1970-01-01T00:00:00.</param>
    /// <param name="unitsPerSecond">A power of ten, up to 10^9.</param>
    /// <param name="isUtc">Whether it is an instant, which Z is written behind.</param>
    /// <param name="text">Receives it.</param>
    /// <returns>Its length; 0 where it is not in the years 1 to 9999.</returns>
    public static int DateTimeOf(long count, long unitsPerSecond, bool isUtc, Span<byte> text)
    {
        var seconds = Math.DivRem(count, unitsPerSecond, out var rest);
        (seconds, rest) = rest < 0 ? (seconds - 1, rest + unitsPerSecond) : (seconds, rest);
        if (seconds < FirstDay * SecondsPerDay || seconds >= (LastDay + 1) * SecondsPerDay)
        {
            return 0;
        }

        var nanoseconds = rest * (NanosecondsPerSecond / unitsPerSecond);
        var (days, second) = Math.DivRem(seconds, SecondsPerDay);
        (days, second) = second < 0 ? (days - 1, second + SecondsPerDay) : (days, second);
        var written = Date(days, text);
        Utf8.TryWrite(text[written..], CultureInfo.InvariantCulture,
            $"T{second / 3600:D2}:{second / 60 % 60:D2}:{second % 60:D2}", out var more);
        written += more;
        if (nanoseconds > 0)
        {
            var fraction = nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
            written += Encoding.ASCII.GetBytes("." + fraction, text[written..]);
        }

        if (isUtc)
        {
            text[written++] = (byte)'Z';
        }

        return written;
    }
}
