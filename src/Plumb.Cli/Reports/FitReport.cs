using System.Globalization;
using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>A fit, for people.</summary>
internal static class FitReport
{
    private const int MostTargets = 6; // in tables; more are in the JSON
    private const int MostInputs = 60;

    public static void Write(IAnsiConsole console, FitDocument document, bool withEvidence)
    {
        var fit = document.Fit;
        console.Heading(Title(fit));
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"{document.Source}: {NumberText.Of(fit.Rows, "row")}, "
                    + $"{NumberText.Of(fit.Names.Inputs.Count, "input")}, "
                    + $"{NumberText.Of(fit.Names.Targets.Count, "target")}; rank {fit.Rank} of {fit.ParametersPerTarget}"
                        + $"."));
        console.OtherColumns(document.Rest);
        console.Verdict(document.Assessment.Verdict, document.Assessment.IsSound);
        console.Findings(document.Findings);
        console.WriteLine();
        if (withEvidence)
        {
            EvidenceReport.Write(console, document.Assessment.Evidence);
        }

        if (fit.Rows == 1 && fit.Settings.Ridge == 0)
        {
            console.Text(
                "With one row there is nothing to tabulate; --json gives the smallest of the endlessly many weights "
                    + "that fit it.");
            return;
        }

        for (var t = 0; t < Math.Min(fit.Names.Targets.Count, MostTargets); t++)
        {
            WriteTarget(console, document, t);
        }

        if (fit.Names.Targets.Count > MostTargets || fit.Names.Inputs.Count > MostInputs)
        {
            console.Text(
                string.Create(CultureInfo.InvariantCulture,
                    $"Shown: {Math.Min(MostTargets, fit.Names.Targets.Count)} of {fit.Names.Targets.Count} targets, "
                        + $"{Math.Min(MostInputs, fit.Names.Inputs.Count)} of {fit.Names.Inputs.Count} inputs; --json "
                            + $"gives all."));
        }

        WriteLearning(console, fit, document.Loss);
        TruthReport.Write(console, document.Truth);
    }

    private static string Title(LinearFit fit)
    {
        var method = fit.Settings.Ridge > 0
            ? FormattableString.Invariant($"Ridge regression (penalty {fit.Settings.Ridge})") : "Least squares";
        return method + (fit.Settings.Bias ? ": y = W x + b" : ": y = W x");
    }

    private static void WriteTarget(IAnsiConsole console, FitDocument document, int target)
    {
        var (fit, errors) = (document.Fit, document.Errors);
        console.MarkupLineInterpolated($"[bold]{fit.Names.Targets[target]}[/]  {Summary(fit, target)}");
        console.Text(Freedom(fit, target));
        if (document.AboutErrors(target) is { Length: > 0 } about)
        {
            console.Text(about);
        }

        var table = ReportParts.Table("input", "weight",
            errors.KindOf(target) == ReportedErrors.Classical ? "std. error" : errors.KindOf(target) + " error",
            FormattableString.Invariant($"{fit.Settings.Level * 100:G4}% interval"), "p", "digits");
        foreach (var column in table.Columns)
        {
            column.Padding = new Padding(1, 0, 0, 0); // so that six columns fit on 80 characters
        }

        for (var j = 0; j < Math.Min(fit.Names.Inputs.Count, MostInputs); j++)
        {
            if (fit.Settings.Ridge == 0 && !fit.Determines(j))
            {
                table.MutedRow(fit.Names.Inputs[j], "undetermined");
            }
            else
            {
                AddParameter(table, fit, fit.Names.Inputs[j], fit.Map.WeightsOf(target)[j], errors.OfWeight(target, j),
                    errors.DigitsOfWeight(document.Accuracy, target, j));
            }
        }

        if (fit.Settings.Ridge == 0 && !fit.DeterminesBias)
        {
            table.MutedRow("(bias)", "undetermined");
        }
        else if (fit.Settings.Bias)
        {
            AddParameter(table, fit, "(bias)", fit.Map.Bias[target], errors.OfBias(target),
                errors.DigitsOfBias(document.Accuracy, target));
        }

        console.WriteTable(table);
    }

    private static string Summary(LinearFit fit, int target)
    {
        List<string> parts = [];
        if (!double.IsNaN(fit.RSquared[target]))
        {
            var adjusted = fit.AdjustedRSquared[target];
            parts.Add(
                (fit.RSquaredIsCentred ? "R² " : "R² about 0, not the mean, ") + RSquared(fit.RSquared[target])
                    + (double.IsNaN(adjusted) ? "" : $" (adjusted {RSquared(adjusted)})"));
        }

        if (!double.IsNaN(fit.ResidualStandardDeviation[target]))
        {
            var deviation = fit.ResidualStandardDeviation[target];
            var text = double.IsInfinity(deviation) ? "too large for a double" : NumberText.Significant(deviation, 4);
            parts.Add("residual standard deviation " + text);
        }

        return string.Join(", ", parts);
    }

    private static string Freedom(LinearFit fit, int target)
    {
        var freedom = NumberText.Of(fit.ResidualDegreesOfFreedom, "degree") + " of freedom";
        var f = fit.FStatistic[target];
        return double.IsNaN(f) ? freedom
            : double.IsInfinity(f) ? freedom + ", no residual"
            : string.Create(CultureInfo.InvariantCulture,
                $"{freedom}; F {NumberText.Significant(f, 4)} on {fit.ExplainedDegreesOfFreedom}, "
                    + $"{PValueText.Equation(fit.FPValue(target))}");
    }

    /// <summary>Four digits, and never 1 for what is less.</summary>
    private static string RSquared(double value) => value is > 0.9999 and < 1 ? "1 - " + NumberText.Measure(1 - value)
        : value == 1 ? "1" : NumberText.Significant(value, 4);

    private static void AddParameter(Table table, LinearFit fit, string name, double estimate, double error,
        BelievableDigits? digits)
    {
        if (double.IsInfinity(estimate))
        {
            table.MutedRow(name, "too large");
            return;
        }

        if (double.IsNaN(error))
        {
            table.Row(name, NumberText.Coefficient(estimate), "-", "-", "-", NumberText.Digits(digits));
            return;
        }

        if (double.IsInfinity(error))
        {
            table.Row(name, NumberText.Coefficient(estimate), "too large", "-", "-", NumberText.Digits(digits));
            return;
        }

        var half = fit.IntervalFactor * error;
        table.Row(
            name,
            NumberText.Coefficient(estimate),
            NumberText.Measure(error),
            Interval(estimate - half, estimate + half),
            PValueText.Of(fit.PValue(estimate, error)),
            NumberText.Digits(digits));
    }

    private static string Interval(double low, double high) => double.IsFinite(low) && double.IsFinite(high)
        ? NumberText.Significant(low, 4) + " .. " + NumberText.Significant(high, 4)
        : "too large";

    private static void WriteLearning(IAnsiConsole console, LinearFit fit, Loss loss)
    {
        var plan = new LearningPlan(fit.Spectrum, loss, fit.Rows, fit.Names.Targets.Count);
        var number = fit.Spectrum.ConditionNumber;
        var condition = double.IsInfinity(number) ? "above 1e25" : NumberText.Measure(number);
        var what = fit.IsIdentified ? ""
            : $" of the {fit.Rank} of {fit.ParametersPerTarget} directions that the data determine";
        console.Text(
            FormattableString.Invariant($"Condition number {condition}{what} (columns scaled to unit length)."));
        var isHeld = double.IsNormal(plan.LargestStableLearningRate) && double.IsNormal(plan.BestLearningRate);
        if (plan.Eigenvalues.Count > 0 && !isHeld)
        {
            console.Text("No double holds the learning rates of gradient descent on these data: "
                + "that takes inputs in units nearer to 1.");
        }
        else if (plan.Eigenvalues.Count > 0)
        {
            var (largest, best) = (NumberText.Rate(plan.LargestStableLearningRate), NumberText.Rate(plan.BestLearningRate));
            console.Text(
                string.Create(CultureInfo.InvariantCulture,
                    $"Gradient descent on these data (loss {loss.Name}) is stable below rate {largest}. At the best "
                        + $"rate, {(best == largest ? "just below that" : best)}, getting a million times closer to "
                            + $"the solution takes "
                                + $"{NumberText.Of(plan.StepsToShrink(plan.BestLearningRate, 1e-6), "step")}."));
        }
    }
}
