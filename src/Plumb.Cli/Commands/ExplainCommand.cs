using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Says why a learned W and b are not the truth, or not the best fit.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new ModelOptions("The map to explain, ours or from elsewhere");
        var data = new Argument<string>("DATA") { Description = "The CSV file that it was learned from; - reads standard input" };
        var truth = new Option<string?>("--truth") { Description = "The true map, as a model file, if it is known", HelpName = "FILE" };
        var ridge = Options.Real("--ridge", "The ridge penalty that the map was learned with [default: what the model file says, or 0]", 0);
        var json = Options.Json();
        var weights = new WeightOptions();
        var csv = new CsvOptions();

        var command = new DocumentedCommand(
            "explain",
            "Says why W and b are not the truth, or not the best fit: what the data leave open, what training has not reached, what a penalty moved, what noise did.",
            "plumb explain model.json data.csv",
            "plumb explain model.json data.csv --truth truth.json",
            "plumb explain elsewhere.json data.csv --json > explanation.json")
        {
            model.Model, data, model.Targets, model.Inputs, truth, ridge, json,
        };
        model.AddTo(command);
        weights.AddTo(command);
        csv.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (modelPath, dataPath) = (parsed.GetRequiredValue(model.Model), parsed.GetRequiredValue(data));
            if (modelPath == "-" && dataPath == "-")
            {
                throw CommandException.Usage("MODEL and DATA are both standard input, expected one of them at most; name a file.");
            }

            if (Path.GetExtension(dataPath) is ".json" or ".npy" or ".npz" or ".safetensors")
            {
                throw CommandException.Usage($"DATA is {dataPath}, expected the rows that the map was learned from; give MODEL first, then DATA.");
            }

            var stored = model.Read(parsed, terminal);
            var (inputs, targets, weight) = (parsed.GetValue(model.Inputs) ?? [], parsed.GetValue(model.Targets) ?? [], weights.Column(parsed));
            Design Choose(IReadOnlyList<string> columns) => targets.Length + inputs.Length > 0
                ? Chosen(stored, columns, inputs, targets, weight?.Name, DataFile.NameOf(dataPath))
                : Names.Require(stored.ToModel().Map.Names, columns, modelPath, DataFile.NameOf(dataPath));

            var loaded = await LoadedData.ReadAsync(dataPath, csv.Format(parsed), Choose, weight, keepRows: false, terminal, cancellationToken);
            var names = loaded.Moments.Names;
            var candidate = DataFile.ModelFor(stored, modelPath, names);
            var explanation = Explanation.Of(
                candidate.Map,
                loaded.Moments,
                parsed.GetValue(truth) is { } file ? DataFile.ReadModelFor(file, names, terminal).Map : null,
                parsed.GetResult(ridge) is null ? candidate.Made?.Ridge ?? 0 : parsed.GetValue(ridge),
                candidate.Made?.HasBias ?? true);
            Finding[] findings = [.. stored.Findings, .. loaded.Findings];
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(writer => ExplainJson.Write(writer, explanation, findings));
            }
            else
            {
                ExplainReport.Write(terminal.Console, explanation, findings, DataFile.NameOf(modelPath), DataFile.NameOf(dataPath));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The columns that the options choose; what they leave out is what the file names.</summary>
    private static Design Chosen(StoredWeights stored, IReadOnlyList<string> columns, string[] inputs, string[] targets, string? weight, string file)
    {
        var own = stored.ToModel().Map.Names;
        return Names.Choose(columns, inputs.Length == 0 && stored.HasNames && own.Inputs.All(columns.Contains) ? own.Inputs : inputs, targets.Length > 0 ? targets : own.Targets, weight, file);
    }
}
