using System.CommandLine;

namespace Plumb.Cli.Commands;

/// <summary>Writes what a shell loads to complete plumb's command lines.</summary>
internal static class CompletionCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.CompletionSources.Add([.. CompletionScripts.Shells]);
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && !CompletionScripts.Shells.Contains(word.Value))
            {
                result.AddError($"'{word.Value}' is no shell that is known, expected bash, zsh, fish or pwsh");
            }
        });
        var command = new DocumentedCommand(
            "completion",
            "Writes a script for your shell that completes commands, options, their values, and the names of columns "
                + "in your data.",
            "plumb completion bash > ~/.local/share/bash-completion/completions/plumb",
            "plumb completion zsh > ~/.zfunc/_plumb",
            "plumb completion fish > ~/.config/fish/completions/plumb.fish",
            "plumb completion pwsh >> $PROFILE")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            terminal.Out.Write(CompletionScripts.Of(parsed.GetRequiredValue(shell)));
            return ExitCode.Done;
        });
        return command;
    }
}
