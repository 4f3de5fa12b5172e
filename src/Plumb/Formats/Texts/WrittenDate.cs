namespace Plumb.Formats;

/// <summary>A date as it is written, and perhaps a time.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">The month, from 1; the first number where the order is not known.</param>
/// <param name="Day">The day, from 1; the second number where the order is not known.</param>
internal readonly record struct WrittenDate(int Year, int Month, int Day)
{
    private const int SecondsADay = 86_400;
    private const int MostFraction = 12; // digits
    private static readonly int s_start = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Whether two numbers come before the year, as in 1/2/2026.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Seconds since midnight, less those that the clock is ahead of universal time.</summary>
    public long Seconds { get; private init; }

    /// <summary>What the clock shows beyond whole seconds.</summary>
    public decimal Fraction { get; private init; }

    /// <summary>Whether there is a time.</summary>
    public bool HasTime { get; private init; }

    /// <summary>Whether it says how far the clock is ahead of universal time.</summary>
    public bool HasOffset { get; private init; }

    /// <summary>Whether there is such a day.</summary>
    public bool Exists => Year is >= 1 and <= 9999 && Month is >= 1 and <= 12 && Day >= 1
        && Day <= (Month == 2 ? IsLeap ? 29 : 28 : 30 + ((Month + Month / 8) & 1));

    private bool IsLeap => Year % 4 == 0 && (Year % 100 != 0 || Year % 400 == 0);

    /// <summary>Whole seconds since the beginning of 1970.</summary>
    public long Total => (new DateOnly(Year, Month, Day).DayNumber - s_start) * (long)SecondsADay + Seconds;

    /// <summary>The date with its two numbers in an order.</summary>
    public WrittenDate In(DateOrder order) => this with
    {
        IsOpen = false,
        Month = order == DateOrder.DayFirst ? Day : Month,
        Day = order == DateOrder.DayFirst ? Month : Day,
    };

    /// <summary>The date that a text is; null where it is none.</summary>
    public static WrittenDate? Of(ReadOnlySpan<byte> text)
    {
        var scanner = new DateScanner(text);
        var date = scanner.DigitsAhead() switch
        {
            4 => YearFirst(ref scanner),
            1 or 2 => YearLast(ref scanner),
            0 => NameFirst(ref scanner),
            _ => null,
        };
        return date is null || scanner.IsAtEnd ? date : WithTime(date.Value, ref scanner);
    }

    // 2026-11-29, 2026/11/29, 2026.11.29; 2026-11 is its first day.
    private static WrittenDate? YearFirst(ref DateScanner scanner)
    {
        var year = scanner.TakeDigits(4, 4);
        var separator = (char)scanner.Next;
        if (separator is not ('-' or '/' or '.') || !scanner.Take(separator))
        {
            return null;
        }

        var isLong = scanner.DigitsAhead() == 2;
        var month = scanner.TakeDigits(1, 2);
        if (month > 0 && scanner.IsAtEnd && separator == '-' && isLong)
        {
            return new WrittenDate((int)year, (int)month, 1);
        }

        var day = month > 0 && scanner.Take(separator) ? scanner.TakeDigits(1, 2) : -1;
        return day > 0 ? new WrittenDate((int)year, (int)month, (int)day) : null;
    }

    // 29.11.2026, 29 Nov 2026, 29-Nov-2026, 29Nov2026; 1/2/2026 and 1-2-2026, whose order is open.
    private static WrittenDate? YearLast(ref DateScanner scanner)
    {
        var first = (int)scanner.TakeDigits(1, 2);
        var separator = (char)scanner.Next;
        var separated = separator is '-' or '/' or '.' or ' ' && scanner.Take(separator);
        if (scanner.DigitsAhead() == 0)
        {
            var month = separator == '.' ? -1 : scanner.TakeMonth();
            var named = month > 0 && (!separated || scanner.Take(separator)) ? scanner.TakeDigits(4, 4) : -1;
            return named > 0 ? new WrittenDate((int)named, month, first) : null;
        }

        var second = separated && separator != ' ' ? (int)scanner.TakeDigits(1, 2) : -1;
        var year = second > 0 && scanner.Take(separator) ? scanner.TakeDigits(4, 4) : -1;
        return year <= 0 ? null
            : separator == '.' ? new WrittenDate((int)year, second, first)
            : new WrittenDate((int)year, first, second) { IsOpen = first != second };
    }

    // Nov 29, 2026.
    private static WrittenDate? NameFirst(ref DateScanner scanner)
    {
        var month = scanner.TakeMonth();
        var day = month > 0 && scanner.Take(' ') ? scanner.TakeDigits(1, 2) : -1;
        _ = scanner.Take(',');
        var year = day > 0 && scanner.Take(' ') ? scanner.TakeDigits(4, 4) : -1;
        return year > 0 ? new WrittenDate((int)year, month, (int)day) : null;
    }

    // T12:30, 12:30:00.5, 1:30 PM; Z, +02:00.
    private static WrittenDate? WithTime(WrittenDate date, ref DateScanner scanner)
    {
        if (!scanner.Take('T') && !scanner.Take('t') && !scanner.Take(' '))
        {
            return null;
        }

        var hour = scanner.TakeDigits(1, 2);
        var minute = scanner.Take(':') ? scanner.TakeDigits(2, 2) : -1;
        var second = minute >= 0 && scanner.Take(':') ? scanner.TakeDigits(2, 2) : 0;
        var fraction = 0m;
        if (scanner.Next is (byte)'.' or (byte)',' && scanner.Take((char)scanner.Next))
        {
            var digits = scanner.DigitsAhead();
            var number = scanner.TakeDigits(1, MostFraction);
            (fraction, second) = number < 0 ? (0, -1) : (number / (decimal)Math.Pow(10, digits), second);
        }

        hour = HalfDay(hour, ref scanner);
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return null;
        }

        var (offset, hasOffset) = (0L, !scanner.IsAtEnd);
        if (hasOffset && !TakeOffset(ref scanner, out offset))
        {
            return null;
        }

        return date with
        {
            HasTime = true,
            HasOffset = hasOffset,
            Seconds = 3600 * hour + 60 * minute + second - offset,
            Fraction = fraction,
        };
    }

    private static long HalfDay(long hour, ref DateScanner scanner)
    {
        var rest = scanner;
        _ = rest.Take(' ');
        var isAfter = rest.TakeWord("PM");
        if (!isAfter && !rest.TakeWord("AM"))
        {
            return hour;
        }

        scanner = rest;
        return hour is < 1 or > 12 ? -1 : hour % 12 + (isAfter ? 12 : 0);
    }

    private static bool TakeOffset(ref DateScanner scanner, out long seconds)
    {
        _ = scanner.Take(' ');
        seconds = 0;
        if (scanner.TakeWord("Z") || scanner.TakeWord("UTC") || scanner.TakeWord("GMT"))
        {
            return scanner.IsAtEnd;
        }

        var isBehind = scanner.Next == '-';
        if (!scanner.Take('+') && !scanner.Take('-'))
        {
            return false;
        }

        var digits = scanner.DigitsAhead();
        var hours = scanner.TakeDigits(2, 4);
        var minutes = digits == 4 ? hours % 100 : 0;
        hours = digits == 4 ? hours / 100 : hours;
        if (digits == 2 && scanner.Take(':'))
        {
            minutes = scanner.TakeDigits(2, 2);
        }

        seconds = (isBehind ? -1 : 1) * (3600 * hours + 60 * minutes);
        return scanner.IsAtEnd && digits != 3 && hours is >= 0 and <= 18 && minutes is >= 0 and <= 59;
    }
}
