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
            "A column to keep, or a term: x^2, poly(x,3) for x, x^2 and x^3, a:b, log(x) and the like; repeat it, or "
                + "separate them by commas [default: all columns]");
        var output = Options.Output("The file to write");
        var bends =
            new Option<bool>(
                "--bends")
            {
                Description = "Also keep the square of each column, so that a fit of these moments, or of "
                    + "merged ones, can tell in which input a target is curved"
            };
        var (weights, categories) = (new WeightOptions(), new CategoryOptions());
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
        categories.AddTo(command);
        weights.AddTo(command);
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (chosen, column) = (parsed.GetValue(columns) ?? [], weights.Column(parsed));
            var given = source.Of(parsed) with { Weights = column };
            var loaded = await LoadedData.ReadAsync(
                given with { KeepsSquares = parsed.GetValue(bends) },
                table => categories.ApplyTo(Chosen(table), parsed, table, given.Name),
                terminal,
                cancellationToken);

            DesignPlan Chosen(TableColumns table)
            {
                var (terms, marked) = chosen.Length > 0
                    ? Names.ResolveTerms("--column", chosen, table.Names, given.Name)
                    : ([.. table.Names.Where(name => name != column?.Name).Select(name => new Term(name))], []);
                return new DesignPlan(terms, []) { Categories = marked };
            }

            await terminal.WriteAsync(parsed.GetValue(output),
                stream => Task.Run(() => loaded.Moments.Save(stream), cancellationToken), cancellationToken);
            terminal.Report(loaded.Findings);
            return ExitCode.Done;
        });
        return command;
    }
}
