using System.CommandLine;
using Plumb.Cli.Reports;

namespace Plumb.Cli.Commands;

/// <summary>Shows, computed live, why a tiny loss does not mean the true W and b, and how to get them.</summary>
internal static class DemoCommand
{
    public static Command Create(ProcessStreams terminal)
    {
        var seed = Options.Whole("--seed", "The seed of all random numbers", long.MinValue, long.MaxValue);
        seed.DefaultValueFactory = _ => 1;
        var reports = new ReportOptions();
        var command = new DocumentedCommand(
            "demo",
            "Shows with a live example why a tiny training loss does not mean the true W and b, and how to get them.",
            "plumb demo",
            "plumb demo --report demo.html",
            "plumb demo --seed 7")
        {
            seed,
        };
        reports.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var page = DemoPage.Of(DemoStory.Of(parsed.GetValue(seed)));
            reports.Show(parsed, page, terminal);
            await reports.WriteAsync(parsed, () => page, terminal, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
