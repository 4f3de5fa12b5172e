using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Applies a model to rows, and marks the rows whose prediction rests on directions that the model's data left open.</summary>
internal static class PredictCommand
{
    private const string MarkColumn = "determined";

    public static Command Create(Terminal terminal)
    {
        var model = new ModelOptions("The model");
        var source = new SourceOptions(" with a column for each of the model's inputs");
        var output = Options.Output("The CSV file to write: a column for each target, and 'determined' (1 or 0) when the model has directions that its data left open [default: standard output]");

        var command = new DocumentedCommand(
            "predict",
            "Predicts y = W x + b for each row of a file, and marks predictions that the model's data do not determine.",
            "plumb predict model.json new.csv -o predicted.csv",
            "plumb predict weights.npz new.csv --input age,height,weight",
            "plumb predict model.json - --delimiter ';' --missing drop < new.csv")
        {
            model.Model, source.Data, model.Inputs, output,
        };
        model.AddTo(command);
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var modelPath = parsed.GetRequiredValue(model.Model);
            var given = source.Of(parsed);
            if (modelPath == "-" && given.UsesStandardInput)
            {
                throw CommandException.Usage("MODEL and DATA are both standard input, expected one of them at most; name a file.");
            }

            var weights = model.Read(parsed, terminal);
            await using var reader = await given.ToSource(terminal).OpenAsync(cancellationToken);
            var affine = ModelOf(weights, Names.Resolve("--input", parsed.GetValue(model.Inputs) ?? [], reader.Columns, reader.Name));
            var design = Names.DesignOf(affine.Map.Names, reader.Columns);
            Names.RequireColumns(design.Columns.Inputs, reader.Columns, modelPath, reader.Name);
            var mark = affine.Undetermined.Count > 0 ? Unused(MarkColumn, affine.Map.Names.Targets) : null;
            var open = 0L;
            await terminal.WriteTextAsync(parsed.GetValue(output), async text => open = await PredictAsync(affine, design, reader, mark, text, cancellationToken), cancellationToken);
            terminal.Report([.. weights.Findings, .. reader.Findings]);
            if (open > 0)
            {
                terminal.Report([Warning(open, reader.Rows, mark)]);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The map, its inputs named by the option, in its order.</summary>
    private static AffineModel ModelOf(StoredWeights weights, IReadOnlyList<string> inputs)
    {
        var model = weights.ToModel();
        return inputs.Count == 0 ? model
            : inputs.Count == model.Map.InputCount ? model with { Map = model.Map.Named(model.Map.Names with { Inputs = inputs }) }
            : throw CommandException.Usage(FormattableString.Invariant($"--input names {Numbers.Of(inputs.Count, "column")}, but the model has {Numbers.Of(model.Map.InputCount, "input")}; name one column an input, in its order."));
    }

    // Returns the number of rows that the model's data do not determine.
    private static async Task<long> PredictAsync(AffineModel model, Design design, RowReader reader, string? mark, TextWriter text, CancellationToken cancellationToken)
    {
        var csv = new CsvWriter(text);
        csv.Row(mark is null ? model.Map.Names.Targets : [.. model.Map.Names.Targets, mark]);
        var open = 0L;
        var first = 1L;
        await foreach (var block in reader.ReadAsync(design.Columns.Inputs, [], cancellationToken))
        {
            open += WriteBlock(model, new Design(design.Terms, []).Expand(block), first, csv);
            first += block.Rows;
        }

        return open;
    }

    private static int WriteBlock(AffineModel model, Dataset block, long first, CsvWriter csv)
    {
        var hasMark = model.Undetermined.Count > 0;
        var y = new double[model.Map.TargetCount];
        var open = 0;
        for (var i = 0; i < block.Rows; i++)
        {
            var x = block.Inputs.Row(i);
            model.Map.Apply(x, y);
            RequireFinite(y, model.Map.Names, first + i);
            foreach (var value in y)
            {
                csv.Cell(value);
            }

            if (hasMark)
            {
                var isOpen = IsOpen(model.Undetermined, x);
                open += isOpen ? 1 : 0;
                csv.Cell(isOpen ? 0 : 1);
            }

            csv.EndRow();
        }

        return open;
    }

    private static bool IsOpen(IReadOnlyList<Direction> directions, ReadOnlySpan<double> x)
    {
        foreach (var direction in directions)
        {
            if (direction.IsExcitedBy(x))
            {
                return true;
            }
        }

        return false;
    }

    private static void RequireFinite(double[] y, VariableNames names, long row)
    {
        var i = Array.FindIndex(y, value => !double.IsFinite(value));
        if (i >= 0)
        {
            throw CommandException.NoHonestAnswer(FormattableString.Invariant($"the prediction of '{names.Targets[i]}' for row {row} is {y[i]}, beyond the range of doubles (1.8e308); scale the inputs or the weights down."));
        }
    }

    private static Finding Warning(long open, long rows, string? mark) => new(
        Severity.Warning,
        "undetermined-prediction",
        FormattableString.Invariant($"{open} of {rows} predictions depend on directions that the model's data left open (0 in column '{mark}'): another map fits that data as well and predicts something else there."),
        "Do not rely on these rows, or fit again with data that varies as they do.");

    private static string Unused(string name, IReadOnlyList<string> names)
    {
        while (names.Contains(name, StringComparer.Ordinal))
        {
            name += "_";
        }

        return name;
    }
}
