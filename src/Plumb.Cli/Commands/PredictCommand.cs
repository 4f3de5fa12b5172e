using System.CommandLine;
using System.Globalization;

namespace Plumb.Cli.Commands;

/// <summary>
/// Applies a model to rows, and marks the rows whose prediction rests on directions that the model's data left open.
/// </summary>
internal static class PredictCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var model = new ModelOptions("The model");
        var source = new SourceOptions(" with a column for each of the model's inputs", takesEmpty: true);
        var keep = Options.ColumnNames("--keep", "A column of DATA to write beside the predictions, as it stands "
            + "there; repeat the option, or separate names with commas");
        Option<bool> withData = new("--with-data")
        {
            Description = "Write all columns of DATA beside the predictions, as they stand there",
        };
        var output =
            Options.Output(
                "The file to write, Parquet where it ends in .parquet, else CSV: a column for each target, and "
                    + "'determined' (1 or 0) when the model's data leave directions undetermined [default: standard "
                        + "output, aligned on a terminal]");

        var unseen = Options.Choice("--unseen",
            "What to do about a text that is no level of the model's category: refuse it, or take it as missing, so "
                + "that the prediction is empty [default: refuse]", "refuse", "missing");

        var intervals = new IntervalOptions();
        var command = new DocumentedCommand(
            "predict",
            "Predicts y = W x + b for each row of a file, and marks predictions that the model's data do not "
                + "determine.",
            "plumb predict model.json new.csv -o predicted.csv",
            "plumb predict model.json new.csv --keep id,date -o predicted.csv",
            "plumb predict model.json new.csv --interval new --level 0.9",
            "plumb predict model.json \"new/*.parquet\" -o predicted.parquet",
            "plumb predict weights.npz new.csv --input age,height,weight",
            "plumb predict model.json - --delimiter ';' --missing drop < new.csv")
        {
            model.Model, source.Data, model.Inputs, output, keep, withData, unseen,
        };
        intervals.AddTo(command);
        model.AddTo(command);
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var modelPath = parsed.GetRequiredValue(model.Model);
            var given = source.Of(parsed);
            if (modelPath == "-" && given.UsesStandardInput)
            {
                throw CommandException.Usage("MODEL and DATA are both standard input, expected one of them at most; "
                    + "name a file.");
            }

            var asked = intervals.Of(parsed);
            var weights = model.Read(parsed, terminal);
            var from = weights.Model?.LearnedFrom;
            given = given.As(from);
            var states = given.StatesOfFiles();
            await using var reader = await given.ToSource(terminal).OpenAsync(cancellationToken);
            var affine = ModelOf(weights,
                Names.Resolve("--input", parsed.GetValue(model.Inputs) ?? [], reader.Columns, reader.Name));
            if (asked is not null)
            {
                AskedIntervals.Require(affine, modelPath);
            }

            var design = Names.DesignOf(affine, reader.Columns);
            Names.RequireColumns(design.Columns.Inputs, reader.Columns, modelPath, reader.Name);
            var readings = ColumnReadings.Of(DesignPlan.Of(design.WithoutTargets()), TableColumns.Of(reader),
                given.Dates, parsed.GetValue(unseen) == "missing", reader.Name);
            readings.GiveTo(reader);
            var kept = parsed.GetValue(withData) ? reader.Columns
                : Names.Resolve("--keep", parsed.GetValue(keep) ?? [], reader.Columns, reader.Name);
            var lacking = source.LackingOf(parsed) ?? (kept.Count > 0 ? LackingRows.Empty : LackingRows.Refused);
            var predictions = new Predictions(affine, design, reader, new KeptColumns(kept, lacking), asked);
            var writing = new PredictionOutput(kept, predictions.Columns, lacking == LackingRows.Dropped);
            await writing.WriteAsync(parsed.GetValue(output),
                states.Guard(predictions.ReadAsync(cancellationToken), cancellationToken), terminal, cancellationToken);
            terminal.Report([.. weights.Findings, .. readings.Findings,
                .. AsLearned.OtherSigns(from, readings.Signs, design.Columns.Inputs), .. reader.Findings]);
            if (predictions.Lacking > 0)
            {
                terminal.Report([LackingFinding(predictions, lacking)]);
            }

            if (predictions.Open > 0)
            {
                terminal.Report([Warning(predictions.Open, predictions.Rows, predictions.Mark)]);
            }

            if (asked is not null && affine.Errors!.Doubts.Count > 0)
            {
                terminal.Report([DoubtsFinding(affine.Errors)]);
            }

            if (predictions.Outside > 0)
            {
                terminal.Report([OutsideFinding(predictions, affine.Errors!)]);
            }
            else if (asked is not null && affine.Errors!.LargestLeverage is null)
            {
                terminal.Report([NotKnownFinding(modelPath)]);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private const string BiasAt =
        ", or say by --bias-at first or --bias-at last which number of the model is its bias.";

    /// <summary>The map, its inputs named by the option, in its order.</summary>
    private static AffineModel ModelOf(StoredWeights weights, IReadOnlyList<string> inputs)
    {
        var model = weights.ToModel();
        return inputs.Count == 0 ? model
            : inputs.Count == model.Map.InputCount
            ? model with { Map = model.Map.Named(model.Map.Names with { Inputs = inputs }) }
            : throw CommandException.Usage(string.Create(CultureInfo.InvariantCulture, $"--input names "
                + $"{NumberText.Of(inputs.Count, "column")}, but the model has "
                    + $"{NumberText.Of(model.Map.InputCount, "input")}; name one column per input, in its order"
                    + $"{(inputs.Count + 1 == model.Map.InputCount && weights.MayHoldBias ? BiasAt : ".")}"));
    }

    private static Finding LackingFinding(Predictions predictions, LackingRows lacking) => new(
        Severity.Warning,
        "missing-values",
        string.Create(CultureInfo.InvariantCulture,
            $"{predictions.Lacking} of {NumberText.Of(predictions.Rows, "row")} lack a value that the model needs: "
                + $"{(lacking == LackingRows.Dropped ? "they are left out" : "their predictions are empty")}."),
        "");

    private static Finding OutsideFinding(Predictions predictions, PredictionErrors errors) => new(
        Severity.Warning,
        "outside-data",
        string.Create(CultureInfo.InvariantCulture,
            $"{predictions.Outside} of {NumberText.Of(predictions.Rows, "row")} "
                + $"{(predictions.Outside == 1 ? "lies" : "lie")} outside the model's data (leverage up to "
                + $"{NumberText.Measure(predictions.LargestLeverage)}; in the data at most "
                + $"{NumberText.Measure(errors.LargestLeverage!.Value)})."),
        "There the form of the model is untested: predictions hold only if it goes on as it is.");

    private static Finding DoubtsFinding(PredictionErrors errors) => new(
        Severity.Warning,
        "interval-doubtful",
        "Intervals take the noise to be even and rows to be independent, and the model's data contradict that ("
            + $"{string.Join(", ", errors.Doubts)}): their widths are off.",
        errors.Doubts.All(code => code == FindingCodes.Groups)
            ? "Add the column that 'plumb fit' names to the inputs; or, for means, fit with errors clustered by it "
                + "(plumb fit --errors)."
            : "Fit with weights, or the logarithm of the target, until 'plumb fit' finds neither.");

    private static Finding NotKnownFinding(string path) => new(Severity.Information, "leverage-not-known",
        $"{path}: does not say how far out its own rows lie, so 'outside' is empty.",
        "Fit it with a second look at the rows to know which predictions lie outside the data.");

    private static Finding Warning(long open, long rows, string? mark) => new(
        Severity.Warning,
        "undetermined-prediction",
        string.Create(CultureInfo.InvariantCulture,
            $"{open} of {rows} predictions depend on directions that the model's data leave undetermined (0 in column "
                + $"'{mark}'): another map fits that data as well and predicts something else there."),
        "Do not rely on these rows, or fit again with data that varies as they do.");
}
