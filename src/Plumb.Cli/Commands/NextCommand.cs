using System.CommandLine;

namespace Plumb.Cli.Commands;

/// <summary>Says which points to measure next.</summary>
internal static class NextCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var options = new NextOptions();
        var command = new DocumentedCommand(
            "next",
            "Proposes the points to measure next: first those that determine more parameters, then those that make W "
                + "and "
                + "b most precise; with the rank and the standard errors after each.",
            "plumb next data.csv --target y --box x1=0:1,x2=0:1",
            "plumb next data.csv --target y1,y2 --candidates possible.csv --count 3 -o measure.csv",
            "plumb next data.csv --target y --box temperature=20:80,time=1:10 --goal \"w[y,time]\"",
            "plumb next rents.csv --target rent --input \"city, log(area)\" --box area=20:150");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(NextOptions options, ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var document = await options.ProposeAsync(parsed, terminal, cancellationToken);
        var output = parsed.GetValue(options.Output);
        if (output is not null)
        {
            await terminal.WriteTextAsync(output,
                text => WritePoints(text, document.Design, document.Proposal), cancellationToken);
        }

        if (parsed.GetValue(options.Json))
        {
            terminal.WriteJson(writer => NextJson.Write(writer, document));
        }
        else if (output != "-")
        {
            options.Reports.Show(parsed, NextPage.Of(document), terminal);
        }

        await options.Reports.WriteAsync(parsed, () => NextPage.Of(document), terminal, cancellationToken);

        return ExitCode.Done;
    }

    private static Task WritePoints(TextWriter text, Design design, Proposal proposal)
    {
        var csv = new CsvWriter(text);
        csv.Row(design.Columns.Inputs);
        foreach (var point in proposal.Points)
        {
            foreach (var (column, value) in point.Point.Index())
            {
                if (PointText.Of(design, column, value) is { } level)
                {
                    csv.Verbatim(level);
                }
                else
                {
                    csv.Cell(value);
                }
            }

            csv.EndRow();
        }

        return Task.CompletedTask;
    }
}
