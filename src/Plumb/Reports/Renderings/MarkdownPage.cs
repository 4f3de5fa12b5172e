using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumb.Reports;

/// <summary>A page as Markdown: words and tables; of pictures, their numbers.</summary>
internal static partial class MarkdownPage
{
    /// <summary>The file.</summary>
    public static string Of(Page page)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Plain(page.Title)}\n");
        foreach (var part in page.Parts)
        {
            text.Append('\n');
            Write(text, part);
            foreach (var column in page.LegendAfter(part))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n*{Plain(column.Heading)}*: {Plain(column.Meaning)}\n");
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, PagePart part)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (part)
        {
            case PageHeading heading:
                text.Append(culture, $"## {Plain(heading.Text)}\n");
                text.Append(heading.Rest.Length > 0 ? $"\n{Plain(heading.Rest)}\n" : "");
                break;
            case PageText { Text: var sentence }:
                text.Append(culture, $"{Plain(sentence)}\n");
                break;
            case PageVerdict verdict:
                text.Append(culture, $"**{Plain(verdict.Text)}**\n");
                break;
            case PageFindings { Findings: var findings }:
                foreach (var finding in findings)
                {
                    text.Append(culture, $"- **{finding.Severity}**: {Plain(finding.Message)}");
                    text.Append(finding.Remedy.Length > 0 ? $"\n  → {Plain(finding.Remedy)}\n" : "\n");
                }

                break;
            case PageCommand command:
                text.Append(culture, $"    {Escaped.InFull(command.Text)}\n");
                break;
            case PageTable table:
                Write(text, table);
                break;
            case PageFigure figure:
                text.Append(culture, $"### {Plain(figure.Title)}\n\n{Plain(figure.Caption)}\n\n");
                Write(text, figure.Table);
                break;
            default:
                throw new InvalidOperationException($"{part.GetType().Name} has no form in Markdown");
        }
    }

    private static void Write(StringBuilder text, PageTable table)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"| {string.Join(" | ", table.Columns.Select(column => Plain(column.Heading)))} |\n");
        text.Append(CultureInfo.InvariantCulture, $"|{string.Concat(table.Columns.Select(column =>
            column.Kind == ColumnContent.Number ? "---:|" : "---|"))}\n");
        foreach (var row in table.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ",
                table.Columns.Select((_, i) => i < row.Count ? Plain(row[i].Text) : ""))} |\n");
        }
    }

    /// <summary>Text in which nothing is markup.</summary>
    private static string Plain(string text) => Markup().Replace(Escaped.InFull(text), @"\$0");

    [GeneratedRegex(@"[\\`*_{}\[\]<>|#~&]")]
    private static partial Regex Markup();
}
