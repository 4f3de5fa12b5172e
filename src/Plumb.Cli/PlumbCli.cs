using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Reflection;
using Plumb.Cli.Commands;

namespace Plumb.Cli;

/// <summary>
/// The command line "plumb": parses, runs one command, and turns whatever goes wrong into an exit code and one line.
/// </summary>
public static class PlumbCli
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The words after "plumb".</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Ends the run early, as Ctrl-C does.</param>
    /// <returns>0 done, 1 a bug, 2 usage, 3 data refused, 4 read but no honest answer exists, 5 environment, 130
    /// interrupted.</returns>
    public static async Task<int> RunAsync(string[] args, ProcessStreams terminal,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(terminal);
        if (args is ["fit", ..])
        {
            WarmUp.Begin(); // now, as parsing the options takes a while
        }

        try
        {
            var exitCode = await InvokeAsync(Meant(args), terminal, cancellationToken);
            await terminal.FlushAsync();
            return exitCode;
        }
        catch (Exception exception) // the outermost boundary: a user sees one line, never a stack trace
        {
            var failure = Failure.Of(exception);
            if (failure.Message.Length > 0)
            {
                terminal.WriteMessage(failure.Message);
            }

            return failure.ExitCode;
        }
    }

    /// <summary>The tree of commands; a new command is one line here.</summary>
    internal static Command Root(ProcessStreams terminal) => new DocumentedCommand(
        "plumb",
        "Learns y = W x + b from data, and tells you whether to trust W and b.",
        "plumb fit samples/energy.csv --target heating_load --target cooling_load",
        "plumb train data.csv --target y -o model.json",
        "plumb explain model.json data.csv",
        "plumb demo")
    {
        new HelpOption { Action = new HelpWithExamples(terminal) },
        new VersionOption { Action = new VersionAction() },
        LookCommand.Create(terminal),
        FitCommand.Create(terminal),
        TestCommand.Create(terminal),
        TrainCommand.Create(terminal),
        ExplainCommand.Create(terminal),
        NextCommand.Create(terminal),
        SimulateCommand.Create(terminal),
        PredictCommand.Create(terminal),
        ScoreCommand.Create(terminal),
        ExportCommand.Create(terminal),
        MomentsCommand.Create(terminal),
        PartsCommand.Create(terminal),
        MergeCommand.Create(terminal),
        SqlCommand.Create(terminal),
        StudioCommand.Create(terminal),
        DemoCommand.Create(terminal),
        CompletionCommand.Create(terminal),
        ManCommand.Create(terminal),
    };

    private static async Task<int> InvokeAsync(string[] args, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        // '@' may begin a column's name, so it does not mean a file of options.
        var root = Root(terminal).WithAliases();
        if (Completions.AreAskedFor(args))
        {
            await Completions.WriteAsync(args, root, terminal, cancellationToken);
            return ExitCode.Done;
        }

        if (args is [not ['-', ..] and var first, "--help"] && root.Subcommands.All(other => other.Name != first))
        {
            throw CommandException.Usage(NotKnown(first, root, root)); // or the help would be that of plumb
        }

        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (MistypedOption(parsed) is { } option)
        {
            throw CommandException.Usage(NotKnown(option, parsed.CommandResult.Command, root));
        }

        if (parsed.Action is ParseErrorAction)
        {
            throw CommandException.Usage(UsageMessage(parsed, root));
        }

        if (parsed.Action == parsed.CommandResult.Command.Action) // rather than help
        {
            OutputFiles.Require(parsed.CommandResult);
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    // What no option is called is taken for a file where a command takes any number of those.
    private static string? MistypedOption(ParseResult parsed) => parsed.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(word => word is ['-', not (>= '0' and <= '9'), ..] && !File.Exists(word));

    private static string UsageMessage(ParseResult parsed, Command root) => parsed.UnmatchedTokens is [var word, ..]
        ? NotKnown(word, parsed.CommandResult.Command, root)
        : $"{parsed.Errors[0].Message.TrimEnd('.')}; see '{HelpOn(parsed.CommandResult.Command)}'.";

    private static string NotKnown(string word, Command command, Command root)
    {
        var isOption = word.StartsWith('-');
        var kind = isOption ? "an option" : command.Subcommands.Count > 0 ? "a command" : "an argument";
        var suggestion = isOption ? OptionHints.For(word, command, root)
            : Spelling.Suggestion(word, command.Subcommands.Select(symbol => symbol.Name));
        var isAnswer = suggestion.EndsWith('?') || suggestion.EndsWith('.');
        return $"'{(isOption ? OptionHints.NameIn(word) : word)}' is not {kind} of "
            + $"{(command.Name == "plumb" ? "plumb" : $"plumb {command.Name}")}"
            + $"{suggestion}{(isAnswer ? "" : $"; see '{HelpOn(command)}'.")}";
    }

    // 'plumb help fit' and 'plumb version', as other programs have them.
    private static string[] Meant(string[] args) => args switch
    {
        [] or ["help"] => ["--help"],
        ["help", var command] => [command, "--help"],
        ["version"] => ["--version"],
        _ => args,
    };

    private static string HelpOn(Command command) => command.Name == "plumb" ? "plumb --help"
        : $"plumb {command.Name} --help";

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var version = typeof(PlumbCli).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion;
            parseResult.InvocationConfiguration.Output.WriteLine(version.Split('+')[0]); // without the commit
            return ExitCode.Done;
        }
    }
}
