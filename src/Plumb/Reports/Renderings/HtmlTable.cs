using System.Globalization;
using System.Text;

namespace Plumb.Reports;

/// <summary>Tables in HTML: each cell knows its row and its column.</summary>
internal static class HtmlTable
{
    private const double Narrow = 315; // a telephone's, in the units of TextWidth

    /// <summary>
    /// Writes a table. Where it has no room, it scrolls sideways; on a telephone a wide one stands as a paragraph per
    /// row, each number after its heading.
    /// </summary>
    public static void Write(StringBuilder html, PageTable table)
    {
        var isWide = table.Columns.All(column => column.Heading.Length > 0) && Width(table) > Narrow;
        var label = table.Caption.Length > 0 ? $" role=\"region\" aria-label=\"{HtmlPage.Text(table.Caption)}\"" : "";
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" tabindex=\"0\"{label}>\n");
        html.Append(isWide ? "<table class=\"wide\" role=\"table\">\n" : "<table>\n");
        if (table.HasHeadings)
        {
            WriteHeadings(html, table, isWide);
        }

        html.Append(isWide ? "<tbody role=\"rowgroup\">\n" : "<tbody>\n");
        foreach (var row in table.Rows)
        {
            Write(html, table, row, isWide);
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private static void WriteHeadings(StringBuilder html, PageTable table, bool isWide)
    {
        html.Append(isWide ? "<thead role=\"rowgroup\"><tr role=\"row\">" : "<thead><tr>");
        foreach (var column in table.Columns)
        {
            var title = column.Meaning.Length > 0 ? $" title=\"{HtmlPage.Text(column.Meaning)}\"" : "";
            html.Append(column.Heading.Length == 0 ? "<td></td>"
                : $"<th scope=\"col\"{Role(isWide, "columnheader")}{ClassOf(column.Kind)}{title}>"
                    + $"{HtmlPage.Text(column.Heading)}</th>");
        }

        html.Append("</tr></thead>\n");
    }

    /// <summary>Writes what the headings of a tables mean, where not everyone knows.</summary>
    public static void WriteLegend(StringBuilder html, IReadOnlyList<PageColumn> legend)
    {
        foreach (var column in legend)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"muted\"><b>{HtmlPage.Text(column.Heading)}</b>: "
                + $"{HtmlPage.Sentence(column.Meaning)}</p>\n");
        }
    }

    /// <summary>The class of a tone, as an attribute.</summary>
    public static string ClassOf(Tone tone) => tone switch
    {
        Tone.Muted => " class=\"muted\"",
        Tone.Good => " class=\"good\"",
        Tone.Warning => " class=\"warning\"",
        Tone.Bad => " class=\"bad\"",
        _ => "",
    };

    private static void Write(StringBuilder html, PageTable table, IReadOnlyList<PageCell> row, bool isWide)
    {
        html.Append(CultureInfo.InvariantCulture, $"<tr{Role(isWide, "row")}>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var cell = i < row.Count ? row[i] : new PageCell("");
            var text = table.Columns[i].Kind == ColumnContent.Sentence ? HtmlPage.Sentence(cell.Text)
                : HtmlPage.Text(cell.Text);
            var inner = cell.Tone == Tone.Plain ? text : $"<span{ClassOf(cell.Tone)}>{text}</span>";
            var (kind, heading) = (table.Columns[i].Kind, table.Columns[i].Heading);
            var isNumber = kind == ColumnContent.Number;
            var named = isWide && (i > 0 || isNumber || (text.Length > 0 && char.IsAsciiDigit(text[0])))
                ? $" data-heading=\"{HtmlPage.Text(heading)}\"" : "";
            html.Append(i == 0
                ? $"<th scope=\"row\"{Role(isWide, "rowheader")}{(isNumber ? ClassOf(kind) : "")}{named}>{inner}</th>"
                : $"<td{Role(isWide, "cell")}{ClassOf(kind)}{named}>{inner}</td>");
        }

        html.Append("</tr>\n");
    }

    // Said again where the style sheet takes a table apart, for which browsers forget what it was.
    private static string Role(bool isWide, string role) => isWide ? $" role=\"{role}\"" : "";

    // As wide as it must be: sentences can be broken, and names of several words.
    private static double Width(PageTable table)
    {
        const double Gap = 14;
        const double Sentence = 110;
        const double Words = 90;
        return table.Columns.Index().Sum(column =>
        {
            var width = table.Rows.Where(row => column.Index < row.Count)
                .Select(row => TextWidth.Of(row[column.Index].Text)).Append(TextWidth.Of(column.Item.Heading)).Max();
            return Gap + Math.Min(width, column.Item.Kind switch
            {
                ColumnContent.Sentence => Sentence,
                ColumnContent.Name when table.Rows.Any(row => column.Index < row.Count
                    && row[column.Index].Text.Contains(' ')) => Words,
                _ => width,
            });
        });
    }

    private static string ClassOf(ColumnContent kind) => kind switch
    {
        ColumnContent.Number => " class=\"number\"",
        ColumnContent.Sentence => " class=\"sentence\"",
        _ => " class=\"name\"",
    };
}
