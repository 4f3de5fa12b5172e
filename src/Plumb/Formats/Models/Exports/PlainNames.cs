using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>Names of letters, digits and underscores of ASCII, as every language has them.</summary>
internal static class PlainNames
{
    /// <summary>Names, each another: "m² (net)" becomes m_net.</summary>
    /// <param name="names">The names.</param>
    /// <param name="reserved">What they must not be.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names, IEnumerable<string> reserved)
    {
        var used = reserved.ToHashSet(StringComparer.Ordinal);
        return [.. names.Select(name =>
        {
            var plain = Of(name, "x");
            var own = plain;
            for (var i = 2; !used.Add(own); i++)
            {
                own = string.Create(CultureInfo.InvariantCulture, $"{plain}_{i}");
            }

            return own;
        })];
    }

    /// <summary>One name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="before">What goes before it where it does not begin with a letter.</param>
    public static string Of(string name, string before)
    {
        var plain = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                plain.Append(c);
            }
            else if (plain.Length > 0 && plain[^1] != '_')
            {
                plain.Append('_');
            }
        }

        var text = plain.ToString().TrimEnd('_');
        return text.Length == 0 ? before : char.IsAsciiLetter(text[0]) ? text : before + text;
    }
}
