using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>A fit beside the true map, for people.</summary>
internal static class TruthReport
{
    private const int MostParameters = 60; // per target; more are in the JSON
    private const int MostTargets = 6;

    /// <summary>Compares a fit with the truth that a model file holds.</summary>
    /// <exception cref="CommandException">The file's inputs or targets are others, or its map has a bias and the fit has none.</exception>
    public static TruthComparison Compare(LinearFit fit, Moments moments, string path, Terminal terminal)
    {
        var truth = DataFile.ReadModelFor(path, fit.Names, terminal).Map;
        return !fit.Settings.Bias && truth.Bias.ContainsAnyExcept(0.0)
            ? throw CommandException.Usage($"{path}: the truth has a bias, and --no-bias fits none; leave out --no-bias.")
            : TruthComparison.Of(fit, truth, moments);
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
            console.Text(FormattableString.Invariant($"The data determine {fit.Rank} of {fit.ParametersPerTarget} directions per target, and only what they determine is compared."));
        }

        for (var t = 0; t < Math.Min(MostTargets, comparison.Targets.Count); t++)
        {
            WriteTarget(console, comparison, t);
        }

        if (comparison.Targets.Count > MostTargets || comparison.Fit.Names.Inputs.Count > MostParameters)
        {
            console.Text(FormattableString.Invariant($"Shown: {Math.Min(MostTargets, comparison.Targets.Count)} of {Numbers.Of(comparison.Targets.Count, "target")}, at most {MostParameters} parameters of each; --json gives all."));
        }
    }

    private static void WriteTarget(IAnsiConsole console, TruthComparison comparison, int target)
    {
        var (fit, name) = (comparison.Fit, comparison.Fit.Names.Targets[target]);
        console.WriteLine();
        console.Heading(name);
        console.Text(Summary(comparison, target));
        var hasErrors = comparison.Targets[target].Any(parameter => parameter.IsInside is not null);
        var table = ReportParts.Table(
        [
            "input", "weight", "truth", "difference",
            .. hasErrors ? (string[])["in std. errors", FormattableString.Invariant($"in the {fit.Settings.Level * 100:G4}% interval")] : [],
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
                Numbers.Coefficient(parameter.Estimate),
                Numbers.Coefficient(parameter.Truth),
                Numbers.Signed(parameter.Difference),
                .. hasErrors ? (string[])[double.IsInfinity(parameter.InStandardErrors) ? "beyond all" : Numbers.Signed(parameter.InStandardErrors), parameter.IsInside == true ? "yes" : "no"] : [],
            ]);
        }

        console.WriteTable(table);
    }

    private static string Summary(TruthComparison comparison, int target)
    {
        var (fit, name) = (comparison.Fit, comparison.Fit.Names.Targets[target]);
        var compared = comparison.Targets[target].Where(parameter => parameter.IsInside is not null).ToList();
        if (compared.Count == 0)
        {
            return fit.Settings.Ridge > 0 ? "With a ridge penalty there are no standard errors to measure the difference by."
                : fit.ResidualDegreesOfFreedom == 0 ? "No row is left over to estimate the noise from, so there are no standard errors to measure the difference by."
                : "No single parameter is determined.";
        }

        var inside = FormattableString.Invariant($"{compared.Count(parameter => parameter.IsInside == true)} of {Numbers.Of(compared.Count, "interval")} {(compared.Count == 1 ? "holds" : "hold")} the truth");
        return comparison.Tests.FirstOrDefault(test => test.Target == name) is { } test
            ? FormattableString.Invariant($"{inside}; all that the data determine at once: F {Numbers.Significant(test.Statistic, 4)} on {fit.Rank}, p = {Numbers.Significant(test.PValue, 2)}.")
            : inside + ".";
    }
}
