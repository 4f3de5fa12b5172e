using System.CommandLine;

namespace Plumb.Cli;

/// <summary>Where points to measure are chosen from: a file of them, or a box.</summary>
internal sealed class CandidateOptions
{
    public Option<string?> File { get; } =
        new("--candidates")
        {
            Description = "CSV file of points that could be measured, each at most once, with a column for "
            + "every column that the inputs are made from",
            HelpName = "FILE"
        };

    public Option<string[]> Box { get; } = new("--box")
    {
        Description = "Bounds of each column, as in x1=0:1,x2=-5:5; any point between can be measured, any number of "
            + "times",
        HelpName = "NAME=LOW:HIGH",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Requires one of the two.</summary>
    public void AddTo(Command command) => command.Validators.Add(result =>
    {
        if (result.GetResult(File) is null == result.GetResult(Box) is null)
        {
            result.AddError("give either --candidates or --box: a file of points, or bounds such as --box "
                + "x1=0:1,x2=0:1");
        }
    });

    /// <summary>The candidates that the command line names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="columns">The columns that the inputs are made from.</param>
    /// <param name="format">What is known about CSV files.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CommandException">A column is missing, or a bound is not a number.</exception>
    public async Task<CandidatePoints> ReadAsync(ParseResult parsed, IReadOnlyList<string> columns, CsvFormat format,
        ProcessStreams terminal, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(File) is not { } path)
        {
            return BoxOf(parsed.GetValue(Box)!, columns);
        }

        await using var reader = await CsvReader.OpenAsync(DataFile.Open(path, terminal), DataFile.NameOf(path), format,
            cancellationToken);
        Names.RequireColumns(columns, reader.Columns, "the data", reader.Name);
        var blocks = new List<Dataset>();
        await foreach (var block in reader.ReadAsync(columns, [], cancellationToken))
        {
            blocks.Add(block);
        }

        terminal.Report(reader.Findings);
        return new CandidatePoints.Listed(Dataset.Concatenate(new VariableNames(columns, []), blocks).Inputs);
    }

    private static CandidatePoints.Box BoxOf(string[] values, IReadOnlyList<string> columns)
    {
        var (low, high) = (new double[columns.Count], new double[columns.Count]);
        var bounds = NamedNumbers.Parse("--box", values, "x1=0:1");
        foreach (var (name, text) in bounds)
        {
            var place = columns.ToList().IndexOf(name);
            if (place < 0)
            {
                var suggestion = Spelling.Suggestion(name, columns);
                throw CommandException.Usage(
                    $"--box names '{name}', which is no column that the inputs are made from"
                        + (suggestion.Length > 0 ? suggestion
                            : $" (they are {Names.List(columns)}); name one of these."));
            }

            (low[place], high[place]) =
                text.Split(':') is [var first, var second] && Options.TryReal(first) is { } from
                    && Options.TryReal(second) is { } to && from <= to
                ? (from, to)
                : throw CommandException.Usage($"--box holds '{name}={text}', expected the smallest and the largest "
                    + $"value, such as {name}=0:1.");
        }

        return columns.Except(bounds.Select(bound => bound.Name), StringComparer.Ordinal)
            .FirstOrDefault() is { } missing
            ? throw CommandException.Usage(
                $"--box has no bounds for '{missing}', expected some for each column that the inputs are made from; "
                    + $"add {missing}=LOW:HIGH, or leave the input out by --input.")
            : new CandidatePoints.Box(low, high);
    }
}
