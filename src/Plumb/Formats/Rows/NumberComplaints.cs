using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>What is to be said of a text that is a number in a spelling that is not read.</summary>
internal static class NumberComplaints
{
    /// <summary>The complaint; null where the text is no such number.</summary>
    /// <param name="text">The cell, trimmed.</param>
    /// <param name="separator">Of decimals.</param>
    /// <param name="delimiter">Of fields.</param>
    public static CellErrorText? About(string text, char separator, char delimiter) =>
        AboutSeparators(text, separator, delimiter) ?? AboutSigns(text, separator) ?? AboutExponents(text, separator);

    private static CellErrorText? AboutSeparators(string text, char separator, char delimiter)
    {
        var other = separator == '.' ? ',' : '.';
        // A field can hold its delimiter in quotes only.
        var decimals = delimiter == other ? Remedies.ReadDecimalsAndFields(other) : Remedies.ReadDecimals(other);
        if (IsNumber(text, other))
        {
            return !IsGrouped(text, separator, other)
                ? new(Invariant($"which is not a number with the decimal separator '{separator}'"),
                    decimals)
                : new(
                    Invariant($"which is {text.Replace($"{other}", "", StringComparison.Ordinal)} if '{other}' ")
                        + $"separates thousands, and {text.Replace(other, '.')} if it is the decimal separator",
                    $"{Remedies.ReadThousands(other)}, or {decimals}");
        }

        foreach (var mark in (char[])[other, ' ', '\'', '_'])
        {
            if (IsGrouped(text, separator, mark))
            {
                return new("which is not a number because of its thousands separators",
                    Remedies.ReadThousands(mark));
            }

            var thousands = mark == other ? separator : mark;
            if (IsGrouped(text, other, thousands))
            {
                return new("which is not a number because of its thousands separators",
                    $"{decimals}, and {Remedies.ReadThousands(thousands)}");
            }
        }

        return text.Split(' ', '\t') is { Length: > 1 } parts
            && parts.All(part => part.Length == 0 || IsNumber(part, '.') || IsNumber(part, ','))
            ? new("which is several numbers", "separate fields by commas, or " + Remedies.SeparateByBlanks)
            : null;
    }

    private static CellErrorText? AboutSigns(string text, char separator)
    {
        if (text is ['(', .. var inside, ')'] && IsNumber(inside, separator))
        {
            return new($"which is -{inside} as accountants write it",
                "write negative numbers with a minus before them");
        }

        return text is [.. var before, '-'] && IsNumber(before, separator) && before[0] is not ('-' or '+')
            ? new($"which is -{before} with its sign behind, as SAP writes it",
                "write negative numbers with a minus before them")
            : null;
    }

    // 3.1-101: a Fortran program leaves the E out where the exponent has three digits.
    private static CellErrorText? AboutExponents(string text, char separator)
    {
        var sign = text.LastIndexOfAny(['+', '-']);
        return sign > 1 && text.Length - sign == 4 && text.AsSpan(0, sign).Contains(separator)
            && IsNumber(text[..sign], separator) && text.AsSpan(sign + 1).IndexOfAnyExceptInRange('0', '9') < 0
            ? new($"which is {text[..sign]}e{text[sign..]} without its E, as Fortran writes long exponents",
                "put the E before the sign of the exponent")
            : null;
    }

    private static bool IsNumber(string text, char separator) =>
        DecimalExact.Matches(Encoding.UTF8.GetBytes(text), (byte)separator);

    private static bool IsGrouped(string text, char separator, char thousands)
    {
        var cell = Encoding.UTF8.GetBytes(text);
        return OtherSpelling.IsPossible(cell) && text.Contains(thousands, StringComparison.Ordinal)
            && OtherSpelling.Rewrite(cell, (byte)separator, (byte)thousands, new byte[OtherSpelling.Longest]) > 0;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
