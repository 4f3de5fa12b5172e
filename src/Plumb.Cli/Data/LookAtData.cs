using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli;

/// <summary>Looks at the data of a command line, and says which command to go on with.</summary>
internal static class LookAtData
{
    private static readonly string[] s_own = ["--all", "--json"]; // which the proposed command does not take

    /// <summary>Shows what the data hold to somebody who has not said what to predict, and ends the run.</summary>
    /// <exception cref="CommandException">Always: no target is named.</exception>
    public static async Task InPlaceOfTargetAsync(SourceOptions options, ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var document = await Async(options, parsed, all: false, terminal, cancellationToken);
        if (!parsed.Tokens.Any(token => token.Value == "--json"))
        {
            new TerminalPage(terminal.Console).Write(LookPage.Of(document));
            await terminal.FlushAsync(); // before the message
        }

        throw CommandException.Usage(document.Command is { } command ? $"name the target: {command}"
            : "name the target: --target NAME; no column of these data looks like one.");
    }

    /// <summary>Looks at the data of a command line.</summary>
    /// <exception cref="CommandException">There are no such data, or they hold no rows.</exception>
    public static async Task<LookDocument> Async(SourceOptions options, ParseResult parsed, bool all,
        ProcessStreams terminal, CancellationToken cancellationToken)
    {
        var given = options.Of(parsed);
        if (given.MomentsPath is { } path)
        {
            var names = DataFile.ReadMoments(path, terminal).Names;
            throw CommandException.DataRefused($"{path}: holds moments, which have no rows to look at; their columns "
                + $"are {Names.List([.. names.Inputs, .. names.Targets])}.");
        }

        var states = given.StatesOfFiles();
        return await Progress.RunAsync(terminal, "looking at " + given.Name, async progress =>
        {
            await using var reader = await given.ToSource(terminal).OpenAsync(cancellationToken);
            var look = await TableLook.OfAsync(reader, all ? long.MaxValue : null,
                rows => progress.Report(all ? reader.Fraction : null, NumberText.Of(rows, "row")),
                given.Format.DateOrder, cancellationToken);
            states.RequireUnchanged();
            return new LookDocument(look, FormOf(reader), CommandFor(look.Suggestion, parsed));
        });
    }

    /// <summary>Whether a word names the report of the look, which that of the fit would replace.</summary>
    private static bool IsOfReport(string[] words, int i) =>
        words[i] == "--report" || (i > 0 && words[i - 1] == "--report");

    private static string FormOf(RowReader reader) => reader is not CsvReader csv ? ""
        : $"Read as CSV: {(csv.Columns.Count == 1 ? "one column" : $"fields separated by {Shown(csv.Delimiter)}")}, "
            + (csv.HasHeader ? "with names." : "without names.");

    private static string Shown(char delimiter) => delimiter switch
    {
        '\t' => "tabs",
        ' ' => "blanks",
        _ => $"'{delimiter}'",
    };

    /// <summary>The command line that fits what was looked at, with what was said of how to read it.</summary>
    private static string? CommandFor(ProposedFit fit, ParseResult parsed)
    {
        if (fit.Targets.Count == 0)
        {
            return null;
        }

        string[] said = [.. parsed.Tokens.Select(token => token.Value).Skip(1)];
        var isLook = parsed.CommandResult.Command.Name == "look";
        string[] words =
        [
            isLook ? "fit" : parsed.CommandResult.Command.Name,
            .. said.Where((word, i) => !s_own.Contains(word) && !(isLook && IsOfReport(said, i))),
        ];
        bool IsSaid(string option) => words.Any(word => word.Split('=')[0] == option);
        return string.Join(' ',
        [
            "plumb", .. words.Select(ShellWord.Of), ShellWord.Option("--target", string.Join(',', fit.Targets)),
            .. fit.Excluded.Count == 0 || IsSaid("--input") || IsSaid("--exclude") ? Array.Empty<string>()
                : [ShellWord.Option("--exclude", string.Join(',', fit.Excluded))],
            .. fit.DropsMissing && !IsSaid("--missing") ? ["--missing drop"] : Array.Empty<string>(),
        ]);
    }
}
