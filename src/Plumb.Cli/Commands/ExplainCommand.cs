using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Says why a learned W and b are not the truth, or not the best fit.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "The map to explain: a JSON file with weights and bias, ours or from elsewhere" };
        var source = new SourceOptions(" that it was learned from");
        var truth = new Option<string?>("--truth") { Description = "The true map, as a model file, if it is known", HelpName = "FILE" };
        var ridge = Options.Real("--ridge", "The ridge penalty that the map was learned with [default: what the model file says, or 0]", 0);
        var json = Options.Json();
        var weights = new WeightOptions();

        var command = new DocumentedCommand(
            "explain",
            "Says why W and b are not the truth, or not the best fit: what the data leave open, what training has not reached, what a penalty moved, what noise did.",
            "plumb explain model.json data.csv",
            "plumb explain model.json data.csv --truth truth.json",
            "plumb explain elsewhere.json data.csv --json > explanation.json")
        {
            model, source.Data, truth, ridge, json,
        };
        weights.AddTo(command);
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (modelPath, given) = (parsed.GetRequiredValue(model), source.Of(parsed));
            if (modelPath == "-" && given.UsesStandardInput)
            {
                throw CommandException.Usage("MODEL and DATA are both standard input, expected one of them at most; name a file.");
            }

            var candidate = DataFile.ReadModel(modelPath, terminal);
            var names = candidate.Map.Names;
            var loaded = await LoadedData.ReadAsync(given, columns => Names.Require(names, columns, modelPath, given.Name), weights.Column(parsed), keepRows: false, terminal, cancellationToken);
            var explanation = Explanation.Of(
                candidate.Map,
                loaded.Moments,
                parsed.GetValue(truth) is { } file ? DataFile.ReadModelFor(file, names, terminal).Map : null,
                parsed.GetResult(ridge) is null ? candidate.Made?.Ridge ?? 0 : parsed.GetValue(ridge),
                candidate.Made?.HasBias ?? true);
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(writer => ExplainJson.Write(writer, explanation, loaded.Findings));
            }
            else
            {
                ExplainReport.Write(terminal.Console, explanation, loaded.Findings, DataFile.NameOf(modelPath), given.Name);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
