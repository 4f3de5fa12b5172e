using System.CommandLine;
using Plumb.Cli.Reports;
using Plumb.Cli.Training;

namespace Plumb.Cli.Commands;

/// <summary>Trains W and b by gradient descent, and says how far that is from where it is going.</summary>
internal static class TrainCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var options = new TrainOptions();
        var command = new DocumentedCommand(
            "train",
            "Trains y = W x + b by gradient descent, and shows whether it has converged, and what would finish it.",
            "plumb train data.csv --target y",
            "plumb train data.csv --target y1,y2,y3 --loss sum --batch 1 --learning-rate 0.001",
            "plumb train data.csv --target y --optimizer adam --schedule cosine --batch 32 --holdout 0.2",
            "plumb train data.csv --target y --optimizer momentum --steps 1000000000",
            "plumb train data.csv --target y --batch 64 --steps 1000000 --checkpoint run --resume",
            "plumb train data.csv --target y --init model.json --steps 1000 -o model.json",
            "plumb train data.csv --target y1,y2,y3 --truth truth.json --json");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TrainOptions options, ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        using var run = await options.ReadAsync(parsed, terminal, cancellationToken);
        var result =
            await Progress.RunAsync(terminal, "training", progress => run.RunAsync(progress, cancellationToken));
        var output = parsed.GetValue(options.Output);
        if (output is not null)
        {
            await ModelOutput.WriteAsync(output, run.Data.Remembered(result.ToModel()), terminal, cancellationToken);
        }

        var (sentences, isToExplain) = (new TrainingText(result), parsed.GetValue(options.Explain));
        var rows = isToExplain && result.HeldOutRows is null
            ? await run.Data.LookAgainAsync(result.Fit, inOrder: false, terminal, cancellationToken) : null;
        var explanation = sentences.Explain(rows);
        if (parsed.GetValue(options.Json))
        {
            terminal.WriteJson(writer => TrainJson.Write(writer, result, sentences, explanation));
        }
        else if (output != "-")
        {
            options.Reports.Show(parsed, PageOf(), terminal);
        }

        await options.Reports.WriteAsync(parsed, PageOf, terminal, cancellationToken);

        if (result.Outcome != TrainingOutcome.Diverged)
        {
            return ExitCode.Done;
        }

        await terminal.FlushAsync(); // or a terminal would show the message amid the report
        terminal.WriteMessage(sentences.Divergence);
        return ExitCode.NoHonestAnswer;

        Page PageOf() => TrainPage.Of(result, sentences, options.SourceName(parsed), run.Data.Rest, explanation,
            isToExplain);
    }
}
