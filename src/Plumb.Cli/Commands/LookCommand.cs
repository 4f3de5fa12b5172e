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
        var reports = new ReportOptions(hasPictures: false);
        var command = new DocumentedCommand(
            "look",
            "Shows what a file holds before you fit it: its columns, their kinds, ranges and missing values, a few "
                + "rows, and the command to fit it.",
            "plumb look data.csv",
            "plumb look data.csv --all --json > look.json",
            "plumb look data.csv --report look.html",
            "plumb look \"data/*.parquet\"",
            "plumb look --sql \"select * from 'data.parquet' where year = 2026\"")
        {
            source.Data, all, json,
        };
        reports.AddTo(command);
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
                reports.Show(parsed, LookPage.Of(document), terminal);
            }

            await reports.WriteAsync(parsed, () => LookPage.Of(document), terminal, cancellationToken);

            return ExitCode.Done;
        });
        return command;
    }
}
