using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Shows what a file holds, before anything is learned from it.</summary>
internal static class LookCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var source = new SourceOptions();
        Option<bool> all = new("--all") { Description = "Look at all rows, not only at the first 100 000" };
        var json = Options.Json();
        var command = new DocumentedCommand(
            "look",
            "Shows what a file holds before you fit it: its columns, their kinds, ranges and missing values, a few "
                + "rows, and the command to fit it.",
            "plumb look data.csv",
            "plumb look data.csv --all --json > look.json",
            "plumb look \"data/*.parquet\"",
            "plumb look --sql \"select * from 'data.parquet' where year = 2026\"")
        {
            source.Data, all, json,
        };
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var document = await LookAtData.Async(source, parsed, parsed.GetValue(all), terminal, cancellationToken);
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(writer => LookJson.Write(writer, document));
            }
            else
            {
                new TerminalPage(terminal.Console).Write(LookPage.Of(document));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
