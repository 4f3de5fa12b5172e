using System.Globalization;
using System.Text;

namespace Plumb;

/// <summary>Tables in HTML: each cell knows its row and its column.</summary>
internal static class HtmlTable
{
    /// <summary>Writes a table, which scrolls sideways where it has no room.</summary>
    public static void Write(StringBuilder html, PageTable table)
    {
        var label = table.Caption.Length > 0 ? $" role=\"region\" aria-label=\"{HtmlPage.Text(table.Caption)}\"" : "";
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" tabindex=\"0\"{label}>\n<table>\n");
        if (table.HasHeadings)
        {
            WriteHeadings(html, table);
        }

        html.Append("<tbody>\n");
        foreach (var row in table.Rows)
        {
            Write(html, table, row);
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private static void WriteHeadings(StringBuilder html, PageTable table)
    {
        html.Append("<thead><tr>");
        foreach (var column in table.Columns)
        {
            var title = column.Meaning.Length > 0 ? $" title=\"{HtmlPage.Text(column.Meaning)}\"" : "";
            html.Append(column.Heading.Length == 0 ? "<td></td>"
                : $"<th scope=\"col\"{ClassOf(column.Kind)}{title}>{HtmlPage.Text(column.Heading)}</th>");
        }

        html.Append("</tr></thead>\n");
    }

    /// <summary>Writes what the headings of a tables mean, where not everyone knows.</summary>
    public static void WriteLegend(StringBuilder html, IReadOnlyList<PageColumn> legend)
    {
        foreach (var column in legend)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"muted\"><b>{HtmlPage.Text(column.Heading)}</b>: "
                + $"{HtmlPage.Text(column.Meaning)}</p>\n");
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

    private static void Write(StringBuilder html, PageTable table, IReadOnlyList<PageCell> row)
    {
        html.Append("<tr>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var cell = i < row.Count ? row[i] : new PageCell("");
            var text = HtmlPage.Text(cell.Text);
            var inner = cell.Tone == Tone.Plain ? text : $"<span{ClassOf(cell.Tone)}>{text}</span>";
            var isNumber = table.Columns[i].Kind == ColumnContent.Number;
            html.Append(i == 0 ? $"<th scope=\"row\"{(isNumber ? ClassOf(ColumnContent.Number) : "")}>{inner}</th>"
                : $"<td{ClassOf(table.Columns[i].Kind)}>{inner}</td>");
        }

        html.Append("</tr>\n");
    }

    private static string ClassOf(ColumnContent kind) => kind switch
    {
        ColumnContent.Number => " class=\"number\"",
        ColumnContent.Sentence => " class=\"sentence\"",
        _ => " class=\"name\"",
    };
}
