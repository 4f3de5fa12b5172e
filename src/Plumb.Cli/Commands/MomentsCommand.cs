using System.CommandLine;
using System.CommandLine.Parsing;

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
            "A column to keep, or a term: x^2, poly(x,3) for x, x^2 and x^3, a:b, log(x) and the like; repeat the "
                + "option, or "
                + "separate with commas [default: all columns]");
        var output = Options.Output("The file to write");
        var bends =
            new Option<bool>(
                "--bends")
            {
                Description = "Also keep the square of each column, so that a fit of these moments, or of "
                    + "merged ones, can show in which input a target is curved"
            };
        var (weights, exclude, categories) = (new WeightOptions(), new ExcludeOption(), new CategoryOptions());
        var parts = new PartOptions();
        var answers = new Option<string?>("--from-answers")
        {
            Description = "In place of DATA: what an engine answered to the queries of 'plumb sql', as its client "
                + "saved it",
            HelpName = "FILE",
        };
        output.Required = true;

        var command = new DocumentedCommand(
            "moments",
            "Writes the exact sums of products of a file's columns: a small file that fit, explain and train take in "
                + "place of the data.",
            "plumb moments monday.csv -o monday.moments",
            "plumb moments monday.csv --bends -o monday.moments",
            "plumb moments \"data/*.parquet\" --part 7/64 -o parts/7.moments",
            "plumb fit monday.moments --target y")
        {
            source.Data, columns, bends, answers, output,
        };
        exclude.AddTo(command);
        categories.AddTo(command);
        weights.AddTo(command);
        source.AddTo(command);
        parts.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(answers) is { } saved)
            {
                RequireAlone(parsed, answers, output);
                var sums = SqlAnswers.Of(DataFile.ReadLines(saved, terminal), SqlLabel.Sums, saved).ToMoments(saved);
                await terminal.WriteAsync(parsed.GetValue(output), stream => Task.Run(() => sums.Save(stream),
                    cancellationToken), cancellationToken);
                return ExitCode.Done;
            }

            var (chosen, column) = (parsed.GetValue(columns) ?? [], weights.Column(parsed));
            var (path, named) = (parsed.GetValue(output), source.Of(parsed));
            var given = named with { Weights = column, Part = parts.Of(parsed, named) };
            var label = given.Part is { } part ? parts.LabelOf(parsed, part, output) : null;
            if (label is not null && parts.IsDone(parsed, path, label, terminal))
            {
                return ExitCode.Done;
            }

            var loaded = await LoadedData.ReadAsync(
                given with
                {
                    KeepsSquares = parsed.GetValue(bends),
                    Dates = categories.Dates(parsed, given.Format.DateOrder),
                },
                table => categories.ApplyTo(Chosen(table), parsed, table, given.Name),
                terminal,
                cancellationToken);

            DesignPlan Chosen(TableColumns table)
            {
                var kept = exclude.Keep(parsed, table.Names, chosen, given.Name);
                ExcludeOption.RequireKept("--column", chosen, table.Names, kept);
                string[] free = [.. kept.Where(name => name != column?.Name)];
                var (terms, marked) = chosen.Length == 0 ? ([.. free.Select(name => new Term(name))], [])
                    : Names.ResolveTerms("--column",
                        ColumnPatterns.Expand("--column", chosen, kept, free, given.Name), kept, given.Name);
                return new DesignPlan(terms, []) { Categories = marked, NamesReferences = true };
            }

            var moments = label is null ? loaded.Moments : loaded.Moments.AsOnePart(label.ToString());
            await terminal.WriteAsync(path, stream => Task.Run(() => moments.Save(stream), cancellationToken),
                cancellationToken);
            terminal.Report(loaded.Findings);
            return ExitCode.Done;
        });
        return command;
    }

    private static void RequireAlone(ParseResult parsed, params Option[] allowed)
    {
        if (parsed.CommandResult.Children.FirstOrDefault(child => child is not OptionResult { Implicit: true }
            && child is not ArgumentResult { Tokens.Count: 0 }
            && !(child is OptionResult option && allowed.Contains(option.Option))) is { } other)
        {
            var name = other is OptionResult { Option.Name: var found } ? found : "DATA";
            throw CommandException.Usage($"--from-answers and {name} are given, and the answers hold all that there "
                + "is; leave out one of the two.");
        }
    }
}
