using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>A page on a terminal: the lines of its text, in colours.</summary>
/// <param name="console">The terminal.</param>
/// <param name="withFigures">Whether pictures that have a form in text are drawn.</param>
internal sealed class TerminalPage(IAnsiConsole console, bool withFigures = false)
{
    /// <summary>Writes a page.</summary>
    public void Write(Page page)
    {
        foreach (var line in new TextPage(console.Profile.Width, withFigures).Lines(RemedyFlags.AddTo(page)))
        {
            if (line.IsCommand)
            {
                console.Profile.Out.Writer.WriteLine(line.ToString()); // which the console would break
            }
            else
            {
                console.MarkupLine(string.Concat(line.Pieces.Where(piece => piece.Text.Length > 0).Select(Marked)));
            }
        }
    }

    private static string Marked(TextPiece piece)
    {
        var style = StyleOf(piece);
        return style.Length > 0 ? $"[{style}]{Markup.Escape(piece.Text)}[/]" : Markup.Escape(piece.Text);
    }

    private static string StyleOf(TextPiece piece)
    {
        var colour = piece.Tone switch
        {
            Tone.Muted => "dim",
            Tone.Note => "blue",
            Tone.Good => "green",
            Tone.Warning => "yellow",
            Tone.Bad => "red",
            _ => "",
        };
        return piece.IsBold ? $"bold {colour}".TrimEnd() : colour;
    }
}
