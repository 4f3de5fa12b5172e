using System.Globalization;
using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>Points to measure next, for people.</summary>
internal static class NextReport
{
    private const int MostTargets = 6;
    private const int MostColumns = 12; // of points, in tables
    private const int MostSteps = 8; // of standard errors, in tables

    public static void Write(IAnsiConsole console, NextDocument document)
    {
        var (proposal, design, fit) = document;
        console.Heading("What to measure next");
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"{document.Source}: {NumberText.Of(fit.Rows, "row")}, "
                    + $"{NumberText.Of(fit.Names.Inputs.Count, "input")}; rank {proposal.Rank} of "
                    + $"{proposal.ParametersPerTarget}."));
        console.OtherColumns(document.Rest);
        console.Verdict(ProposalText.Of(proposal),
            proposal.Points.Count > 0 && proposal.Points[^1].Rank == proposal.ParametersPerTarget);
        console.Findings(document.Findings);
        if (proposal.Points.Count == 0)
        {
            return;
        }

        WritePoints(console, proposal, design);
        if (fit.ResidualDegreesOfFreedom < 1)
        {
            console.Heading("Standard errors, in units of the noise's standard deviation");
            WriteErrors(console, proposal, fit, 1);
            return;
        }

        for (var t = 0; t < Math.Min(MostTargets, fit.Names.Targets.Count); t++)
        {
            console.Heading(
                $"Standard errors of {fit.Names.Targets[t]}, if its noise stays "
                    + $"{NumberText.Measure(fit.ResidualStandardDeviation[t])}");
            WriteErrors(console, proposal, fit, fit.ResidualStandardDeviation[t]);
        }
    }

    private static void WritePoints(IAnsiConsole console, Proposal proposal, Design design)
    {
        string[] names = [.. design.Columns.Inputs.Take(MostColumns)];
        var table = ReportParts.Table(["point", .. names, "rank", "gain"]);
        for (var i = 0; i < proposal.Points.Count; i++)
        {
            var point = proposal.Points[i];
            table.Row(
            [
                string.Create(CultureInfo.InvariantCulture,
                    $"{i + 1}{(point.Candidate is { } candidate ? $" (row {candidate + 1})" : "")}"),
                .. point.Point.Take(names.Length).Select(value => NumberText.Coefficient(value)),
                FormattableString.Invariant($"{point.Rank}"),
                double.IsNaN(point.Gain) ? "rank" : NumberText.Measure(point.Gain),
            ]);
        }

        console.WriteTable(table);
    }

    private static void WriteErrors(IAnsiConsole console, Proposal proposal, LinearFit fit, double noise)
    {
        var shown = Math.Min(MostSteps, proposal.Points.Count);
        var table =
            ReportParts.Table(
                ["input", "now", .. Enumerable.Range(1, shown).Select(i => FormattableString.Invariant($"after {i}"))]);
        string[] parameters = [.. fit.Names.Inputs, .. fit.Settings.Bias ? ["(bias)"] : Array.Empty<string>()];
        for (var j = 0; j < parameters.Length; j++)
        {
            var parameter = j;
            table.Row(
                [parameters[j], Error(proposal.UnitErrors[j]),
                    .. proposal.Points.Take(shown).Select(point => Error(point.UnitErrors[parameter]))]);
        }

        console.WriteTable(table);
        string Error(double unit) => double.IsNaN(unit) ? "open" : NumberText.Measure(noise * unit);
    }
}
