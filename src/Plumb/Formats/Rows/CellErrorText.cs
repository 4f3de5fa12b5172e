using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>Why a cell is not a number, and what to do about it.</summary>
/// <param name="Reason">Goes after "holds '...', ".</param>
/// <param name="Remedy">Half a sentence.</param>
internal sealed record CellErrorText(string Reason, string Remedy)
{
    /// <summary>What several such cells are.</summary>
    public string Others { get; init; } = "are not numbers";

    /// <summary>The complaint about an infinity.</summary>
    public static readonly CellErrorText NotFinite = new("which is not a finite number",
        "correct it, or mark it as missing");

    /// <summary>The complaint about a number beyond the doubles.</summary>
    public static readonly CellErrorText Overflow = new("which is too large for a double (the largest is 1.8e308)",
        "give the column in a larger unit");

    private const int MaxLookedAt = 256; // no number, date or word is longer; a long text need not be searched

    /// <summary>The complaint about a cell that is neither a number nor a missing value.</summary>
    /// <param name="cell">The cell, trimmed.</param>
    /// <param name="outcome">What became of reading it as a number.</param>
    /// <param name="offset">Where the cell begins in the file, in bytes.</param>
    /// <param name="separator">Of decimals, as numbers are written.</param>
    /// <param name="delimiter">How fields are separated.</param>
    public static CellErrorText About(ReadOnlySpan<byte> cell, DecimalOutcome outcome, long offset, char separator,
        char delimiter)
    {
        if (outcome == DecimalOutcome.Overflow)
        {
            return Overflow;
        }

        if (outcome == DecimalOutcome.TooManyDigits)
        {
            return new(
                string.Create(CultureInfo.InvariantCulture,
                    $"which has more than the {DecimalNumber.MostDigits} significant digits that a decimal may have"),
                "shorten it, or " + Remedies.ReadNearestDoubles);
        }

        if (outcome == DecimalOutcome.TooFarFromPoint)
        {
            return new(
                string.Create(CultureInfo.InvariantCulture,
                    $"whose last digit is more than {DecimalNumber.MostDecimals} places from the point"),
                "give the column in another unit, or " + Remedies.ReadNearestDoubles);
        }

        if (NotUtf8(cell, offset) is { } complaint)
        {
            return complaint;
        }

        var text = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, MaxLookedAt)]);
        return AboutAmount(text) ?? AboutCharacters(text) ?? NumberComplaints.About(text, separator, delimiter)
            ?? AboutWords(text) ?? new("which is not a number", "correct it, or " + Remedies.LeaveColumnOut);
    }

    /// <summary>The complaint about a cell that a reading refuses.</summary>
    /// <param name="cell">The cell, trimmed.</param>
    /// <param name="reading">What was expected of it.</param>
    /// <param name="offset">Where the cell begins in the file, in bytes.</param>
    public static CellErrorText About(ReadOnlySpan<byte> cell, TextReading reading, long offset) =>
        (NotUtf8(cell, offset) ?? new("expected " + reading.ExpectedFor(cell), reading.RemedyFor(cell))) with
        {
            Others = "cannot be read",
        };

    private static CellErrorText? NotUtf8(ReadOnlySpan<byte> cell, long offset) =>
        Utf8Text.InvalidAt(cell) is >= 0 and var invalid
            ? new(FormattableString.Invariant($"which is not valid UTF-8 (byte {offset + invalid})"),
                Utf8Text.Remedy)
            : null;

    private static CellErrorText? AboutAmount(string text) => AmountText.Of(text) is { } amount
        ? new($"which has the sign {amount.Sign}, where others of the column have another or none",
            "write the same sign in every cell of the column, or in none")
        : null;

    private static CellErrorText? AboutCharacters(string text)
    {
        var foreign = text.EnumerateRunes().FirstOrDefault(rune => !rune.IsAscii);
        var rest = Encoding.ASCII.GetBytes([.. text.Where(char.IsAscii)]);
        var odd = foreign.Value != 0
            && (DecimalExact.LooksNumeric(rest.AsSpan().Trim((byte)' ')) || rest.AsSpan().Trim((byte)' ').IsEmpty);
        const int Minus = 0x2212;
        return odd && !Rune.IsLetter(foreign)
            ? new(FormattableString.Invariant($"which is not a number because of the character U+{foreign.Value:X4}"),
                foreign.Value == Minus ? "it is a minus sign: convert it to '-' in the file"
                    : "replace that character in the file")
            : null;
    }

    private static CellErrorText? AboutWords(string text)
    {
        var lower = text.ToLowerInvariant();
        if (IsDate(lower))
        {
            return new("which is a date or a time, not a number",
                "give it as a number, such as days since a start, or " + Remedies.LeaveColumnOut);
        }

        return lower switch
        {
            "true" or "false" or "yes" or "no" or "t" or "f" or "y"
                or "n" => new("which is a truth value, not a number", "encode it as 1 and 0"),
            _ when lower.TrimStart('+', '-') is "inf" or "infinity" or "1.#inf" or "1.#inf00" => NotFinite,
            _ when lower.StartsWith("0x", StringComparison.Ordinal)
                || lower.Contains('_', StringComparison.Ordinal)
                    && lower.All(c => char.IsAsciiDigit(c) || c is '_' or '.')
                => new("which is not a number in decimal notation", "write it in decimal digits alone"),
            _ when lower.StartsWith('#') =>
                new("which is not a number", "if this is a comment, " + Remedies.SkipComments),
            _ => null,
        };
    }

    // Groups of digits: 2024-01-31, 2024-01, 31.1.2024, 1/31/24, 12:30, 2024-01-31T12:30:00Z; not 1.2.3, nor 1/2.
    public static bool IsDate(string text)
    {
        var parts = text.Split('-', '/', '.', ':', ' ', 't', 'z', '+');
        return parts.Length is >= 2 and <= 8
            && text.AsSpan().ContainsAny("-/.:")
            && parts.All(part => part.Length <= 9 && part.All(char.IsAsciiDigit))
            && parts[0].Length is 1 or 2 or 4
            && parts[1].Length is 1 or 2
            && (parts.Length > 2 || text.Contains(':', StringComparison.Ordinal)
                || (parts[0].Length == 4 && parts[1].Length == 2))
            && parts.Any(part => part.Length >= 2)
            && !NumberLike.LacksItsE(text);
    }
}
