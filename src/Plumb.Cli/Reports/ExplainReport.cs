using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>An explanation, for people.</summary>
internal static class ExplainReport
{
    private const int MostParameters = 60; // a target, in tables
    private const int MostTargets = 6;

    public static void Write(IAnsiConsole console, Explanation explanation, IReadOnlyList<Finding> dataFindings, string model, string data)
    {
        console.Heading(explanation.Truth is null ? $"Why {model} is not the best fit" : $"Why {model} is not the truth");
        console.Text(FormattableString.Invariant($"{data}: {Numbers.Of(explanation.Fit.Rows, "row")} {(explanation.Fit.Rows == 1 ? "determines" : "determine")} {explanation.IdentifiedDirections} of {explanation.Fit.ParametersPerTarget} directions a target."));
        console.Verdict(explanation.Verdict, explanation.FreeDirections == 0 && explanation.Causes.All(cause => cause.Code is CauseCode.Arithmetic or CauseCode.Noise));
        console.Findings([.. explanation.Findings, .. dataFindings]);
        WriteSizes(console, explanation);
        console.WriteLine();
        for (var t = 0; t < Math.Min(MostTargets, explanation.Candidate.TargetCount); t++)
        {
            WriteTarget(console, explanation, t);
        }
    }

    /// <summary>The parts of the gap, one target after the other, each row adding up.</summary>
    public static void WriteTarget(IAnsiConsole console, Explanation explanation, int target)
    {
        console.Heading(explanation.Candidate.Names.Targets[target]);
        var reference = explanation.Truth ?? explanation.Limit;
        string[] headings = ["input", "learned", explanation.Truth is null ? "closest fit" : "truth", "gap"];
        var table = ReportParts.Table([.. headings, .. explanation.Causes.Select((cause, i) => (i == 0 ? "= " : "+ ") + Word(cause.Code))]);
        for (var j = 0; j < Math.Min(MostParameters, explanation.Candidate.InputCount); j++)
        {
            var input = j;
            AddRow(table, explanation, explanation.Candidate.Names.Inputs[j], map => map.WeightsOf(target)[input]);
        }

        if (explanation.Fit.Settings.Bias)
        {
            AddRow(table, explanation, "(bias)", map => map.Bias[target]);
        }

        console.WriteTable(table);

        void AddRow(Table table, Explanation explanation, string name, Func<AffineMap, double> value) => table.Row(
        [
            name,
            Numbers.Coefficient(value(explanation.Candidate)),
            Numbers.Coefficient(value(reference)),
            Numbers.Signed(value(explanation.Gap)),
            .. explanation.Causes.Select(cause => Numbers.Signed(value(cause.Part))),
        ]);
    }

    private static void WriteSizes(IAnsiConsole console, Explanation explanation)
    {
        console.WriteLine();
        console.Text(FormattableString.Invariant($"Gap {Numbers.Significant(explanation.Gap.Norm, 4)}: {string.Join(", ", explanation.Causes.Select(cause => Word(cause.Code) + " " + Numbers.Significant(cause.Norm, 4)))} ({Explanation.Metric})."));
        if (explanation.Twin is { } twin)
        {
            console.Text(FormattableString.Invariant($"A twin, {Numbers.Significant((twin.Map - explanation.Candidate).Norm, 4)} away, predicts the same on every row, to {Numbers.Significant(twin.LargestPredictionDifference, 2)}."));
        }

        if (explanation.Fit.ResidualDegreesOfFreedom > 0)
        {
            console.Text(FormattableString.Invariant($"Noise: residual standard deviation {string.Join(", ", explanation.Fit.ResidualStandardDeviation.Take(MostTargets).Select((value, t) => explanation.Candidate.Names.Targets[t] + " " + Numbers.Significant(value, 4)))}; the best fit's standard errors are in 'plumb fit'."));
        }
    }

    private static string Word(CauseCode code) => code switch
    {
        CauseCode.NotIdentified => "not identified",
        CauseCode.NotConverged => "not converged",
        CauseCode.Objective => "penalty",
        CauseCode.Noise => "noise",
        _ => "rounding",
    };
}
