using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli;

/// <summary>The options of what people look at: a report as a file, its pictures, and these in the terminal.</summary>
internal sealed class ReportOptions
{
    private const string Extensions = ".html or .md";

    private readonly bool _hasPictures;
    private readonly Option<string?> _report;
    private readonly Option<string?> _pictures = new("--svg")
    {
        Description = "Also write each picture as an SVG file into this folder",
        HelpName = "FOLDER",
    };
    private readonly Option<bool> _plot = new("--plot")
    {
        Description = "Also draw the main pictures in the terminal",
    };

    /// <summary>The options of a command.</summary>
    /// <param name="hasPictures">Whether what it says has pictures.</param>
    public ReportOptions(bool hasPictures = true)
    {
        _hasPictures = hasPictures;
        _report = new("--report")
        {
            Description = hasPictures
                ? "Also write the report, with its pictures, as one file that needs nothing else: .html, or .md "
                    + "without pictures"
                : "Also write the report as one file that needs nothing else: .html or .md",
            HelpName = "FILE",
        };
        _report.Validators.Add(result =>
        {
            if (result.Tokens is [var path] && FormatOf(path.Value) is null)
            {
                result.AddError($"--report names '{path.Value}', expected a file that ends in {Extensions}");
            }
        });
    }

    /// <summary>The options, in the order of the help.</summary>
    public IReadOnlyList<Option> All => _hasPictures ? [_report, _pictures, _plot] : [_report];

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Whether there are pictures to draw, some of which take a look at each row.</summary>
    public bool HasPictures(ParseResult parsed) => parsed.GetValue(_plot) || parsed.GetValue(_pictures) is not null
        || parsed.GetValue(_report) is not null;

    /// <summary>Writes a page on the terminal.</summary>
    public void Show(ParseResult parsed, Page page, ProcessStreams terminal) =>
        new TerminalPage(terminal.Console, parsed.GetValue(_plot)).Write(page);

    /// <summary>Writes the files that were asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="page">Makes the page, with all there is to say.</param>
    /// <param name="terminal">For messages.</param>
    /// <param name="cancellationToken">Stops before a file is in its place.</param>
    /// <exception cref="CommandException">A file cannot be made there.</exception>
    public async Task WriteAsync(ParseResult parsed, Func<Page> page, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_report) is { } path)
        {
            await terminal.WriteTextAsync(path, writer => writer.WriteAsync(FormatOf(path)!(RemedyFlags.AddTo(page()))),
                cancellationToken);
        }

        if (parsed.GetValue(_pictures) is { } folder)
        {
            await WritePicturesAsync(folder, page(), terminal, cancellationToken);
        }
    }

    private static async Task WritePicturesAsync(string folder, Page page, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var figure in page.Parts.OfType<PageFigure>())
        {
            await terminal.WriteTextAsync(Path.Combine(folder, figure.Id + ".svg"),
                writer => writer.WriteAsync(FigureStyle.Standalone(figure.ToSvg())), cancellationToken);
        }
    }

    private static Func<Page, string>? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" or ".htm" => HtmlPage.Of,
        ".md" => MarkdownPage.Of,
        _ => null,
    };
}
