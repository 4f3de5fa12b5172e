using System.Text;
using Spectre.Console;

namespace Plumb.Cli;

/// <summary>How text looks on one stream.</summary>
/// <param name="IsTerminal">Whether a person watches.</param>
/// <param name="HasControl">Whether the cursor can be moved.</param>
/// <param name="HasColor">Whether colours are wanted.</param>
internal sealed record ConsoleStyle(bool IsTerminal, bool HasControl, bool HasColor)
{
    private const int PlainWidth = 100; // columns, wherever nobody watches: the same bytes on every machine

    public static ConsoleStyle Plain { get; } = new(false, false, false);

    /// <summary>Columns of a line, where the stream does not know better.</summary>
    public int Width { get; init; } = PlainWidth;

    /// <summary>Colours only on a terminal, without NO_COLOR (https://no-color.org) and TERM=dumb.</summary>
    public static ConsoleStyle Of(bool isTerminal, Func<string, string?> environment)
    {
        var hasControl = isTerminal && environment("TERM") != "dumb";
        return new ConsoleStyle(isTerminal, hasControl, hasControl && string.IsNullOrEmpty(environment("NO_COLOR")));
    }

    public IAnsiConsole On(TextWriter writer)
    {
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = !HasControl ? AnsiSupport.No : OperatingSystem.IsWindows() ? AnsiSupport.Detect : AnsiSupport.Yes,
            ColorSystem = HasColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = HasControl ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false }, // they turn colours on in CI logs
            Out = new Sink(IsTerminal ? writer : new TrailingSpaceTrimmer(writer), IsTerminal, Width),
        });
    }

    private sealed class Sink(TextWriter writer, bool isTerminal, int plainWidth) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        // A terminal that does not know its size says 0.
        public int Width => isTerminal && Console.WindowWidth is > 0 and var width ? width : plainWidth;

        public int Height => isTerminal && Console.WindowHeight is > 0 and var height ? height : int.MaxValue;

        public void SetEncoding(Encoding encoding)
        {
            // The stream's encoding is UTF-8 and stays so.
        }
    }
}
