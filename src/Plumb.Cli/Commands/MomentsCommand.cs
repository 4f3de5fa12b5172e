using System.CommandLine;

namespace Plumb.Cli.Commands;

/// <summary>
/// Keeps the exact moments of a data file: all that fit, explain and full-batch training need, however many rows there
/// were.
/// </summary>
internal static class MomentsCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var source = new SourceOptions(takesDecimals: true);
        var columns = Options.ColumnNames("--column",
            "A column to keep, a power of one as in x^2, or poly(x,3) for x, x^2 and x^3; repeat it, or separate them "
                + "by commas [default: all columns]");
        var output = Options.Output("The file to write");
        var bends =
            new Option<bool>(
                "--bends")
            {
                Description = "Also keep the square of each column, so that a fit of these moments, or of "
                    + "merged ones, can tell in which input a target is curved"
            };
        var (weights, exclude) = (new WeightOptions(), new ExcludeOption());
        output.Required = true;

        var command = new DocumentedCommand(
            "moments",
            "Writes the exact sums of products of a file's columns: a small file that fit, explain and train take in "
                + "place of the data.",
            "plumb moments monday.csv -o monday.moments",
            "plumb moments monday.csv --bends -o monday.moments",
            "plumb fit monday.moments --target y")
        {
            source.Data, columns, bends, output,
        };
        exclude.AddTo(command);
        weights.AddTo(command);
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (chosen, column) = (parsed.GetValue(columns) ?? [], weights.Column(parsed));
            var given = source.Of(parsed) with { Weights = column };
            Design Chosen(IReadOnlyList<string> found)
            {
                var kept = exclude.Keep(parsed, found, chosen, given.Name);
                ExcludeOption.RequireKept("--column", chosen, found, kept);
                string[] free = [.. kept.Where(name => name != column?.Name)];
                return new Design(chosen.Length == 0 ? [.. free.Select(name => new Term(name))]
                    : Names.ResolveTerms("--column",
                        ColumnPatterns.Expand("--column", chosen, kept, free, given.Name), kept, given.Name), []);
            }

            var loaded = await LoadedData.ReadAsync(
                given,
                found => parsed.GetValue(bends) ? Chosen(found).WithSquares() : Chosen(found),
                terminal,
                cancellationToken);
            await terminal.WriteAsync(parsed.GetValue(output),
                stream => Task.Run(() => loaded.Moments.Save(stream), cancellationToken), cancellationToken);
            terminal.Report(loaded.Findings);
            return ExitCode.Done;
        });
        return command;
    }
}
