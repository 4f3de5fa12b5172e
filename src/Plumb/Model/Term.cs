using System.Globalization;

namespace Plumb;

/// <summary>An input made from a column: the column itself, or a power of it.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Power">1 or more.</param>
public sealed record Term(string Column, int Power = 1)
{
    /// <summary>The highest power: beyond it, no sum of squares has fewer than 10,000 digits.</summary>
    public const int HighestPower = 100;

    /// <summary>The input's name: the column's, or as in x^3.</summary>
    public string Name => Power == 1 ? Column : FormattableString.Invariant($"{Column}^{Power}");

    /// <summary>
    /// The terms that a text means: a column of this name; x^3, the third power of the column x; or poly(x,3), its
    /// first three powers. Null where it means nothing.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="columns">The columns there are; their names come first.</param>
    public static IReadOnlyList<Term>? Parse(string text, IReadOnlyCollection<string> columns)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Contains(text))
        {
            return [new Term(text)];
        }

        if (text.StartsWith("poly(", StringComparison.Ordinal) && text.EndsWith(')')
            && text.LastIndexOf(',') is var comma and > 0)
        {
            var column = text["poly(".Length..comma].Trim();
            return columns.Contains(column) && TryPower(text[(comma + 1)..^1].Trim(), out var degree)
                ? [.. Enumerable.Range(1, degree).Select(power => new Term(column, power))] : null;
        }

        return text.LastIndexOf('^') is var caret and > 0 && columns.Contains(text[..caret])
            && TryPower(text[(caret + 1)..], out var exponent) ? [new Term(text[..caret], exponent)] : null;
    }

    private static bool TryPower(string text, out int power) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out power)
            && power is >= 1 and <= HighestPower;
}
