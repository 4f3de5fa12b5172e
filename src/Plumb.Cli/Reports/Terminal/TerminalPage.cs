using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>A page on a terminal: no line is longer than it is wide, and no name moves its cursor.</summary>
/// <param name="console">The terminal.</param>
/// <param name="withFigures">Whether pictures that have a form in text are drawn.</param>
internal sealed class TerminalPage(IAnsiConsole console, bool withFigures = false)
{
    private const int MostFigureColumns = 100;

    private readonly int _width = console.Profile.Width;

    /// <summary>Writes a page.</summary>
    public void Write(Page page)
    {
        Line([new Piece(page.Title, "bold")]);
        PagePart? before = null;
        foreach (var part in page.Parts.Where(IsShown))
        {
            if (!IsClose(before, part))
            {
                console.WriteLine();
            }

            Write(part);
            before = part;
            WriteLegend(page.LegendAfter(part));
        }
    }

    private bool IsShown(PagePart part) => part is not PageFigure figure
        || (withFigures && figure.ToLines(FigureWidth).Count > 0);

    private int FigureWidth => Math.Min(_width, MostFigureColumns);

    // Text belongs to the heading or the text before it.
    private static bool IsClose(PagePart? before, PagePart part) => part is PageText
        && before is null or PageHeading or PageText;

    private void Write(PagePart part)
    {
        switch (part)
        {
            case PageHeading heading:
                Line([new Piece(heading.Text, "bold"), new Piece(heading.Rest.Length > 0 ? "  " + heading.Rest : "")]);
                break;
            case PageText text:
                Text(text.Text, StyleOf(text.Tone));
                break;
            case PageVerdict verdict:
                Text(verdict.Text, verdict.IsGood ? "bold green" : "bold yellow");
                break;
            case PageFindings { Findings: var findings }:
                foreach (var finding in findings)
                {
                    Write(finding);
                }

                break;
            case PageCommand command:
                console.Profile.Out.Writer.WriteLine("  " + Safe(command.Text)); // one line, so that it can be copied
                break;
            case PageTable table:
                Write(table);
                break;
            case PageFigure figure:
                Line([new Piece(figure.Title, "bold")]);
                foreach (var line in figure.ToLines(FigureWidth))
                {
                    Line([new Piece(line)]);
                }

                break;
            default:
                throw new InvalidOperationException($"{part.GetType().Name} has no form on a terminal");
        }
    }

    private void Write(Finding finding)
    {
        var (mark, style) = finding.Severity switch
        {
            Severity.Error => ("✗", "red"),
            Severity.Warning => ("!", "yellow"),
            _ => ("·", "blue"),
        };
        Hanging("", mark, style, finding.Message);
        if (finding.Remedy.Length > 0)
        {
            Hanging("  ", "→", "dim", finding.Remedy);
        }
    }

    /// <summary>A sign, and a text that hangs beside it.</summary>
    private void Hanging(string indent, string sign, string style, string text)
    {
        var hang = indent.Length + 2;
        foreach (var (i, line) in WordWrap.Lines(Safe(text), Math.Max(1, _width - hang)).Index())
        {
            Line(i == 0 ? [new Piece(indent), new Piece(sign, style), new Piece(" " + line)]
                : [new Piece(new string(' ', hang) + line)]);
        }
    }

    private void Write(PageTable table)
    {
        var safe = table with
        {
            Columns = [.. table.Columns.Select(column => column with { Heading = Safe(column.Heading) })],
            Rows = [.. table.Rows.Select(row =>
                (IReadOnlyList<PageCell>)[.. row.Select(cell => cell with { Text = Safe(cell.Text) })])],
        };
        foreach (var (i, line) in new TableLayout(safe, _width).Lines().Index())
        {
            var isHeading = i == 0 && table.HasHeadings;
            Line([.. line.Select(cell => new Piece(cell.Text, isHeading ? "bold" : StyleOf(cell.Tone)))]);
        }
    }

    private void WriteLegend(IReadOnlyList<PageColumn> legend)
    {
        if (legend.Count > 0)
        {
            console.WriteLine();
        }

        foreach (var column in legend)
        {
            Text($"{column.Heading}: {column.Meaning}", "dim");
        }
    }

    private void Text(string text, string style)
    {
        foreach (var line in WordWrap.Lines(Safe(text), _width))
        {
            Line([new Piece(line, style)]);
        }
    }

    private void Line(IReadOnlyList<Piece> pieces)
    {
        var whole = string.Concat(pieces.Select(piece => Safe(piece.Text)));
        if (whole.GetCellWidth() > _width)
        {
            foreach (var line in WordWrap.Lines(whole, _width))
            {
                console.WriteLine(line);
            }

            return;
        }

        console.MarkupLine(string.Concat(Trimmed(pieces).Where(piece => piece.Text.Length > 0).Select(piece =>
            piece.Style.Length > 0 ? $"[{piece.Style}]{Markup.Escape(Safe(piece.Text))}[/]"
                : Markup.Escape(Safe(piece.Text)))));
    }

    private static IEnumerable<Piece> Trimmed(IReadOnlyList<Piece> pieces)
    {
        var last = pieces.Count - 1;
        while (last >= 0 && pieces[last].Text.AsSpan().Trim(' ').IsEmpty)
        {
            last--;
        }

        return pieces.Take(last + 1);
    }

    private static string Safe(string text) => Escaped.InFull(text);

    private static string StyleOf(Tone tone) => tone switch
    {
        Tone.Muted => "dim",
        Tone.Good => "green",
        Tone.Warning => "yellow",
        Tone.Bad => "red",
        _ => "",
    };

    private readonly record struct Piece(string Text, string Style = "");
}
