namespace Plumb.Cli;

/// <summary>What a shell loads so that it completes the words of plumb's command lines.</summary>
internal static class CompletionScripts
{
    /// <summary>The shells, in the order of the help.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of a shell.</summary>
    public static string Of(string shell) => (shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    }).ReplaceLineEndings("\n");

    // Where nothing is proposed, shells propose files.
    private const string Bash = """
        # plumb: completion in bash; or in ~/.bashrc: source <(plumb completion bash)
        _plumb() {
            local word
            COMPREPLY=()
            while IFS= read -r word; do
                COMPREPLY+=("$(printf '%q' "$word")")
            done < <(plumb "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
        }
        complete -o default -F _plumb plumb

        """;

    private const string Zsh = """
        #compdef plumb
        # plumb: completion in zsh: a file _plumb in a folder of $fpath; or in ~/.zshrc, after compinit:
        # source <(plumb completion zsh)
        _plumb() {
            local -a found
            local line="${(j: :)words[1,CURRENT-1]} $PREFIX" # of a line with other commands, plumb's own
            found=("${(@f)$(plumb "[suggest:${#line}]" "$line" 2>/dev/null)}")
            if [[ -n ${found[1]} ]]; then compadd -a found; else _files; fi
        }
        if [[ $funcstack[1] == _plumb ]]; then _plumb "$@"; else compdef _plumb plumb; fi

        """;

    private const string Fish = """
        # plumb: completion in fish; plumb completion fish > ~/.config/fish/completions/plumb.fish
        function __plumb_complete
            set -l line (commandline -cp)
            set -l found (plumb "[suggest:"(string length -- $line)"]" $line 2>/dev/null)
            if set -q found[1]
                string join \n -- $found
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c plumb -f -a '(__plumb_complete)'

        """;

    private const string PowerShell = """
        # plumb: completion in PowerShell; in $PROFILE: plumb completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName plumb -ScriptBlock {
            param($word, $command, $position)
            $at = $position - $command.Extent.StartOffset
            plumb "[suggest:$at]" "$command".PadRight($at) 2>$null | ForEach-Object {
                $text = if ($_ -match '^[\w./:=+*^-]+$') { $_ } else { "'" + $_.Replace("'", "''") + "'" }
                [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
            }
        }

        """;
}
