using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Trains W and b by gradient descent, and says how far that is from where it is going.</summary>
internal static class TrainCommand
{
    private const long DefaultSteps = 10_000;
    private const int StartStream = 2; // of the seed: another than simulate's, or training would start at the truth
    private const double DefaultTolerance = 1e-9;

    public static Command Create(Terminal terminal)
    {
        var columns = new DataOptions();
        var noBias = new Option<bool>("--no-bias") { Description = "Train y = W x, without b" };
        var optimizer = Options.Choice("--optimizer", "The method [default: sgd]", "sgd");
        var rate = Options.Rate("--learning-rate", "The learning rate; auto takes the best one that the data's spectrum allows [default: auto]");
        var steps = Options.Whole("--steps", "The most steps; training ends earlier once it has arrived", 0L, long.MaxValue);
        var batch = Options.Batch("--batch", "Rows a step: a number, or full [default: full]");
        var loss = Options.Choice("--loss", "What is made small: with r = W x + b - y, sum of |r|^2 over the rows of a batch, its mean, half its mean, or the mean over rows and targets (mse)", [.. Loss.All.Select(choice => choice.Name)]);
        var tolerance = Options.Real("--tolerance", "Arrived is when the distance to the limit is at most this part of the limit's size, or of 1 [default: 1e-9]", 0);
        var initial = new Option<string>("--init") { Description = "The start: random (uniform on [0, 1)), zero, or a model file", HelpName = "random|zero|FILE" };
        var seed = Options.Whole("--seed", "The seed of the start and of the order of the rows", long.MinValue, long.MaxValue);
        var truth = new Option<string?>("--truth") { Description = "The true map, as a model file, if it is known", HelpName = "FILE" };
        var output = Options.Output("Also write the trained map as a model file");
        var json = Options.Json();
        steps.DefaultValueFactory = _ => DefaultSteps;
        loss.DefaultValueFactory = _ => Loss.Mse.Name;
        initial.DefaultValueFactory = _ => "random";
        seed.DefaultValueFactory = _ => 1;

        var command = new DocumentedCommand(
            "train",
            "Trains y = W x + b by gradient descent, and says how far W and b are from where they are going.",
            "plumb train data.csv --target y",
            "plumb train data.csv --target y1,y2,y3 --loss sum --batch 1 --learning-rate 0.001",
            "plumb train data.csv --target y --init model.json --steps 1000 -o model.json",
            "plumb train data.csv --target y1,y2,y3 --truth truth.json --json")
        {
            columns.Data, columns.Targets, columns.Inputs, noBias, optimizer, rate, steps, batch, loss, tolerance, initial, seed, truth, output, json,
        };
        columns.Weights.AddTo(command);
        columns.Csv.AddTo(command);
        Options.RequireOneDocument(command, json, output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var batchSize = parsed.GetValue(batch)?.Number;
            var data = await columns.ReadAsync(parsed, keepRows: batchSize is not null, terminal, cancellationToken);
            var run = new TrainingRun(data, Loss.All.Single(choice => choice.Name == parsed.GetValue(loss)))
            {
                Bias = !parsed.GetValue(noBias),
                LearningRate = parsed.GetValue(rate)?.Number,
                BatchSize = batchSize,
                Steps = parsed.GetValue(steps),
                Tolerance = parsed.GetResult(tolerance) is null ? DefaultTolerance : parsed.GetValue(tolerance),
                Seed = parsed.GetValue(seed),
                Initial = InitialMap(parsed.GetValue(initial)!, parsed.GetValue(seed), !parsed.GetValue(noBias), data.Moments.Names, terminal),
                Truth = parsed.GetValue(truth) is { } file ? DataFile.ReadModelFor(file, data.Moments.Names, terminal).Map : null,
            };
            var result = await Progress.RunAsync(terminal, "training", progress => Task.FromResult(run.Run(progress, cancellationToken)));
            if (parsed.GetValue(output) is { } path)
            {
                await terminal.WriteAsync(path, stream => Task.Run(() => ModelFile.Write(stream, result.ToModel()), cancellationToken), cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                terminal.WriteJson(writer => TrainJson.Write(writer, result));
            }
            else if (parsed.GetValue(output) != "-")
            {
                TrainReport.Write(terminal.Console, result, DataFile.NameOf(parsed.GetRequiredValue(columns.Data)));
            }

            if (result.Outcome != TrainingOutcome.Diverged)
            {
                return ExitCode.Done;
            }

            await terminal.FlushAsync(); // or a terminal would show the message amid the report
            terminal.WriteMessage(result.Divergence);
            return ExitCode.NoHonestAnswer;
        });
        return command;
    }

    private static AffineMap InitialMap(string choice, long seed, bool bias, VariableNames names, Terminal terminal)
    {
        var map = choice switch
        {
            "random" => AffineMap.Random(names.Inputs.Count, names.Targets.Count, new RandomSource(seed, StartStream)).Named(names),
            "zero" => AffineMap.Zero(names.Inputs.Count, names.Targets.Count).Named(names),
            _ => DataFile.ReadModelFor(choice, names, terminal).Map,
        };
        if (bias || !map.Bias.ContainsAnyExcept(0.0))
        {
            return map;
        }

        return choice == "random"
            ? new AffineMap(map.Weights, new double[map.TargetCount], names)
            : throw CommandException.Usage($"--no-bias trains without b, but the start in {choice} has one; leave out --no-bias, or start from another map.");
    }
}
