using System.CommandLine;
using System.CommandLine.Invocation;

namespace Plumb.Cli;

/// <summary>Prints the help of a command, as wide as the terminal is.</summary>
/// <param name="terminal">Where the run writes.</param>
internal sealed class HelpWithExamples(ProcessStreams terminal) : SynchronousCommandLineAction
{
    private const int Narrowest = 40; // columns; below, words would have to be cut
    private const int Widest = 120; // longer lines are hard to read

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        Aliases.Hide(command);
        foreach (var line in new HelpText(command, Math.Clamp(terminal.Width, Narrowest, Widest)).Lines())
        {
            parseResult.InvocationConfiguration.Output.WriteLine(line);
        }

        return ExitCode.Done;
    }
}
