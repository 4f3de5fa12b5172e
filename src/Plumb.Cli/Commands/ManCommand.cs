using System.CommandLine;

namespace Plumb.Cli.Commands;

/// <summary>Writes the manual page of a command.</summary>
internal static class ManCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var name = new Argument<string?>("COMMAND")
        {
            Description = "The command [default: plumb itself]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new DocumentedCommand(
            "man",
            "Writes the manual page of plumb, or of one of its commands.",
            "plumb man > plumb.1",
            "plumb man fit > plumb-fit.1")
        {
            name,
        };
        command.SetAction(parsed =>
        {
            var root = parsed.RootCommandResult.Command;
            Aliases.Hide(root);
            var wanted = parsed.GetValue(name);
            var page = wanted is null or "plumb" ? root
                : root.Subcommands.FirstOrDefault(other => other.Name == wanted)
                    ?? throw CommandException.Usage($"'{wanted}' is not a command of plumb"
                        + $"{Spelling.Suggestion(wanted, root.Subcommands.Select(other => other.Name))}; see 'plumb "
                        + "--help'.");
            Aliases.Hide(page);
            terminal.Out.Write(ManualPage.Of(page, root));
            return ExitCode.Done;
        });
        return command;
    }
}
