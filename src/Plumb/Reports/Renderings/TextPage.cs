using System.Text;

namespace Plumb.Reports;

/// <summary>A page as lines of text: none is longer than allowed, and no name moves a cursor.</summary>
/// <param name="width">The columns of a line.</param>
/// <param name="withFigures">Whether pictures that have a form in text are drawn.</param>
internal sealed class TextPage(int width, bool withFigures = false)
{
    private const int MostFigureColumns = 100;

    private static readonly TextLine[] s_blank = [new([])];

    /// <summary>The page as plain text.</summary>
    public static string Of(Page page, int width)
    {
        var text = new StringBuilder();
        foreach (var line in new TextPage(width).Lines(page))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The lines, from top to bottom.</summary>
    public IReadOnlyList<TextLine> Lines(Page page)
    {
        PagePart? before = null;
        List<TextLine> lines = [.. Line([new TextPiece(page.Title, IsBold: true)])];
        foreach (var part in page.Parts.Where(IsShown))
        {
            lines.AddRange(IsClose(before, part) ? [] : s_blank);
            lines.AddRange(Lines(part));
            lines.AddRange(Legend(page.LegendAfter(part)));
            before = part;
        }

        return lines;
    }

    private bool IsShown(PagePart part) => part is not PageFigure figure
        || (withFigures && figure.ToLines(FigureWidth).Count > 0);

    private int FigureWidth => Math.Min(width, MostFigureColumns);

    // Text belongs to the heading or the text before it.
    private static bool IsClose(PagePart? before, PagePart part) => part is PageText
        && before is null or PageHeading or PageText;

    private IEnumerable<TextLine> Lines(PagePart part) => part switch
    {
        PageHeading heading => Line(
            [new(heading.Text, IsBold: true), new(heading.Rest.Length > 0 ? "  " + heading.Rest : "")]),
        PageText text => Text(new TextPiece(text.Text, text.Tone)),
        PageVerdict verdict => Text(
            new TextPiece(verdict.Text, verdict.IsGood ? Tone.Good : Tone.Warning, IsBold: true)),
        PageFindings { Findings: var findings } => findings.SelectMany(Lines),
        PageCommand command => [new([new("  " + Safe(command.Text))], IsCommand: true)],
        PageTable table => Lines(table),
        PageFigure figure =>
        [
            .. Line([new(figure.Title, IsBold: true)]),
            .. figure.ToLines(FigureWidth).SelectMany(line => Line([new(line)])),
        ],
        _ => throw new InvalidOperationException($"{part.GetType().Name} has no form as text"),
    };

    private IEnumerable<TextLine> Lines(Finding finding)
    {
        var sign = finding.Severity switch
        {
            Severity.Error => new TextPiece("✗", Tone.Bad),
            Severity.Warning => new TextPiece("!", Tone.Warning),
            _ => new TextPiece("·", Tone.Note),
        };
        return
        [
            .. Hanging("", sign, finding.Message),
            .. finding.Remedy.Length > 0 ? Hanging("  ", new TextPiece("→", Tone.Muted), finding.Remedy) : [],
        ];
    }

    /// <summary>A sign, and a text that hangs beside it.</summary>
    private IEnumerable<TextLine> Hanging(string indent, TextPiece sign, string text)
    {
        var hang = indent.Length + 2;
        return WordWrap.Lines(Safe(text), Math.Max(1, width - hang)).SelectMany((line, i) =>
            Line(i == 0 ? [new(indent), sign, new(" " + line)] : [new(new string(' ', hang) + line)]));
    }

    private IEnumerable<TextLine> Lines(PageTable table)
    {
        var safe = table with
        {
            Columns = [.. table.Columns.Select(column => column with { Heading = Safe(column.Heading) })],
            Rows = [.. table.Rows.Select(row =>
                (IReadOnlyList<PageCell>)[.. row.Select(cell => cell with { Text = Safe(cell.Text) })])],
        };
        return new TableLayout(safe, width).Lines().SelectMany((line, i) => Line(
            [.. line.Select(cell => i == 0 && table.HasHeadings ? new TextPiece(cell.Text, IsBold: true)
                : new TextPiece(cell.Text, cell.Tone))]));
    }

    private IEnumerable<TextLine> Legend(IReadOnlyList<PageColumn> legend) => legend.Count == 0 ? [] :
    [
        .. s_blank,
        .. legend.SelectMany(column => Text(new TextPiece($"{column.Heading}: {column.Meaning}", Tone.Muted))),
    ];

    private IEnumerable<TextLine> Text(TextPiece text) =>
        WordWrap.Lines(Safe(text.Text), width).SelectMany(line => Line([text with { Text = line }]));

    private IEnumerable<TextLine> Line(IReadOnlyList<TextPiece> pieces)
    {
        TextPiece[] safe = [.. pieces.Select(piece => piece with { Text = Safe(piece.Text) })];
        var whole = string.Concat(safe.Select(piece => piece.Text));
        return CellWidth.Of(whole) <= width ? [new TextLine(Trimmed(safe))]
            : WordWrap.Lines(whole, width).Select(line => new TextLine([new(line)]));
    }

    private static TextPiece[] Trimmed(TextPiece[] pieces)
    {
        var last = pieces.Length - 1;
        while (last >= 0 && pieces[last].Text.AsSpan().Trim(' ').IsEmpty)
        {
            last--;
        }

        return last < 0 ? []
            : [.. pieces[..last], pieces[last] with { Text = pieces[last].Text.TrimEnd(' ') }];
    }

    private static string Safe(string text) => Escaped.InFull(text);
}
