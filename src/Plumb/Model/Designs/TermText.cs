using System.Globalization;

namespace Plumb.Designs;

/// <summary>
/// Reads terms as people write them: x, x^2, x^-1, 1/x, log(x), poly(x,3), a:b, a*b for a, b and a:b, C(x). A column
/// that bears such a name comes first. Nothing is evaluated.
/// </summary>
internal sealed class TermText
{
    private readonly IReadOnlyCollection<string> _columns;
    private readonly HashSet<string> _categories = new(StringComparer.Ordinal);

    /// <param name="columns">The columns there are.</param>
    public TermText(IReadOnlyCollection<string> columns) => _columns = columns;

    /// <summary>The columns that a text said to be categories, as in C(x).</summary>
    public IReadOnlyCollection<string> Categories => _categories;

    /// <summary>The terms of a text; null where it means nothing.</summary>
    public IReadOnlyList<Term>? Read(string text)
    {
        text = text.Trim();
        if (Column(text) is { } column)
        {
            return [new Term(column)];
        }

        if (Group(text) is { } group)
        {
            return group;
        }

        if (Pieces(text, '*') is { Count: > 1 } crossed)
        {
            return Cross(crossed);
        }

        if (Pieces(text, ':') is { Count: > 1 } factors)
        {
            return factors.Select(One).ToList() is var terms && terms.All(term => term is not null)
                ? [terms.Select(term => term!).Aggregate((left, right) => left.Times(right))] : null;
        }

        return Polynomial(text) ?? (Single(text) is { } single ? [single] : null);
    }

    /// <summary>
    /// The terms of a sum, as in a + b - c; 0 and 1 tell whether there is a bias, and a point stands for other columns.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="others">What a point stands for.</param>
    /// <exception cref="FormatException">A part of it means nothing.</exception>
    public SumOfTerms ReadSum(string text, IReadOnlyList<string> others)
    {
        var (terms, hasBias) = (new List<Term>(), true);
        foreach (var (isAdded, piece) in Summands(text))
        {
            if (piece is "0" or "1")
            {
                hasBias = isAdded == (piece == "1");
                continue;
            }

            var found = piece == "." ? [.. others.Select(name => new Term(name))]
                : Read(piece) ?? throw new FormatException($"'{piece}' is no term");
            terms = isAdded ? [.. terms.Union(found)] : [.. terms.Except(found)];
        }

        return new SumOfTerms(terms, hasBias);
    }

    /// <summary>The terms of a sum.</summary>
    /// <param name="Terms">The terms.</param>
    /// <param name="HasBias">Whether it has a bias.</param>
    internal sealed record SumOfTerms(IReadOnlyList<Term> Terms, bool HasBias);

    // (a + b) or (a + b)^2: all products of up to as many of them.
    private List<Term>? Group(string text)
    {
        var close = text.LastIndexOf(')');
        if (text is not ['(', ..] || close < 0 || !ClosesAtEnd(text[..(close + 1)], 0))
        {
            return null;
        }

        var power = text[(close + 1)..].Trim();
        List<Term> sum = [.. ReadSum(text[1..close], []).Terms];
        const int MostCrossed = 10;
        return power.Length == 0 ? sum
            : power[0] != '^' || !TryPower(power[1..], out var degree) || sum.Count > MostCrossed ? null
            : [.. Enumerable.Range(1, (1 << sum.Count) - 1).Where(set => int.PopCount(set) <= degree)
                .OrderBy(int.PopCount).ThenBy(set => set)
                .Select(set => sum.Where((_, k) => (set >> k & 1) == 1).Aggregate((left, right) => left.Times(right)))
                .Distinct()];
    }

    private List<(bool IsAdded, string Piece)> Summands(string text)
    {
        List<(bool, string)> summands = [];
        var (start, isAdded) = (0, true);
        while (start < text.Length)
        {
            var ends = Enumerable.Range(start, text.Length - start).Where(i => text[i] is '+' or '-')
                .Append(text.Length).ToList();
            var end = ends.LastOrDefault(i => Column(text[start..i].Trim()) is not null, -1);
            end = end >= 0 ? end : ends.First(i => i == text.Length
                || (IsOutside(text, start, i) && !text[start..i].TrimEnd().EndsWith('^')));
            var piece = text[start..end].Trim();
            if (piece.Length > 0)
            {
                summands.Add((isAdded, piece));
            }
            else if (end == text.Length || start > 0)
            {
                throw new FormatException("a sign has no term behind it");
            }

            isAdded = end == text.Length || text[end] == '+';
            start = end + 1;
        }

        return start > text.Length || summands.Count == 0 ? summands
            : throw new FormatException("a sign has no term behind it");
    }

    private static bool IsOutside(string text, int start, int end)
    {
        var (depth, isQuoted) = (0, false);
        foreach (var c in text.AsSpan(start, end - start))
        {
            isQuoted ^= c == '`';
            depth += isQuoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
        }

        return depth <= 0 && !isQuoted;
    }

    /// <summary>
    /// The pieces of a text between separators outside brackets and backquotes, columns' names kept whole.
    /// </summary>
    public IReadOnlyList<string> Pieces(string text, char separator)
    {
        var parts = Split(text, separator);
        List<string> pieces = [];
        for (var start = 0; start < parts.Count;)
        {
            var length = parts.Count - start;
            while (length > 1 && Column(string.Join(separator, parts.Skip(start).Take(length)).Trim()) is null)
            {
                length--;
            }

            pieces.Add(string.Join(separator, parts.Skip(start).Take(length)).Trim());
            start += length;
        }

        return pieces;
    }

    /// <summary>The column that a text names, in backquotes or without; null where it names none.</summary>
    public string? Column(string text) => _columns.Contains(text) ? text
        : text is ['`', .., '`'] && _columns.Contains(text[1..^1]) ? text[1..^1] : null;

    /// <summary>a, b and a:b for a*b, and so on: all products, those of fewer factors first.</summary>
    private List<Term>? Cross(IReadOnlyList<string> pieces)
    {
        List<List<Term>> sides = [];
        foreach (var piece in pieces)
        {
            if (Read(piece) is not { } terms)
            {
                return null;
            }

            sides.Add([.. terms]);
        }

        const int MostCrossed = 10; // 1023 products
        return sides.Count > MostCrossed ? null
            : [.. Enumerable.Range(1, (1 << sides.Count) - 1).OrderBy(int.PopCount).ThenBy(set => set)
                .SelectMany(set => Products([.. sides.Where((_, k) => (set >> k & 1) == 1)])).Distinct()];
    }

    private static IEnumerable<Term> Products(IReadOnlyList<List<Term>> sides) =>
        sides.Skip(1).Aggregate((IEnumerable<Term>)sides[0],
            (products, side) => products.SelectMany(product => side.Select(term => product.Times(term))));

    private Term? One(string text) => Read(text) is [var term] ? term : null;

    private List<Term>? Polynomial(string text) =>
        Call(text) is ("poly", var arguments) && arguments.LastIndexOf(',') is var comma and > 0
            && Column(arguments[..comma].Trim()) is { } column && TryPower(arguments[(comma + 1)..], out var degree)
                ? [.. Enumerable.Range(1, degree).Select(power => new Term(column, power))] : null;

    // A column, a function of one, or a power of either; I(...) around a product as in R.
    private Term? Single(string text)
    {
        if (Column(text) is { } column)
        {
            return new Term(column);
        }

        if (Call(text) is var (name, argument))
        {
            return name is "I" ? Arithmetic(argument)
                : Column(argument.Trim()) is not { } inner ? null
                : name is "C" or "factor" or "as.factor" ? CategoryOf(inner)
                : ColumnFunction.Named(name) is { } function && ColumnFunction.Names.Contains(name)
                ? new Term([new TermFactor(inner) { Function = function }]) : null;
        }

        if (text.StartsWith("1/", StringComparison.Ordinal) && Single(text[2..].Trim()) is { } divisor)
        {
            return Reciprocal(divisor, 1);
        }

        return text.LastIndexOf('^') is var caret and > 0 ? PowerOf(text[..caret].Trim(), text[(caret + 1)..].Trim())
            : null;
    }

    private Term? PowerOf(string text, string exponent)
    {
        var (isNegative, digits) = exponent is ['-', ..] ? (true, exponent[1..]) : (false, exponent);
        return !TryPower(digits, out var power) || Single(text) is not { Factors: [{ Power: 1 } factor] } term ? null
            : isNegative ? Reciprocal(term, power)
            : new Term([factor with { Power = power }]);
    }

    private static Term? Reciprocal(Term term, int power) =>
        term.IsColumn ? new Term([new TermFactor(term.Name) { Function = ColumnFunction.Reciprocal(power) }]) : null;

    // In I(...), * multiplies and ** is ^.
    private Term? Arithmetic(string text)
    {
        var pieces = Pieces(text.Replace("**", "^", StringComparison.Ordinal), '*');
        var terms = pieces.Select(Single).ToList();
        return terms.All(term => term is not null) ? terms.Aggregate((left, right) => left!.Times(right!)) : null;
    }

    private Term CategoryOf(string column)
    {
        _categories.Add(column);
        return new Term(column);
    }

    private static (string Name, string Arguments)? Call(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && text[^1] == ')' && text[..open].All(c => char.IsAsciiLetterOrDigit(c) || c == '.')
            && Split(text, '\0').Count == 1 && ClosesAtEnd(text, open)
            ? (text[..open], text[(open + 1)..^1]) : null;
    }

    private static bool ClosesAtEnd(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i == text.Length - 1;
            }
        }

        return false;
    }

    private static List<string> Split(string text, char separator)
    {
        var (parts, start, depth, isQuoted) = (new List<string>(), 0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '`';
            depth += isQuoted ? 0 : text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] == separator && depth <= 0 && !isQuoted)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static bool TryPower(string text, out int power) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out power)
            && power is >= 1 and <= Term.HighestPower;
}
