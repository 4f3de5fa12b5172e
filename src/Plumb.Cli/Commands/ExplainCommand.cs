using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Says why a learned W and b are not the truth, or not the best fit.</summary>
internal static class ExplainCommand
{
    private const string Unquoted = "-_./,=:@^"; // what a shell takes as it is, beside letters and digits

    public static Command Create(ProcessStreams terminal)
    {
        var model = new ModelOptions("The map to explain, ours or from elsewhere");
        var source = new SourceOptions(" that it was learned from");
        var truth = new Option<string?>("--truth")
        {
            Description = "The true map, as a model file, if it is known",
            HelpName = "FILE"
        };
        var objective = new ObjectiveOptions();
        var noise = new NoiseOption();
        var ordered = Options.Ordered();
        var output =
            ModelOutput.Option("Also write the map as a model file: repaired, where a mechanical mistake was found");
        var evidence =
            new Option<bool>(
                "--evidence")
            {
                Description = "Also show what the explanation rests on: each question, the answer, and "
                    + "what decided it"
            };
        var json = Options.Json();
        var weights = new WeightOptions();

        var command = new DocumentedCommand(
            "explain",
            "Says why W and b are not the truth, or not the best fit: what the data leave open, what training has not "
                + "reached, what a penalty moved, what noise and misfit did; and the one thing to do next.",
            "plumb explain model.json data.csv",
            "plumb explain model.json data.csv --truth truth.json",
            "plumb explain weights.safetensors data.csv --target y1,y2,y3 -o repaired.json",
            "plumb explain elsewhere.json data.csv --json > explanation.json")
        {
            model.Model, source.Data, model.Targets, model.Inputs, truth,
        };
        objective.AddTo(command);
        noise.AddTo(command);
        command.Add(ordered);
        command.Add(evidence);
        command.Add(output);
        command.Add(json);
        model.AddTo(command);
        weights.AddTo(command);
        source.AddTo(command);
        Options.RequireOneDocument(command, json, output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (modelPath, given) = (parsed.GetRequiredValue(model.Model), source.Of(parsed));
            RequireModelAndData(modelPath, given);
            var stored = model.Read(parsed, terminal);
            var (inputs, targets, weight) =
                (parsed.GetValue(model.Inputs) ?? [], parsed.GetValue(model.Targets) ?? [], weights.Column(parsed));
            Design Choose(IReadOnlyList<string> columns) => targets.Length + inputs.Length > 0
                ? Chosen(stored, columns, inputs, targets, weight?.Name, given.Name)
                : Names.Require(stored.ToModel().Map.Names, columns, modelPath, given.Name);

            var loaded =
                await LoadedData.ReadAsync(given, Choose, weight, keepRows: false, terminal, cancellationToken);
            var names = loaded.Moments.Names;
            var candidate = DataFile.ModelFor(stored, modelPath, names);
            var ofDoubles = await loaded.FitAsync(new LeastSquares { Bias = candidate.Made?.HasBias ?? true }, terminal,
                withSpectrum: false);
            (loaded, var fit) =
                await NumbersAsMeant.DecideAsync(loaded, ofDoubles, withSpectrum: false, terminal, cancellationToken);
            var moments = loaded.Moments;
            var corrected = noise.Correct(parsed, loaded, fit.Settings.Bias);
            var background = new Background
            {
                Truth = parsed.GetValue(truth) is { } file ? DataFile.ReadModelFor(file, names, terminal).Map : null,
                Objective = objective.Of(parsed, candidate.Made, fit, terminal),
                Corrected = corrected?.Map,
                Rows = await loaded.LookAgainAsync(fit, parsed.GetValue(ordered), terminal, cancellationToken),
                SignificandBits = stored.SignificandBits,
                IsForeign = candidate.Made is null,
            };
            var explanation = Explanation.Of(candidate.Map, fit, background);
            if (explanation.OriginEvidence is { Answer: Answer.Fails } && loaded.Again is { } again)
            {
                // Only where the moments do not explain the map: it takes another pass over the rows.
                var hints =
                    await Progress.RunAsync(terminal, "looking for where W and b come from",
                        _ => RowHints.OfAsync(candidate.Map, moments, again(cancellationToken), cancellationToken));
                explanation = Explanation.Of(candidate.Map, fit, background with { Hints = hints });
            }

            if (parsed.GetValue(output) is { } path)
            {
                var repaired = candidate with { Map = explanation.Mistake?.Repaired ?? candidate.Map };
                await ModelOutput.WriteAsync(path, repaired, terminal, cancellationToken);
            }

            Finding[] findings = [.. stored.Findings, .. loaded.Findings,
                .. loaded.WhyNotAgain.Length > 0 ? [loaded.NotSeen()] : Array.Empty<Finding>()];
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(writer => ExplainJson.Write(writer, explanation, corrected, findings));
            }
            else if (parsed.GetValue(output) != "-")
            {
                ExplainReport.Write(terminal.Console, explanation, findings, DataFile.NameOf(modelPath), given.Name);
                if (parsed.GetValue(evidence))
                {
                    EvidenceReport.Write(terminal.Console, explanation.Evidence);
                }

                CorrectionReport.Write(terminal.Console, explanation.Fit, corrected);
                terminal.Console.Text("Next: " + NextOf(explanation, parsed, parsed.GetValue(output)));
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The one thing to do next; where a mistake was found, the command that repairs it.</summary>
    private static string NextOf(Explanation explanation, ParseResult parsed, string? written) =>
        explanation.Mistake is null ? explanation.Next
        : written is not null ? $"go on with {written}, which holds the repaired map."
        : $"write the repaired map: plumb "
            + $"{string.Join(' ', parsed.Tokens.Select(token => token.Value.All(c => char.IsLetterOrDigit(c) || Unquoted.Contains(c)) ? token.Value : $"'{token.Value}'"))} -o repaired.json";

    private static void RequireModelAndData(string model, DataArguments data)
    {
        if (model == "-" && data.UsesStandardInput)
        {
            throw CommandException.Usage(
                "MODEL and DATA are both standard input, expected one of them at most; name a file.");
        }

        if (data.Paths.FirstOrDefault(path =>
            Path.GetExtension(path) is ".json" or ".npy" or ".npz" or ".safetensors") is { } weights)
        {
            throw CommandException.Usage(
                $"DATA is {weights}, expected the rows that the map was learned from; give MODEL first, then DATA.");
        }
    }

    /// <summary>The columns that the options choose; what they leave out is what the file names.</summary>
    private static Design Chosen(StoredWeights stored, IReadOnlyList<string> columns, string[] inputs, string[] targets,
        string? weight, string file)
    {
        var own = stored.ToModel().Map.Names;
        return Names.Choose(columns,
            inputs.Length == 0 && stored.HasNames && own.Inputs.All(columns.Contains) ? own.Inputs : inputs,
            targets.Length > 0 ? targets : own.Targets, weight, file);
    }
}
