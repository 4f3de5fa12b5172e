using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>What noise in the inputs did to the best fit, for people.</summary>
internal static class CorrectionReport
{
    private const int MostParameters = 60; // a target, in tables
    private const int MostTargets = 6;

    public static void Write(IAnsiConsole console, LinearFit fit, CorrectedFit? corrected)
    {
        if (corrected is null)
        {
            return;
        }

        console.Heading("Corrected for noise in the inputs");
        var noisy = fit.Names.Inputs.Index().Where(input => corrected.Reliability[input.Index] < 1)
            .Select(input => $"{input.Item} {NumberText.Measure(100 * corrected.Reliability[input.Index])}%");
        console.Text($"Share of the variance that is not noise: {string.Join(", ", noisy)}.");
        console.WriteLine();
        for (var t = 0; t < Math.Min(MostTargets, fit.Names.Targets.Count); t++)
        {
            WriteTarget(console, fit, corrected, t);
        }
    }

    private static void WriteTarget(IAnsiConsole console, LinearFit fit, CorrectedFit corrected, int target)
    {
        console.Heading(fit.Names.Targets[target]);
        var table = ReportParts.Table("input", "best fit", "corrected", "std. error", "best fit / corrected");
        for (var j = 0; j < Math.Min(MostParameters, fit.Names.Inputs.Count); j++)
        {
            AddRow(table, fit.Names.Inputs[j], fit.Map.WeightsOf(target)[j], corrected.Map.WeightsOf(target)[j],
                corrected.WeightErrors[target, j]);
        }

        if (fit.Settings.Bias)
        {
            AddRow(table, "(bias)", fit.Map.Bias[target], corrected.Map.Bias[target], corrected.BiasErrors[target]);
        }

        console.WriteTable(table);
    }

    private static void AddRow(Table table, string name, double best, double corrected, double error) =>
        table.Row(name, NumberText.Coefficient(best), NumberText.Coefficient(corrected), NumberText.Measure(error),
            corrected == 0 ? "-" : NumberText.Significant(best / corrected, 3));
}
