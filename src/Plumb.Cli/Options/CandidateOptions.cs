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
            + "times. Categories need none: all their levels can be",
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
    /// <param name="design">What the inputs are made from.</param>
    /// <param name="given">How the data are read.</param>
    /// <param name="terminal">Where the run reads and writes.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CommandException">A column is missing, or a bound is not a number.</exception>
    public async Task<CandidatePoints> ReadAsync(ParseResult parsed, Design design, DataArguments given,
        ProcessStreams terminal, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(File) is not { } path)
        {
            return BoxOf(parsed.GetValue(Box)!, design);
        }

        var columns = design.Columns;
        await using var reader = await CsvReader.OpenAsync(DataFile.Open(path, terminal), DataFile.NameOf(path),
            given.Format, cancellationToken);
        Names.RequireColumns(columns.Inputs, reader.Columns, "the data", reader.Name);
        var readings = ColumnReadings.Of(DesignPlan.Of(design), TableColumns.Of(reader), given.Dates,
            unseenIsMissing: null, reader.Name);
        readings.GiveTo(reader);
        var (blocks, rows) = (new List<Dataset>(), 0L);
        await foreach (var block in reader.ReadAsync(columns.Inputs, [], cancellationToken))
        {
            MomentsPass.RequireDefined(design, block, rows + 1, reader.Name);
            blocks.Add(block);
            rows += block.Rows;
        }

        terminal.Report([.. readings.Findings, .. reader.Findings]);
        return new CandidatePoints.Listed(Dataset.Concatenate(columns, blocks).Inputs);
    }

    private static CandidatePoints.Box BoxOf(string[] values, Design design)
    {
        var columns = design.Columns.Inputs;
        var (low, high) = (new double[columns.Count], new double[columns.Count]);
        for (var j = 0; j < high.Length; j++)
        {
            high[j] = Math.Max(0, LevelsOf(design, columns[j]) - 1);
        }

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

            if (LevelsOf(design, name) > 0)
            {
                throw CommandException.Usage($"--box holds '{name}={text}', and '{name}' is a category, of which "
                    + "any level can be measured; leave its bounds out, or give --candidates with the levels that can "
                    + "be.");
            }

            var meaning = design.Meanings.GetValueOrDefault(name);
            (low[place], high[place]) =
                text.Split(':') is [var first, var second] && BoundOf(first, meaning) is { } from
                    && BoundOf(second, meaning) is { } to && from <= to
                ? (from, to)
                : throw CommandException.Usage($"--box holds '{name}={text}', expected the smallest and the largest "
                    + $"value, such as {name}={(meaning is null ? "0:1" : "2026-01-01:2026-12-31")}.");
        }

        RequireDefined(design, low);
        RequireDefined(design, high);
        return columns.Where(column => LevelsOf(design, column) == 0)
            .Except(bounds.Select(bound => bound.Name), StringComparer.Ordinal).FirstOrDefault() is { } missing
            ? throw CommandException.Usage(
                $"--box has no bounds for '{missing}', expected some for each column that the inputs are made from; "
                    + $"add {missing}=LOW:HIGH, or leave the input out by --input.")
            : new CandidatePoints.Box(low, high);
    }

    // How many values a category or truth values have; 0 for numbers.
    private static int LevelsOf(Design design, string column) => design.Meanings.GetValueOrDefault(column) switch
    {
        ColumnMeaning.Category category => category.Names.Count,
        ColumnMeaning.Truth => 2,
        _ => 0,
    };

    private static double? BoundOf(string text, ColumnMeaning? meaning)
    {
        if (meaning is not ColumnMeaning.Time date)
        {
            return Options.TryReal(text);
        }

        var reading = new Dates(date.Beginning, DateUnits.UnitOf(date.Unit), DateChoice.OrderOf(date.Order));
        return reading.TryRead(System.Text.Encoding.UTF8.GetBytes(text.Trim()), out var bound) ? bound : null;
    }

    private static void RequireDefined(Design design, double[] bounds)
    {
        var point = Matrix.Create(1, bounds.Length, (_, j) => bounds[j]);
        if (design.FirstUndefined(new Dataset(point, new Matrix(1, 0), design.Columns)) is { } found)
        {
            throw CommandException.Usage(FormattableString.Invariant(
                $"--box reaches {found.Value} in column '{found.Factor.Column}', expected ")
                    + $"{found.Factor.Function!.Domain} for {found.Factor.Name}; give bounds for which it is defined.");
        }
    }
}
