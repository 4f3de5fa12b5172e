using System.Globalization;

namespace Plumb.Cli;

/// <summary>
/// Reads a column as a category: codes in order of arrival while its levels are learned, and their places in their
/// order once they are settled.
/// </summary>
/// <param name="levels">The levels.</param>
/// <param name="ofNumbers">Whether they are numbers, so that 4 and 4.0 are one.</param>
internal sealed class CategoryReading(Levels levels, bool ofNumbers) : TextReading
{
    private int[]? _places; // of codes, once settled
    private int _count;
    private string _remedy = "correct it, or " + Remedies.LeaveColumnOut;

    /// <summary>Whether texts that are no levels count as missing, and are not refused.</summary>
    public bool UnseenIsMissing { get; init; }

    /// <summary>Whether the levels are numbers.</summary>
    public bool OfNumbers => ofNumbers;

    /// <summary>The levels, by code.</summary>
    public Levels Levels => levels;

    /// <summary>Whether there were more texts than there may be levels.</summary>
    public bool IsOverfull { get; private set; }

    /// <inheritdoc/>
    public override string Expected => levels.Expected;

    /// <inheritdoc/>
    public override string Remedy => _remedy;

    /// <summary>The reading of a category whose levels are known.</summary>
    /// <param name="category">The category.</param>
    /// <param name="unseenIsMissing">Whether other texts count as missing; null where nobody can ask for that.</param>
    public static CategoryReading Of(ColumnMeaning.Category category, bool? unseenIsMissing)
    {
        var reading = new CategoryReading(Levels.Of(category.Names), category.OfNumbers)
        {
            UnseenIsMissing = unseenIsMissing == true,
            _remedy = "correct it, or " + (unseenIsMissing is null ? "leave such rows out" : Remedies.LeaveUnseenEmpty),
        };
        reading.Settle([.. Enumerable.Range(0, category.Names.Count)]);
        return reading;
    }

    /// <summary>From now on, gives each of these codes its place in this order, and others the place behind.</summary>
    public void Settle(IReadOnlyList<int> order)
    {
        levels.Freeze();
        var places = Enumerable.Repeat(order.Count, levels.Count).ToArray();
        foreach (var (place, code) in order.Index())
        {
            places[code] = place;
        }

        (_places, _count) = (places, order.Count);
    }

    /// <summary>What a code has become.</summary>
    public double PlaceOf(double code) => _places![(int)code];

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> cell, out double number)
    {
        var code = ofNumbers && InOneForm(cell) is { } text ? levels.CodeOf(text)
            : levels.TryRead(cell, out var read) ? (int)read : -1;
        var isLevel = code >= 0;
        if (_places is null)
        {
            number = code;
            IsOverfull |= !isLevel;
            return isLevel;
        }

        number = isLevel ? _places[code] : _count;
        return isLevel || UnseenIsMissing;
    }

    /// <summary>A number as it is written shortest; null for what is none, or a code such as 007.</summary>
    private static string? InOneForm(ReadOnlySpan<byte> cell)
    {
        var isCode = cell is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..];
        return !isCode && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) ? (value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture) : null;
    }
}
