using System.Globalization;
using System.Text;
using Plumb.Numerics;

namespace Plumb.Formats;

/// <summary>Looks at the values of a column, one after another.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">What it seems to hold by its type or its first rows.</param>
/// <param name="mostDifferent">How many different values are counted.</param>
/// <param name="order">What comes first in dates such as 1/2/2026; null where others must show it.</param>
/// <param name="amounts">Reads numbers with signs.</param>
internal sealed class ColumnProfile(string name, ColumnKind kind, int mostDifferent, DateOrder? order, Amounts amounts)
{
    private const int MostLevels = 100; // that are named
    private const ulong Prime = 1099511628211; // FNV-1a
    private readonly Dictionary<double, long> _numbers = [];
    private readonly Dictionary<string, long> _texts = new(StringComparer.Ordinal);
    private ExactSum _sum;
    private (long Missing, long Numbers, long Texts) _count;
    private (double Smallest, double Largest) _range = (double.PositiveInfinity, double.NegativeInfinity);
    private (string Text, long Row)? _firstText;
    private double _last = double.NaN;
    private bool _steps = true;
    private bool _isWhole = true;
    private bool _isCounted = true; // whether all different values are

    /// <summary>A number that is the same for columns that hold the same on every row.</summary>
    public ulong Content { get; private set; } = 14695981039346656037;

    /// <summary>Adds a missing value.</summary>
    public void AddMissing()
    {
        _count.Missing++;
        Mix(0x9E3779B97F4A7C15);
    }

    /// <summary>Adds a number.</summary>
    public void Add(double number)
    {
        number += 0.0; // -0 is 0
        _count.Numbers++;
        _sum.Add(number);
        _range = (Math.Min(_range.Smallest, number), Math.Max(_range.Largest, number));
        _isWhole &= double.IsInteger(number);
        _steps &= _count.Numbers == 1 || number == _last + 1;
        _last = number;
        Count(_numbers, number);
        Mix(BitConverter.DoubleToUInt64Bits(number));
    }

    /// <summary>Adds what is not a number.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        _count.Texts++;
        var cell = Encoding.UTF8.GetString(text);
        _firstText ??= (cell, _count.Missing + _count.Numbers + _count.Texts);
        Count(_texts, cell);
        foreach (var value in text)
        {
            Mix(value);
        }

        Mix(0xFF); // ends a text
    }

    /// <summary>What was seen.</summary>
    public ColumnLook ToLook()
    {
        var hasNumbers = _count.Numbers > 0;
        var isNumber = kind is ColumnKind.Number;
        var (dates, unread) = AsRead();
        var isAmount = kind == ColumnKind.Amount && unread is null && _isCounted && _texts.Count > 0;
        return new ColumnLook(name, kind)
        {
            Values = _count.Numbers + _count.Texts,
            Missing = _count.Missing,
            Different = _isCounted ? _numbers.Count + _texts.Count : null,
            Smallest = hasNumbers || isAmount ? _range.Smallest : double.NaN,
            Largest = hasNumbers || isAmount ? _range.Largest : double.NaN,
            Mean = hasNumbers ? Dyadic.Ratio(_sum.Value, _count.Numbers)
                : isAmount ? Dyadic.Ratio(_sum.Value, _count.Texts) : double.NaN,
            Sign = isAmount ? amounts.Sign : null,
            Levels = isNumber && (hasNumbers || _count.Texts == 0) ? [] : LevelsOf(),
            Dates = dates,
            FirstUnread = unread,
            NotNumbers = isNumber ? _count.Texts : 0,
            FirstNotNumber = isNumber ? _firstText : null,
            Counts = _steps && _count is { Missing: 0, Texts: 0, Numbers: >= 3 },
            IsWhole = _isWhole && hasNumbers,
            MissingCode = isNumber && _isCounted ? FarCode() : null,
        };
    }

    private void Count<T>(Dictionary<T, long> counts, T value)
        where T : notnull
    {
        if (counts.TryGetValue(value, out var rows))
        {
            counts[value] = rows + 1;
        }
        else if (_numbers.Count + _texts.Count < mostDifferent)
        {
            counts.Add(value, 1);
        }
        else
        {
            _isCounted = false;
        }
    }

    // The first and the last date, and the first text that a fit would refuse.
    private ((string First, string Last)? Dates, UnreadCell? Unread) AsRead()
    {
        TextReading? reading = kind switch
        {
            ColumnKind.Date => new Dates(order: order),
            ColumnKind.TruthValue => new TruthValues(),
            ColumnKind.Amount => amounts,
            _ => null,
        };
        if (reading is null || _texts.Count == 0)
        {
            return (null, null);
        }

        byte[][] cells = [.. _texts.Keys.Concat(_numbers.Keys.Select(ShortestOf)).Select(Encoding.UTF8.GetBytes)];
        foreach (var cell in cells)
        {
            reading.Look(cell);
        }

        var (first, last) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var cell in cells)
        {
            if (!reading.TryRead(cell, out var number))
            {
                return (null, new(Encoding.UTF8.GetString(cell), reading.ExpectedFor(cell), reading.RemedyFor(cell)));
            }

            (first, last) = (Math.Min(first, number), Math.Max(last, number));
            if (kind == ColumnKind.Amount)
            {
                AddAmount(cell, number);
            }
        }

        return (reading is Dates dates && _isCounted ? (dates.TextOf(first), dates.TextOf(last)) : null, null);
    }

    private void AddAmount(byte[] text, double number)
    {
        for (var rows = _texts.GetValueOrDefault(Encoding.UTF8.GetString(text)); rows > 0; rows--)
        {
            _sum.Add(number);
        }

        _range = (Math.Min(_range.Smallest, number), Math.Max(_range.Largest, number));
        _isWhole &= double.IsInteger(number);
    }

    private static string ShortestOf(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private void Mix(ulong value) => Content = (Content ^ value ^ (value >> 32)) * Prime;

    private List<LevelRows> LevelsOf() =>
        [.. _texts.Concat(_numbers.Select(number =>
                KeyValuePair.Create(ShortestOf(number.Key), number.Value)))
            .OrderByDescending(level => level.Value).ThenBy(level => level.Key, StringComparer.Ordinal)
            .Take(MostLevels).Select(level => new LevelRows(level.Key, level.Value))];

    // The smallest or the largest number, where it is farther from the next than all others are from each other.
    private double? FarCode()
    {
        if (_numbers.Count < 4)
        {
            return null;
        }

        var sorted = _numbers.Keys.Order().ToArray();
        var low = IsFar(sorted[0], sorted[1], sorted[^1]);
        return low || IsFar(sorted[^1], sorted[^2], sorted[0]) ? low ? sorted[0] : sorted[^1] : null;
    }

    private bool IsFar(double far, double next, double last)
    {
        var isCode = double.IsInteger(far) && _numbers[far] >= 2;
        var ratio = Math.Abs(far - next) / Math.Abs(next - last);
        return isCode && (ratio > 2 || (ratio > 0.5 && IsNines(far)));
    }

    private static bool IsNines(double value) => Math.Abs(value) is 99 or 999 or 9999 or 99999 or 999999;
}
