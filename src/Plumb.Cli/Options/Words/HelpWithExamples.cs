using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Plumb.Cli;

/// <summary>The usual help, 100 columns wide, with the command's examples after it.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new() { MaxWidth = 100 };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        Aliases.Hide(parseResult.CommandResult.Command);
        foreach (var line in UsualHelp(parseResult))
        {
            output.WriteLine(line.TrimEnd()); // its wrapping leaves a blank at line ends
        }

        if (parseResult.CommandResult.Command is DocumentedCommand { Examples.Count: > 0 } command)
        {
            output.WriteLine();
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }
        }

        return ExitCode.Done;
    }

    private string[] UsualHelp(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        try
        {
            _help.Invoke(parseResult);
        }
        finally
        {
            configuration.Output = output;
        }

        return text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n');
    }
}
