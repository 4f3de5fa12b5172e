using System.CommandLine;

namespace Plumb.Cli.Commands;

/// <summary>Says why a learned W and b are not the truth, or not the best fit.</summary>
internal static class ExplainCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var options = new ExplainOptions();
        var command = new DocumentedCommand(
            "explain",
            "Explains why W and b are not the truth, or not the best fit: undetermined parameters, unfinished "
                + "training, a "
                + "penalty, noise, misfit or a mistake in storing them; and the one thing to do next.",
            "plumb explain model.json data.csv",
            "plumb explain model.json data.csv --truth truth.json",
            "plumb explain weights.safetensors data.csv --target y1,y2,y3 -o repaired.json",
            "plumb explain elsewhere.json data.csv --json > explanation.json");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(options, parsed, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ExplainOptions options, ParseResult parsed, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        var explained = await options.ExplainAsync(parsed, terminal, cancellationToken);
        var output = parsed.GetValue(options.Output);
        if (output is not null)
        {
            await ModelOutput.WriteAsync(output, explained.Repaired, terminal, cancellationToken);
        }

        var next = NextOf(explained, parsed, output);
        if (parsed.GetValue(options.Json))
        {
            terminal.WriteJson(writer => ExplainJson.Write(writer, explained));
        }
        else if (output != "-")
        {
            options.Reports.Show(parsed, PageOf(parsed.GetValue(options.Evidence)), terminal);
        }

        await options.Reports.WriteAsync(parsed, () => PageOf(withEvidence: true), terminal, cancellationToken);
        return ExitCode.Done;

        Page PageOf(bool withEvidence) => RemedyFlags.AddForOthers(ExplainPage.Of(explained, next, withEvidence));
    }

    /// <summary>The one thing to do next; where a mistake was found, the command that repairs it.</summary>
    private static string NextOf(ExplainedMap explained, ParseResult parsed, string? written) =>
        explained.Explanation.Mistake is null ? explained.Next
        : written is not null ? $"go on with {written}, which holds the repaired map."
        : "write the repaired map: "
            + $"plumb {string.Join(' ', parsed.Tokens.Select(word => ShellWord.Of(word.Value)))} -o repaired.json";
}
