using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Says which points to measure next.</summary>
internal static class NextCommand
{
    private const int DefaultCount = 5;

    public static Command Create(ProcessStreams terminal)
    {
        var columns = new DataOptions();
        var candidates = new CandidateOptions();
        var count = Options.Whole("--count", "How many points to propose", 1, 1000);
        var goal = new Option<string>("--goal")
        {
            Description = "What they are for, once every parameter is determined: rank (nothing more), d (all "
                + "parameters together), a (their mean variance), or one parameter, such as w[y1,x2] or b[y1]",
            HelpName = "rank|d|a|w[T,X]|b[T]",
        };
        var noBias = new Option<bool>("--no-bias") { Description = "The map is y = W x, without b" };
        var output =
            Options.Output("Also write the points as a CSV file, a column for each that the inputs are made from");
        var json = Options.Json();
        count.DefaultValueFactory = _ => DefaultCount;
        goal.DefaultValueFactory = _ => "d";

        var command = new DocumentedCommand(
            "next",
            "Proposes the points to measure next: first those that leave what the data span, then those that make W "
                + "and b most precise; with the rank and the standard errors after each.",
            "plumb next data.csv --target y --box x1=0:1,x2=0:1",
            "plumb next data.csv --target y1,y2 --candidates possible.csv --count 3 -o measure.csv",
            "plumb next data.csv --target y --box temperature=20:80,time=1:10 --goal \"w[y,time]\"")
        {
            columns.Source.Data, columns.Targets, columns.Inputs, candidates.File, candidates.Box, count, goal, noBias,
            output, json,
        };
        columns.AddTo(command);
        candidates.AddTo(command);
        Options.RequireOneDocument(command, json, output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var given = columns.Source.Of(parsed);
            var data = await columns.ReadAsync(parsed, keepRows: false, terminal, cancellationToken);
            var names = data.Moments.Names;
            var design = data.Design;
            var experiment = new Experiment(GoalOf(parsed.GetValue(goal)!, names))
            {
                Count = parsed.GetValue(count),
                Bias = !parsed.GetValue(noBias)
            };
            var choice =
                await candidates.ReadAsync(parsed, design.Columns.Inputs, given.Format, terminal, cancellationToken);
            var proposal =
                await Progress.RunAsync(terminal, "looking for points",
                    _ => Task.FromResult(experiment.Propose(data.Moments, choice, design)));
            var fit = await data.FitAsync(new LeastSquares { Bias = experiment.Bias }, terminal, withSpectrum: false);
            if (parsed.GetValue(output) is { } path)
            {
                await terminal.WriteTextAsync(path, text => WritePoints(text, design.Columns.Inputs, proposal),
                    cancellationToken);
            }

            Finding[] findings = [.. proposal.Findings, .. data.Findings];
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(writer => NextJson.Write(writer, proposal, design, fit, findings));
            }
            else if (parsed.GetValue(output) != "-")
            {
                NextReport.Write(terminal.Console, proposal, design, fit, findings, given.Name);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Task WritePoints(TextWriter text, IReadOnlyList<string> names, Proposal proposal)
    {
        var csv = new CsvWriter(text);
        csv.Row(names);
        foreach (var point in proposal.Points)
        {
            csv.Row([.. point.Point]);
        }

        return Task.CompletedTask;
    }

    private static ExperimentGoal GoalOf(string text, VariableNames names)
    {
        switch (text)
        {
            case "rank":
                return new ExperimentGoal.FullRank();
            case "d":
                return new ExperimentGoal.Determinant();
            case "a":
                return new ExperimentGoal.MeanVariance();
        }

        foreach (var target in names.Targets)
        {
            if (text == $"b[{target}]")
            {
                return new ExperimentGoal.OneParameter(names.Inputs.Count);
            }

            for (var j = 0; j < names.Inputs.Count; j++)
            {
                if (text == $"w[{target},{names.Inputs[j]}]" || text == $"w[{target}, {names.Inputs[j]}]")
                {
                    return new ExperimentGoal.OneParameter(j);
                }
            }
        }

        throw CommandException.Usage(
            $"--goal holds '{text}', expected rank, d, a, or a parameter such as w[{names.Targets[0]},{names.Inputs[0]}"
                + $"] or b[{names.Targets[0]}]; name a target and an input of the data.");
    }
}
