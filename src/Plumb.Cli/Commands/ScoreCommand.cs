using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Says how well a model predicts the targets of a file's rows.</summary>
internal static class ScoreCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var model = new ModelOptions("The model");
        var source = new SourceOptions(" with the model's inputs and targets");
        var (exclude, weights) = (new ExcludeOption(), new WeightOptions());
        var json = Options.Json();
        var reports = new ReportOptions(hasPictures: false);
        var command = new DocumentedCommand(
            "score",
            "Measures how well a model predicts rows, preferably ones it was not learned from: RMSE, MAE, R-squared "
                + "and the "
                + "mean residual of each target.",
            "plumb score model.json test.csv",
            "plumb score model.json \"test/*.parquet\" --json > score.json",
            "plumb score model.json test.csv --report score.html",
            "plumb score weights.npz test.csv --input age,height,weight --target y")
        {
            model.Model, source.Data, model.Targets, model.Inputs, json,
        };
        reports.AddTo(command);
        model.AddTo(command);
        exclude.AddTo(command);
        weights.AddTo(command);
        source.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (path, given) = (parsed.GetRequiredValue(model.Model), source.Of(parsed));
            ExplainOptions.RequireModelAndData(path, given);
            var stored = model.Read(parsed, terminal);
            var from = stored.Model?.LearnedFrom;
            given = given.As(from) with { Weights = weights.Column(parsed), LooksAgain = true };
            var data = await LoadedData.ReadAsync(given,
                table => ExplainOptions.PlanOf(model, exclude, parsed, stored, table, given.Apart,
                    given.Name),
                terminal, cancellationToken);
            data = data.Compared(from);
            var map = DataFile.ModelFor(stored, path, data.Moments.Names, data.Design).Map;
            var score = await Progress.RunAsync(terminal, "looking at the rows again", progress => data.Again is null
                ? Task.FromResult(MapScore.Of(map, data.Moments))
                : MapScore.OfAsync(map, data.Moments,
                    SecondReading.Counted(data.Again(cancellationToken), data.Moments.Rows, progress),
                    cancellationToken));
            var document = new ScoreDocument(score, DataFile.NameOf(path), given.Name)
            {
                LearnedFrom = from,
                RSquaredThen = Then(stored, score),
                IsWeighted = given.Weights is not null,
                Findings = [.. stored.Findings, .. data.Findings, .. ScoreText.Findings(score, data.WhyNotAgain)],
            };
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(writer => ScoreJson.Write(writer, document));
            }
            else
            {
                reports.Show(parsed, ScorePage.Of(document), terminal);
            }

            await reports.WriteAsync(parsed, () => ScorePage.Of(document), terminal, cancellationToken);

            return ExitCode.Done;
        });
        return command;
    }

    // One per target of the score, whatever their order in the model.
    private static IReadOnlyList<double> Then(StoredWeights stored, MapScore score) =>
        stored.Model is { LearnedFrom.RSquared: { Count: > 0 } shares } model
        && model.Map.Names.Targets.ToList() is var names
        && score.Targets.All(target => names.Contains(target.Target))
            ? [.. score.Targets.Select(target => shares[names.IndexOf(target.Target)])] : [];
}
