using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>A fit beside the true map, for people.</summary>
internal static class TruthReport
{
    private const int MostParameters = 60; // per target; more are in the JSON
    private const int MostTargets = 6;

    /// <summary>Compares a fit with the truth that a model file holds.</summary>
    /// <exception cref="CommandException">The file's inputs or targets are others, or its map has a bias and the fit
    /// has none.</exception>
    public static TruthComparison Compare(LinearFit fit, string path, ProcessStreams terminal)
    {
        var truth = DataFile.ReadModelFor(path, fit.Names, terminal).Map;
        return !fit.Settings.Bias && truth.Bias.ContainsAnyExcept(0.0)
            ? throw CommandException.Usage(
                $"{path}: the truth has a bias, and --no-bias fits none; leave out --no-bias.")
            : TruthComparison.Of(fit, truth);
    }

    /// <summary>Writes the comparison, if there is one.</summary>
    public static void Write(IAnsiConsole console, TruthComparison? comparison)
    {
        if (comparison is null)
        {
            return;
        }

        console.WriteLine();
        console.Heading("Against the truth");
        if (comparison.UndeterminedDirections > 0)
        {
            var fit = comparison.Fit;
            var rank = FormattableString.Invariant($"{fit.Rank} of {fit.ParametersPerTarget}");
            console.Text($"The data determine {rank} directions per target, and only what they determine is compared.");
        }

        for (var t = 0; t < Math.Min(MostTargets, comparison.Targets.Count); t++)
        {
            WriteTarget(console, comparison, t);
        }

        if (comparison.Targets.Count > MostTargets || comparison.Fit.Names.Inputs.Count > MostParameters)
        {
            var shown = Math.Min(MostTargets, comparison.Targets.Count);
            var all = NumberText.Of(comparison.Targets.Count, "target");
            console.Text(FormattableString.Invariant(
                $"Shown: {shown} of {all}, at most {MostParameters} parameters of each; --json gives all."));
        }
    }

    private static void WriteTarget(IAnsiConsole console, TruthComparison comparison, int target)
    {
        var (fit, name) = (comparison.Fit, comparison.Fit.Names.Targets[target]);
        console.WriteLine();
        console.Heading(name);
        console.Text(Summary(comparison, target));
        var hasErrors = comparison.Targets[target].Any(parameter => parameter.IsInside is not null);
        var level = (100 * fit.Settings.Level).ToString("G4", System.Globalization.CultureInfo.InvariantCulture);
        var table = ReportParts.Table(
        [
            "input", "weight", "truth", "difference",
            .. hasErrors ? (string[])["in std. errors", $"in the {level}% interval"] : [],
        ]);
        foreach (var parameter in comparison.Targets[target].Take(MostParameters))
        {
            if (!parameter.IsDetermined)
            {
                table.MutedRow(parameter.Name, "undetermined");
                continue;
            }

            table.Row(
            [
                parameter.Name,
                NumberText.Coefficient(parameter.Estimate),
                NumberText.Coefficient(parameter.Truth),
                NumberText.Signed(parameter.Difference),
                .. hasErrors ? (string[])[InErrors(parameter), parameter.IsInside == true ? "yes" : "no"] : [],
            ]);
        }

        console.WriteTable(table);
    }

    private static string InErrors(ComparedParameter parameter) =>
        double.IsInfinity(parameter.InStandardErrors) ? "beyond all" : NumberText.Signed(parameter.InStandardErrors);

    private static string Summary(TruthComparison comparison, int target)
    {
        var (fit, name) = (comparison.Fit, comparison.Fit.Names.Targets[target]);
        var compared = comparison.Targets[target].Where(parameter => parameter.IsInside is not null).ToList();
        if (compared.Count == 0)
        {
            const string NoErrors = "there are no standard errors to measure the difference by.";
            return fit.Settings.Ridge > 0 ? "With a ridge penalty " + NoErrors
                : fit.ResidualDegreesOfFreedom == 0 ? "No row is left over to estimate the noise from, so " + NoErrors
                : "No single parameter is determined.";
        }

        var count = compared.Count(parameter => parameter.IsInside == true);
        var hold = compared.Count == 1 ? "holds" : "hold";
        var intervals = NumberText.Of(compared.Count, "interval");
        var inside = FormattableString.Invariant($"{count} of {intervals} {hold} the truth");
        return comparison.Tests.FirstOrDefault(test => test.Target == name) is { } test
            ? FormattableString.Invariant($"{inside}; all that the data determine at once: ")
                + FormattableString.Invariant($"F {NumberText.Significant(test.Statistic, 4)} on {fit.Rank}, ")
                + $"p = {NumberText.Significant(test.PValue, 2)}."
            : inside + ".";
    }
}
