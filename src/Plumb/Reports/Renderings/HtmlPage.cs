using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Plumb.Reports;

/// <summary>
/// A page as one HTML file that needs nothing else: no script, no network, light and dark, for the screen and for
/// paper.
/// </summary>
internal static class HtmlPage
{
    private const string Policy = "default-src 'none'; base-uri 'none'; form-action 'none';";

    /// <summary>The file.</summary>
    public static string Of(Page page)
    {
        var style = HtmlStyle.Sheet + FigureStyle.Sheet;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy} style-src 'sha256-{hash}'">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="Plumb">
            <title>{Text(page.Title)}</title>
            <style>{style}</style>
            </head>
            <body>
            {Body(page)}
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>What stands in the body, for pages that have a frame of their own.</summary>
    public static string Body(Page page)
    {
        var html = new StringBuilder("<main>\n");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Sentence(page.Title)}</h1>\n");
        var level = 2; // of a picture's heading: below that of its section, where there is one
        foreach (var (i, part) in page.Parts.Index())
        {
            bool IsFigure(int at) => at >= 0 && at < page.Parts.Count && page.Parts[at] is PageFigure;
            level = part is PageHeading ? 3 : level;
            html.Append(IsFigure(i) && IsFigure(i + 1) && !IsFigure(i - 1) ? "<div class=\"figures\">\n" : "");
            Write(html, part, level);
            html.Append(IsFigure(i) && IsFigure(i - 1) && !IsFigure(i + 1) ? "</div>\n" : "");
            HtmlTable.WriteLegend(html, page.LegendAfter(part));
        }

        return html.Append("<footer>Made by Plumb.</footer>\n</main>").ToString();
    }

    /// <summary>Text for an element or an attribute; what cannot be seen is shown.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(Escaped.InFull(text));

    /// <summary>A sentence; no line ends inside what stays on one.</summary>
    public static string Sentence(string text)
    {
        var html = new StringBuilder();
        var from = 0;
        foreach (var part in UnbrokenText.Of(text))
        {
            html.Append(Text(text[from..part.Start.Value])).Append("<span class=\"whole\">").Append(Text(text[part]))
                .Append("</span>");
            from = part.End.Value;
        }

        return html.Append(Text(text[from..])).ToString();
    }

    private static void Write(StringBuilder html, PagePart part, int level)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (part)
        {
            case PageHeading heading:
                html.Append(culture, $"<h2>{Sentence(heading.Text)}");
                html.Append(heading.Rest.Length > 0 ? $" <small>{Sentence(heading.Rest)}</small></h2>\n" : "</h2>\n");
                break;
            case PageText text:
                html.Append(culture, $"<p{HtmlTable.ClassOf(text.Tone)}>{Sentence(text.Text)}</p>\n");
                break;
            case PageVerdict verdict:
                html.Append(culture, $"""
                    <section class="verdict {(verdict.IsGood ? "good" : "warning")}" aria-label="Verdict">
                    <p>{Sentence(verdict.Text)}</p>
                    </section>

                    """);
                break;
            case PageFindings { Findings: var findings }:
                html.Append("<ul class=\"findings\">\n");
                foreach (var finding in findings)
                {
                    Write(html, finding);
                }

                html.Append("</ul>\n");
                break;
            case PageCommand command:
                html.Append(culture, $"<pre><code>{Sentence(command.Text)}</code></pre>\n");
                break;
            case PageTable table:
                HtmlTable.Write(html, table);
                break;
            case PageFigure figure:
                html.Append(culture, $"<figure id=\"{Text(figure.Id)}\">\n");
                html.Append(culture, $"<h{level}>{Text(figure.Title)}</h{level}>\n");
                html.Append(figure.ToSvg());
                html.Append(culture, $"\n<figcaption>{Text(figure.Caption)}</figcaption>\n");
                html.Append("<details><summary>The numbers</summary>\n");
                HtmlTable.Write(html, figure.Table with { Caption = figure.Title + ": the numbers" });
                html.Append("</details>\n</figure>\n");
                break;
            default:
                throw new InvalidOperationException($"{part.GetType().Name} has no form in HTML");
        }
    }

    private static void Write(StringBuilder html, Finding finding)
    {
        var (word, kind) = finding.Severity switch
        {
            Severity.Error => ("Error", "bad"),
            Severity.Warning => ("Warning", "warning"),
            _ => ("Note", "note"),
        };
        html.Append(CultureInfo.InvariantCulture,
            $"<li class=\"{kind}\"><p><b>{word}</b> {Sentence(finding.Message)}</p>");
        if (finding.Remedy.Length > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"remedy\">{Sentence(finding.Remedy)}</p>");
        }

        html.Append("</li>\n");
    }
}
