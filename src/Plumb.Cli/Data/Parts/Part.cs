using System.Globalization;

namespace Plumb.Cli;

/// <summary>One of several parts into which data are cut, so that as many processes read them.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Count">How many there are.</param>
internal sealed record Part(int Number, int Count)
{
    /// <summary>More are not needed, and their files would be many.</summary>
    public const int Most = 1_000_000;

    /// <summary>A part as it is typed, such as 7/64; null where it is none.</summary>
    public static Part? TryParse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && TryWhole(text.AsSpan(0, slash), out var number)
            && TryWhole(text.AsSpan(slash + 1), out var count) && number >= 1 && count >= number && count <= Most
            ? new Part(number, count) : null;
    }

    /// <summary>Where it begins and ends among so many places; the parts hold each place once.</summary>
    public (long From, long To) Within(long places) =>
        ((long)((Int128)places * (Number - 1) / Count), (long)((Int128)places * Number / Count));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static bool TryWhole(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
