using System.CommandLine;
using System.Globalization;
using Plumb.Cli.Reports;
using Plumb.Cli.Training;

namespace Plumb.Cli.Commands;

/// <summary>Trains W and b by gradient descent, and says how far that is from where it is going.</summary>
internal static class TrainCommand
{
    private const long DefaultSteps = 10_000;
    private const int DefaultPatience = 10;
    private const int StartStream = 2; // of the seed: another than simulate's, or training would start at the truth

    public static Command Create(ProcessStreams terminal)
    {
        var columns = new DataOptions();
        var noBias = new Option<bool>("--no-bias") { Description = "Train y = W x, without b" };
        var optimizer = new OptimizerOptions();
        var steps = Options.Whole("--steps", "Maximum number of steps; training ends earlier once it has converged", 0L,
            long.MaxValue);
        var batch = Options.Batch("--batch", "Rows a step: a number, or full [default: full]");
        var loss = Options.Choice("--loss",
            "What is made small: with r = W x + b - y, sum of |r|^2 over the rows of a batch, its mean, half its mean, "
                + "or the mean over rows and targets (mse)", [.. Loss.All.Select(choice => choice.Name)]);
        var standardize =
            new Option<bool>(
                "--standardize")
            {
                Description = "Train on inputs centred and scaled, and fold that back into W and b: "
                    + "fewer steps, the same units"
            };
        var tolerance = Options.Real(
            "--tolerance",
            "Stop once no parameter, and no combination of parameters that the data determine, is farther from the "
                + "best "
                + "fit's than this part of its standard error, or than rounding; at most 0.01, and 0 never stops early "
                + "[default: 0.01]",
            0);
        var time = Options.Real("--time", "The most seconds", 0);
        var holdOut = Options.Fraction("--holdout",
            "Hold out this part of the rows, chosen by the seed, and stop once the loss over them no longer falls");
        var patience = Options.Whole("--patience",
            "With --holdout: how many passes over the rows, or steps of full batches, may not improve it [default: 10]",
            1, int.MaxValue);
        var initial =
            new Option<string>("--init")
            {
                Description = "The start: random (uniform on [0, 1)), zero, or a model file",
                HelpName = "random|zero|FILE"
            };
        var seed = Options.Whole("--seed", "The seed of the start, of the order of the rows and of those held out",
            long.MinValue, long.MaxValue);
        var truth = new Option<string?>("--truth")
        {
            Description = "The true map, as a model file, if it is known",
            HelpName = "FILE"
        };
        var records = new RecordOptions();
        var explain =
            new Option<bool>(
                "--explain")
            {
                Description = "Also say why the map is not the truth, or not the best fit, as 'plumb "
                    + "explain' does"
            };
        var output = ModelOutput.Option("Also write the trained map as a model file");
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
            "plumb train data.csv --target y --optimizer adam --schedule cosine --batch 32 --holdout 0.2",
            "plumb train data.csv --target y --optimizer momentum --steps 1000000000",
            "plumb train data.csv --target y --batch 64 --steps 1000000 --checkpoint run --resume",
            "plumb train data.csv --target y --init model.json --steps 1000 -o model.json",
            "plumb train data.csv --target y1,y2,y3 --truth truth.json --json")
        {
            columns.Source.Data, columns.Targets, columns.Inputs, noBias,
        };
        foreach (var option in (Option[])[.. optimizer.All, steps, batch, loss, standardize, tolerance, time, holdOut,
            patience, initial, seed, truth, .. records.All, explain, output, json])
        {
            command.Add(option);
        }

        columns.AddTo(command);
        Options.RequireOneDocument(command, json, output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var batchSize = parsed.GetValue(batch)?.Number;
            var method = optimizer.Read(parsed, parsed.GetValue(steps));
            var part = parsed.GetResult(holdOut) is null ? (double?)null : parsed.GetValue(holdOut);
            RequireNoContradiction(parsed, method, batchSize, part is not null, explain, json, patience);
            RequireTolerance(parsed, tolerance);
            if (batchSize is not null && columns.Weights.Column(parsed) is not null)
            {
                throw CommandException.Usage("batches do not weigh their rows; train with --batch full, which does, or "
                    + "leave out the weights.");
            }

            var checkpoints = records.Checkpoints(parsed, method);
            var data = await columns.ReadAsync(parsed, keepRows: batchSize is not null || part is not null, terminal,
                cancellationToken);
            var from = records.From(parsed, checkpoints, terminal);
            using var logs = records.Logs(parsed, from);
            var run = new TrainingRun(data, Loss.All.Single(choice => choice.Name == parsed.GetValue(loss)), method)
            {
                Bias = !parsed.GetValue(noBias),
                BatchSize = batchSize,
                Steps = parsed.GetValue(steps),
                Tolerance = parsed.GetResult(tolerance) is null
                    ? ConvergenceTest.MostStandardErrors
                    : parsed.GetValue(tolerance),
                Seed = parsed.GetValue(seed),
                Standardize = parsed.GetValue(standardize),
                Time = parsed.GetResult(time) is null ? null : TimeSpan.FromSeconds(parsed.GetValue(time)),
                HoldOut = part,
                Patience = parsed.GetResult(patience) is null ? DefaultPatience : parsed.GetValue(patience),
                Initial = InitialMap(parsed.GetValue(initial)!, parsed.GetValue(seed), !parsed.GetValue(noBias),
                    data.Moments.Names, terminal),
                Truth = parsed.GetValue(truth) is { } file
                    ? DataFile.ReadModelFor(file, data.Moments.Names, terminal).Map : null,
                Checkpoints = checkpoints,
                Every = records.Every(parsed),
                From = from,
                Logs = logs.All,
            };
            var result =
                await Progress.RunAsync(terminal, "training", progress => run.RunAsync(progress, cancellationToken));
            if (parsed.GetValue(output) is { } path)
            {
                await ModelOutput.WriteAsync(path, result.ToModel(), terminal, cancellationToken);
            }

            var sentences = new TrainingText(result);
            var rows = parsed.GetValue(explain) && part is null
                ? await data.LookAgainAsync(result.Fit, inOrder: false, terminal, cancellationToken) : null;
            var explanation = sentences.Explain(rows);
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(writer => TrainJson.Write(writer, result, sentences, explanation));
            }
            else if (parsed.GetValue(output) != "-")
            {
                var source = columns.Source.Of(parsed).Name;
                TrainReport.Write(terminal.Console, result, sentences, source);
                if (parsed.GetValue(explain))
                {
                    ExplainReport.Write(terminal.Console, explanation, [], "the trained map", source);
                }

                terminal.Console.Text("Next: " + sentences.Next(explanation));
            }

            if (result.Outcome != TrainingOutcome.Diverged)
            {
                return ExitCode.Done;
            }

            await terminal.FlushAsync(); // or a terminal would show the message amid the report
            terminal.WriteMessage(sentences.Divergence);
            return ExitCode.NoHonestAnswer;
        });
        return command;
    }

    private static void RequireNoContradiction(ParseResult parsed, TrainingMethod method, int? batchSize, bool holdsOut,
        Option<bool> explain, Option<bool> json, Option<int> patience)
    {
        if (method.Optimizer is null && batchSize is not null)
        {
            throw CommandException.Usage(
                $"--batch and --optimizer {method.Name} exclude each other: {method.Name} needs full batches; leave "
                    + $"out --batch.");
        }

        if (parsed.GetValue(explain) && parsed.GetValue(json))
        {
            throw CommandException.Usage(
                "--explain and --json exclude each other; write the map with --output, and run 'plumb explain --json' "
                    + "on it.");
        }

        if (!holdsOut && parsed.GetResult(patience) is not null)
        {
            throw CommandException.Usage(
                "--patience is how long to wait for the loss over held-out rows; add --holdout 0.2.");
        }
    }

    private static void RequireTolerance(ParseResult parsed, Option<double> tolerance)
    {
        if (parsed.GetResult(tolerance) is not null && parsed.GetValue(tolerance) > ConvergenceTest.MostStandardErrors)
        {
            throw CommandException.Usage(string.Create(CultureInfo.InvariantCulture,
                $"--tolerance holds '{parsed.GetValue(tolerance)}', expected at most "
                    + $"{ConvergenceTest.MostStandardErrors}")
                + " (standard errors): farther away, W and b are not the best fit's; to stop earlier, give --steps.");
        }
    }

    private static AffineMap InitialMap(string choice, long seed, bool bias, VariableNames names,
        ProcessStreams terminal)
    {
        var map = choice switch
        {
            "random" => AffineMap.Random(names.Inputs.Count, names.Targets.Count, new RandomSource(seed, StartStream))
                .Named(names),
            "zero" => AffineMap.Zero(names.Inputs.Count, names.Targets.Count).Named(names),
            _ => DataFile.ReadModelFor(choice, names, terminal).Map,
        };
        if (bias || !map.Bias.ContainsAnyExcept(0.0))
        {
            return map;
        }

        return choice == "random"
            ? new AffineMap(map.Weights, new double[map.TargetCount], names)
            : throw CommandException.Usage(
                $"--no-bias trains without b, but the start in {choice} has one; leave out --no-bias, or start from "
                    + $"another map.");
    }
}
