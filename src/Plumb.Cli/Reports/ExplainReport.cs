using System.Globalization;
using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>An explanation, for people.</summary>
internal static class ExplainReport
{
    private const int MostParameters = 60; // a target, in tables
    private const int MostTargets = 6;

    public static void Write(IAnsiConsole console, Explanation explanation, IReadOnlyList<Finding> dataFindings,
        string model, string data)
    {
        console.Heading(explanation.Truth is null ? $"Why {model} is not the best fit"
            : $"Why {model} is not the truth");
        if (HasTooFewRows(explanation))
        {
            WriteTooFewRows(console, explanation, dataFindings, data);
            return;
        }

        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"{data}: {NumberText.Of(explanation.Fit.Rows, "row")} "
                    + $"{(explanation.Fit.Rows == 1 ? "determines" : "determine")} {explanation.IdentifiedDirections} "
                        + $"of {explanation.Fit.ParametersPerTarget} directions per target."));
        console.Verdict(explanation.Verdict,
            explanation.FreeDirections == 0 && explanation.Mistake is null && explanation.Causes.All(IsNoFault));
        bool IsNoFault(Cause cause) => cause.Code is CauseCode.Arithmetic or CauseCode.Noise
            || (cause.Code == CauseCode.NotConverged && explanation.Convergence.IsConverged);
        console.Findings([.. explanation.Findings, .. dataFindings]);
        WriteSizes(console, explanation);
        console.WriteLine();
        for (var t = 0; t < Math.Min(MostTargets, explanation.Candidate.TargetCount); t++)
        {
            WriteTarget(console, explanation, t);
        }
    }

    /// <summary>
    /// Whether there are so few rows that no parameter is determined by itself, so that tables would have nothing to
    /// compare.
    /// </summary>
    private static bool HasTooFewRows(Explanation explanation)
    {
        var fit = explanation.Fit;
        return explanation.Truth is null && explanation.Mistake is null && fit.Rows < fit.ParametersPerTarget
            && Assessment.FreeInputs(fit).Count == fit.Names.Inputs.Count
            && !(fit.Settings.Bias && fit.NullSpace.DeterminesBias);
    }

    private static void WriteTooFewRows(IAnsiConsole console, Explanation explanation,
        IReadOnlyList<Finding> dataFindings, string data)
    {
        var fit = explanation.Fit;
        var parameters = NumberText.Of(fit.Names.Inputs.Count, "input") + (fit.Settings.Bias ? " and a bias" : "");
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"{data}: {NumberText.Of(fit.Rows, "row")}; {parameters} need at least "
                    + $"{NumberText.Count(fit.ParametersPerTarget)} different ones. "
                        + $"{(fit.Rows == 1 ? "It determines" : "They determine")} {NumberText.Count(fit.Rank)} of "
                            + $"{NumberText.Count(fit.ParametersPerTarget)} directions per target, and no parameter by "
                                + $"itself."));
        console.Verdict(explanation.Verdict, isGood: false);
        console.Findings(dataFindings);
        console.WriteLine();
        if (explanation.Twin is { } twin)
        {
            console.Text(
                string.Create(CultureInfo.InvariantCulture,
                    $"A different W and b, {NumberText.Significant((twin.Map - explanation.Candidate).Norm, 4)} away from "
                        + $"yours, makes the same predictions on every row: no loss tells them apart."));
        }
    }

    /// <summary>
    /// The parts of the gap of one target, each row adding up; without a truth, what is known of the best fit beside
    /// them.
    /// </summary>
    public static void WriteTarget(IAnsiConsole console, Explanation explanation, int target)
    {
        console.Heading(explanation.Candidate.Names.Targets[target]);
        var (fit, isTruthKnown) = (explanation.Fit, explanation.Truth is not null);
        var causes = isTruthKnown || explanation.Causes.Count > 1 ? explanation.Causes : [];
        var table = ReportParts.Table(
        [
            "input", "learned", isTruthKnown ? "truth" : "closest fit", "gap",
            .. causes.Select((cause, i) => (i == 0 ? "= " : "+ ") + Word(cause.Code)),
            .. isTruthKnown ? [] : (string[])["std. error", "digits"],
        ]);
        for (var j = 0; j < Math.Min(MostParameters, explanation.Candidate.InputCount); j++)
        {
            var input = j;
            AddRow(explanation.Candidate.Names.Inputs[j], map => map.WeightsOf(target)[input],
                fit.WeightErrors[target, j], fit.Accuracy.OfWeight(target, j));
        }

        if (fit.Settings.Bias)
        {
            AddRow("(bias)", map => map.Bias[target], fit.BiasErrors[target], fit.Accuracy.OfBias(target));
        }

        console.WriteTable(table);

        void AddRow(string name, Func<AffineMap, double> value, double error, BelievableDigits? digits) => table.Row(
        [
            name,
            NumberText.Coefficient(value(explanation.Candidate)),
            NumberText.Coefficient(value(explanation.Truth ?? explanation.Limit)),
            NumberText.Signed(value(explanation.Gap)),
            .. causes.Select(cause => NumberText.Signed(value(cause.Part))),
            .. isTruthKnown ? []
                : (string[])[double.IsNaN(error) ? "-" : NumberText.Measure(error), NumberText.Digits(digits)],
        ]);
    }

    private static void WriteSizes(IAnsiConsole console, Explanation explanation)
    {
        console.WriteLine();
        var parts = explanation.Causes.Select(cause => Word(cause.Code) + " " + NumberText.Significant(cause.Norm, 4));
        console.Text(
            $"Gap {NumberText.Significant(explanation.Gap.Norm, 4)}: {string.Join(", ", parts)} ({Explanation.Metric}).");
        if (explanation.Twin is { } twin)
        {
            console.Text(
                string.Create(CultureInfo.InvariantCulture,
                    $"A twin, {NumberText.Significant((twin.Map - explanation.Candidate).Norm, 4)} away, predicts the "
                        + $"same on every row, to {NumberText.Significant(twin.LargestPredictionDifference, 2)}."));
        }

        if (explanation.Fit.ResidualDegreesOfFreedom > 0)
        {
            var deviations = explanation.Fit.ResidualStandardDeviation.Take(MostTargets)
                .Select((value, t) => explanation.Candidate.Names.Targets[t] + " " + NumberText.Significant(value, 4));
            console.Text($"Noise: residual standard deviation {string.Join(", ", deviations)}.");
        }
    }

    private static string Word(CauseCode code) => code switch
    {
        CauseCode.NotIdentified => "not identified",
        CauseCode.NotConverged => "not converged",
        CauseCode.Objective => "objective",
        CauseCode.Misfit => "misfit",
        CauseCode.Noise => "noise",
        _ => "rounding",
    };
}
