using Plumb.Cli;

namespace Plumb.Tests.Cli;

/// <summary>The words that a shell is told, and real shells that ask for them.</summary>
public sealed class CompletionTests
{
    private static readonly string s_tool = Path.Combine(AppContext.BaseDirectory, "Plumb.Cli.dll");

    [Theory]
    [InlineData("plumb f", "fit")]
    [InlineData("plumb --ver", "--version")]
    [InlineData("plumb fit --tar", "--target")]
    [InlineData("plumb train --optimizer ada", "adam,adamw,adagrad")]
    [InlineData("plumb train --loss m", "mean,mse")]
    [InlineData("plumb completion ", "bash,zsh,fish,pwsh")]
    [InlineData("plumb fit data.csv", "")]
    [InlineData("plumb nothing --", "")]
    public async Task Words_that_may_come_next(string line, string words) =>
        Assert.Equal(words.Split(',', StringSplitOptions.RemoveEmptyEntries), await WordsAsync(line, line.Length));

    [Fact]
    public async Task What_stands_behind_the_cursor_does_not_count() =>
        Assert.Equal(["--target"], await WordsAsync("plumb fit --tar data.csv", "plumb fit --tar".Length));

    [Fact]
    public async Task Without_a_position_the_end_is_meant() =>
        Assert.Equal("fit\n", (await CliRun.Of("[suggest]", "plumb fi")).Output);

    [Fact]
    public async Task Names_of_columns_come_from_the_data()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("d.csv", "wt,wheel base,hp,\"\u001b[31mred\",\u202Eevil\n1,2,3,4,5\n");
        Assert.Equal(["wt", "wheel base"], await AtEndAsync($"plumb fit {file} --target w"));
        Assert.Equal(["wt,hp"], await AtEndAsync($"plumb fit {file} -t wt,h"));
        Assert.Equal(["wt", "wheel base", "hp"], await AtEndAsync($"plumb fit '{file}' --input "));
        Assert.Empty(await AtEndAsync($"plumb fit {folder["none.csv"]} --target w"));
        var model = folder.Write("m.json", "{}");
        Assert.Equal(["hp"], await AtEndAsync($"plumb explain {model} {file} --input h"));
        Assert.Empty(await AtEndAsync($"plumb fit {folder.Write("bad.csv", "\"open")} --target "));
    }

    [Fact]
    public async Task Bash_completes()
    {
        OtherProgram.Require("bash");
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "wt,wheel base,hp\n1,2,3\n");
        var script = folder.Write("plumb.bash", (await CliRun.Of("completion", "bash")).Output);
        var ask = $$"""
            plumb() { dotnet '{{s_tool}}' "$@"; }
            source '{{script}}'
            try() {
                COMP_LINE=$1; COMP_POINT=${#1}; _plumb
                printf '%s|' "${COMPREPLY[@]}"; echo
            }
            try 'plumb exp'
            try 'plumb fit d.csv --no-b'
            try 'plumb fit d.csv --target w'
            complete -p plumb
            """;
        var said = await OtherProgram.RunAsync("bash", folder["."], ["--norc", "--noprofile", "-c", ask]);
        Assert.Equal("explain|export|\n--no-bias|\nwt|wheel\\ base|\ncomplete -o default -F _plumb plumb\n", said);
    }

    /// <summary>
    /// Its own words for what is proposed are replaced by ones that print it; other commands on the line do not count.
    /// </summary>
    [Fact]
    public async Task Zsh_completes()
    {
        OtherProgram.Require("zsh");
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "wt,wheel base,hp\n1,2,3\n");
        var script = folder.Write("plumb.zsh", CompletionScripts.Of("zsh"));
        var ask = $$"""
            plumb() { dotnet '{{s_tool}}' "$@"; }
            compdef() { print -r -- "compdef $*"; }
            compadd() { print -rn -- "${(Pj:|:)2}"; }
            _files() { print -rn -- 'files'; }
            source '{{script}}'
            try() {
                words=("$@") CURRENT=$# PREFIX=$argv[-1] BUFFER="cd x; $*" CURSOR=$#BUFFER
                _plumb; print -r -- '|'
            }
            try plumb exp
            try plumb fit d.csv --no-b
            try plumb fit d.csv --target w
            try plumb fit d
            """;
        Assert.Equal("compdef _plumb plumb\nexplain|export|\n--no-bias|\nwt|wheel base|\nfiles|\n",
            await OtherProgram.RunAsync("zsh", folder["."], ["-f", "-c", ask]));
    }

    [Fact]
    public async Task Fish_completes()
    {
        OtherProgram.Require("fish");
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "wt,wheel base,hp\n1,2,3\n");
        var script = folder.Write("plumb.fish", CompletionScripts.Of("fish"));
        var ask = $$"""
            function plumb; dotnet '{{s_tool}}' $argv; end
            source '{{script}}'
            for line in 'plumb exp' 'plumb fit d.csv --no-b' 'plumb fit d.csv --target w' 'plumb fit d'
                complete -C $line | string join '|'
            end
            exit 0
            """;
        Assert.Equal("explain|export\n--no-bias\nwheel base|wt\nd.csv\n", await OtherProgram.RunAsync("fish",
            folder["."], ["--no-config", "-c", ask],
            new Dictionary<string, string> { ["HOME"] = folder["."], ["XDG_CONFIG_HOME"] = folder["."] }));
    }

    /// <summary>A line may hold other commands, and names what PowerShell would take for its own.</summary>
    [Fact]
    public async Task PowerShell_completes()
    {
        OtherProgram.Require("pwsh");
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "wt,wheel base,hp,cost ($)\n1,2,3,4\n");
        var script = folder.Write("plumb.ps1", CompletionScripts.Of("pwsh"));
        var ask = $$"""
            function plumb { dotnet '{{s_tool}}' @args }
            . '{{script}}'
            foreach ($line in 'plumb exp', 'plumb fit d.csv --no-b', 'plumb fit d.csv --target w',
                'cd x; plumb fit d.csv --input c', 'plumb fit d') {
                (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -join '|'
            }
            """;
        Assert.Equal($"explain|export\n--no-bias\nwt|'wheel base'\n'cost ($)'\n.{Path.DirectorySeparatorChar}d.csv\n",
            await OtherProgram.RunAsync("pwsh", folder["."], ["-NoProfile", "-NonInteractive", "-Command", ask],
                new Dictionary<string, string> { ["HOME"] = folder["."], ["POWERSHELL_TELEMETRY_OPTOUT"] = "1" }));
    }

    [Fact]
    public async Task Shell_that_is_not_known_is_refused()
    {
        var run = await CliRun.Of("completion", "csh");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'csh' is no shell that is known, expected bash, zsh, fish or pwsh", run.Error,
            StringComparison.Ordinal);
    }

    private static Task<string[]> AtEndAsync(string line) => WordsAsync(line, line.Length);

    private static async Task<string[]> WordsAsync(string line, int position)
    {
        var run = await CliRun.Of($"[suggest:{position}]", line);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
