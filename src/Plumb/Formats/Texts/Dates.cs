using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// Dates and times: how long after an origin they are. A time without an offset is taken for universal time. Only what
/// can be read in one way is read: 1/2/2026 if the order is given, or shown by a date of the first rows such as
/// 13/2/2026.
/// </summary>
public sealed class Dates : TextReading
{
    private const decimal SecondsADay = 86_400;
    private readonly decimal _unit;
    private readonly decimal _origin;
    private readonly DateOrder? _given;
    private long _earliest = BitConverter.DoubleToInt64Bits(double.PositiveInfinity);
    private bool _showsDayFirst;
    private bool _showsMonthFirst;
    private bool? _hasOffsets;

    /// <summary>Dates since the beginning of 1970.</summary>
    /// <param name="unit">What the numbers count.</param>
    /// <param name="order">What comes first in 1/2/2026; null where the first rows must show it.</param>
    public Dates(DateUnit unit = DateUnit.Days, DateOrder? order = null) =>
        (Unit, _given, _unit) = (unit, order, unit switch
        {
            DateUnit.Hours => 3600,
            DateUnit.Minutes => 60,
            DateUnit.Seconds => 1,
            DateUnit.Years => 365.25m * SecondsADay,
            _ => SecondsADay,
        });

    /// <summary>Dates since an origin.</summary>
    /// <param name="origin">The date, or date and time, that is 0, as in 2026-11-29.</param>
    /// <param name="unit">What the numbers count.</param>
    /// <param name="order">What comes first in 1/2/2026; null where the first rows must show it.</param>
    /// <exception cref="ArgumentException">The origin is no date that can be read in one way.</exception>
    public Dates(string origin, DateUnit unit = DateUnit.Days, DateOrder? order = null)
        : this(unit, order)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _origin = Resolve(System.Text.Encoding.UTF8.GetBytes(origin.Trim())) is { } date ? date.Total + date.Fraction
            : throw new ArgumentException(
                $"'{Escaped.Of(origin)}' is not a date that can be read in one way; expected one such as 2026-11-29.",
                nameof(origin));
    }

    /// <summary>What the numbers count.</summary>
    public DateUnit Unit { get; }

    /// <summary>What comes first in 1/2/2026: as given, or as the first rows show; null where neither does.</summary>
    public DateOrder? Order => _given ?? (_showsDayFirst == _showsMonthFirst ? null
        : _showsDayFirst ? DateOrder.DayFirst : DateOrder.MonthFirst);

    /// <summary>
    /// The number of the earliest date read so far, on any thread; null before the first. All cells that were read
    /// count, those of rows left out as well.
    /// </summary>
    public double? Earliest => BitConverter.Int64BitsToDouble(Volatile.Read(ref _earliest)) is var earliest
        && double.IsFinite(earliest) ? earliest : null;

    /// <inheritdoc/>
    public override string Expected => Order switch
    {
        DateOrder.DayFirst => "a date such as 2026-11-29, or 29/11/2026 with the day first",
        DateOrder.MonthFirst => "a date such as 2026-11-29, or 11/29/2026 with the month first",
        _ => "a date such as 2026-11-29, 29.11.2026 or 29 Nov 2026, perhaps with a time such as 12:30:00",
    };

    /// <summary>The date of a number, as in 2026-11-29 or 2026-11-29T12:30:00.</summary>
    /// <param name="number">A number as the reading gives them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The date is before the year 1, or after 9999.</exception>
    public string TextOf(double number)
    {
        const double MostSeconds = 1e12;
        var seconds = number * (double)_unit + (double)_origin;
        if (!(Math.Abs(seconds) < MostSeconds))
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "a date is in the years 1 to 9999.");
        }

        var time = new DateTime(1970, 1, 1).AddTicks((long)Math.Round(seconds * 1e6) * 10);
        return time.TimeOfDay == TimeSpan.Zero ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override void Look(ReadOnlySpan<byte> cell)
    {
        if (WrittenDate.Of(cell) is not { } date)
        {
            return;
        }

        _hasOffsets ??= date.HasTime ? date.HasOffset : null;
        if (date.IsOpen)
        {
            var (dayFirst, monthFirst) = (date.In(DateOrder.DayFirst).Exists, date.In(DateOrder.MonthFirst).Exists);
            _showsDayFirst |= dayFirst && !monthFirst;
            _showsMonthFirst |= monthFirst && !dayFirst;
        }
    }

    /// <inheritdoc/>
    public override string ExpectedFor(ReadOnlySpan<byte> cell) => IsOpen(cell) is { } date
        ? string.Create(CultureInfo.InvariantCulture,
            $"a date that can be read in one way (with the day first it is {Iso(date.In(DateOrder.DayFirst))}, with "
                + $"the month first {Iso(date.In(DateOrder.MonthFirst))})")
        : WrittenDate.Of(cell) is { HasTime: true } time && _hasOffsets is { } has && time.HasOffset != has
        ? $"a time {(has ? "with" : "without")} an offset from universal time, as those of the first rows have"
            + $"{(has ? "" : " none")}"
        : Expected;

    /// <inheritdoc/>
    public override string RemedyFor(ReadOnlySpan<byte> cell) => IsOpen(cell) is null ? Remedy
        : $"{Remedies.ReadDayFirst}, or {Remedies.ReadMonthFirst}";

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> cell, out double number)
    {
        number = 0;
        if (Resolve(cell) is not { } date || (date.HasTime && date.HasOffset != (_hasOffsets ?? date.HasOffset)))
        {
            return false;
        }

        // A quotient of whole numbers is rounded once; with a fraction, to 28 digits before.
        number = date.Fraction == 0 && _origin == decimal.Truncate(_origin)
            ? (date.Total - (double)_origin) / (double)_unit
            : (double)((date.Total + date.Fraction - _origin) / _unit);
        Keep(number);
        return true;
    }

    private WrittenDate? Resolve(ReadOnlySpan<byte> cell)
    {
        if (WrittenDate.Of(cell) is not { } date)
        {
            return null;
        }

        if (date.IsOpen && Order is { } order)
        {
            date = date.In(order);
        }
        else if (date.IsOpen)
        {
            var (dayFirst, monthFirst) = (date.In(DateOrder.DayFirst), date.In(DateOrder.MonthFirst));
            return dayFirst.Exists == monthFirst.Exists ? null : dayFirst.Exists ? dayFirst : monthFirst;
        }

        return date.Exists ? date : null;
    }

    private WrittenDate? IsOpen(ReadOnlySpan<byte> cell) => Order is null
        && WrittenDate.Of(cell) is { IsOpen: true } date && date.In(DateOrder.DayFirst).Exists
        && date.In(DateOrder.MonthFirst).Exists ? date : null;

    private static string Iso(WrittenDate date) =>
        new DateOnly(date.Year, date.Month, date.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Keep(double number)
    {
        var earliest = Volatile.Read(ref _earliest);
        while (number < BitConverter.Int64BitsToDouble(earliest))
        {
            var found = Interlocked.CompareExchange(ref _earliest, BitConverter.DoubleToInt64Bits(number), earliest);
            if (found == earliest)
            {
                return;
            }

            earliest = found;
        }
    }
}
