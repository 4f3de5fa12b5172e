using System.Globalization;
using System.Text;

namespace Plumb;

/// <summary>How objects show themselves in a console, a debugger or a notebook: the same in every culture.</summary>
internal static class Shown
{
    private const int MostItems = 12; // more are told by their number

    /// <summary>A value, such as 0.5, true, or what an object says of itself.</summary>
    public static string Of<T>(T value) => value switch
    {
        null => "null",
        double number => Number(number),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A number in six digits or, where it is whole, in full.</summary>
    public static string Number(double value) => LinearText.Number(value);

    /// <summary>Items, such as [1, 2, 3], the first of them where they are many.</summary>
    public static string List<T>(IReadOnlyList<T> items) => $"[{Items(items)}]";

    /// <summary>Numbers, such as [1, 2, 3], the first of them where they are many.</summary>
    public static string Numbers(ReadOnlySpan<double> numbers)
    {
        var more = numbers.Length > MostItems + 1 ? Invariant($", ... ({numbers.Length - MostItems} more)") : "";
        var first = more.Length > 0 ? numbers[..MostItems] : numbers;
        return $"[{string.Join(", ", first.ToArray().Select(Number))}{more}]";
    }

    /// <summary>Items, such as x1, x2, the first of them where they are many.</summary>
    public static string Items<T>(IReadOnlyList<T> items) => items.Count <= MostItems + 1
        ? string.Join(", ", items.Select(Of))
        : string.Join(", ", items.Take(MostItems).Select(Of)) + Invariant($", ... ({items.Count - MostItems} more)");

    /// <summary>A count of things, such as 1 row or 2 rows.</summary>
    public static string Count(long count, string one) => Invariant($"{count} {one}{(count == 1 ? "" : "s")}");

    /// <summary>The names of columns, such as x1, x2 -> y.</summary>
    public static string Names(VariableNames names) => $"{Items(names.Inputs)} -> {Items(names.Targets)}";

    /// <summary>A record by its members, as the compiler writes them, but with numbers as in no culture.</summary>
    /// <param name="name">The record's name.</param>
    /// <param name="printMembers">What the compiler made to print its members; it reads the thread's culture.</param>
    public static string Record(string name, Func<StringBuilder, bool> printMembers)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var text = new StringBuilder(name).Append(" { ");
            return (printMembers(text) ? text.Append(' ') : text).Append('}').ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
