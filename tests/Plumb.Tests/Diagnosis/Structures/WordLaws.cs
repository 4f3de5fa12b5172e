using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumb.Cli;
using Plumb.Cli.Reports;
using Plumb.Numerics;

namespace Plumb.Tests.Structures;

/// <summary>What sentences say: relations hold, what cannot be trusted is named, and all can be written.</summary>
internal static class WordLaws
{
    /// <summary>What is false.</summary>
    public static IEnumerable<string> Violations(StructureJudge judge) =>
        [.. Relations(judge), .. Others(judge), .. judge.IsPlain ? Named(judge) : [], .. Written(judge)];

    /// <summary>There are as many exact relations as directions, and each relation holds.</summary>
    private static IEnumerable<string> Relations(StructureJudge judge)
    {
        if (judge.Fit.NullSpace.Dependences.Count != judge.Parameters.Length - judge.Exact.Rank)
        {
            yield return $"{judge.Fit.NullSpace.Dependences.Count} relations, but the rank is {judge.Exact.Rank}";
        }

        foreach (var relation in judge.Fit.Dependences.Where(relation => !Holds(judge, relation)))
        {
            yield return $"'{relation.Text}' does not hold";
        }
    }

    /// <summary>
    /// A near relation holds in the mean over the rows, as far as nine digits of its numbers go; an exact one on each
    /// row, but for the rounding of its numbers to doubles.
    /// </summary>
    private static bool Holds(StructureJudge judge, Dependence relation)
    {
        var data = judge.Problem.Data;
        bool IsWeighed(int row) => data.Weights is not { } weights || weights.Values[row] > 0;
        var rows = Enumerable.Range(0, data.Rows).Where(IsWeighed);
        var rests = rows.Select(row => Rest(relation, data.Inputs, row)).ToList();
        double Length(Func<(double Sum, double Size), double> of) => Math.Sqrt(rests.Sum(rest => of(rest) * of(rest)));
        return relation.Kind == DependenceKind.Near
            ? Length(rest => rest.Sum) <= 1e-8 * Length(rest => rest.Size)
            : rests.All(rest => Math.Abs(rest.Sum) <= 1e-15 * judge.Parameters.Length * rest.Size);
    }

    /// <summary>What a relation leaves on a row, and the size of what it is the sum of.</summary>
    private static (double Sum, double Size) Rest(Dependence relation, Matrix inputs, int row)
    {
        Dyadic sum = relation.Bias, size = Math.Abs(relation.Bias);
        for (var j = 0; j < inputs.Columns; j++)
        {
            var term = (Dyadic)relation.Weights[j] * (Dyadic)inputs[row, j];
            (sum, size) = (sum + term, size + term.Abs());
        }

        return (sum.ToDouble(), size.ToDouble());
    }

    /// <summary>Where the others are said to stand, there are some, and they do.</summary>
    private static IEnumerable<string> Others(StructureJudge judge)
    {
        if (judge.Trusts || !judge.Verdict.Contains("trust the other", StringComparison.Ordinal))
        {
            yield break;
        }

        int[] others = [.. judge.Inputs.Where(j => judge.Fit.Determines(j) && !judge.IsEntangled(j))];
        if (others.Length == 0)
        {
            yield return "there are no others that stand";
        }

        foreach (var (t, j) in from t in judge.Targets from j in others where !judge.IsCovered(t, j) select (t, j))
        {
            yield return $"the others stand, but {judge.Name(j)} is {judge.Exact.ErrorOf(t, j)} from the truth";
        }
    }

    /// <summary>All that cannot be trusted is named in the verdict and in a finding, whatever else is wrong.</summary>
    private static IEnumerable<string> Named(StructureJudge judge)
    {
        var fit = judge.Fit;
        bool IsFree(int input) => !judge.Exact.Determines(input);
        var groups = fit.Collinearity.Groups;
        var findings = judge.Assessment.Findings;
        string Findings(string code) =>
            string.Join(' ', findings.Where(item => item.Code == code).Select(item => item.Message));
        IEnumerable<string> Missing(string text, Func<int, bool> of) =>
            judge.Inputs.Where(of).Select(judge.Name).Where(name => !Names(text, name));
        var isNone = judge.Verdict.Contains("Don't trust any weight.", StringComparison.Ordinal)
            || judge.Verdict.Contains("don't trust any of them", StringComparison.Ordinal);
        bool IsOff(int input) => IsFree(input) || judge.IsEntangled(input) || fit.HangsOnLastBit(input);
        var unsaid = isNone ? [] : Missing(judge.Verdict, IsOff);
        var free = Missing(Findings("not-identified"), j => IsFree(j) && fit.Rows > 1);
        var targets = groups.SelectMany(group => group.Targets).Distinct().Select(t => fit.Names.Targets[t]);
        return
        [
            .. unsaid.Select(name => $"the verdict does not name {name}"),
            .. free.Select(name => $"no finding names {name}"),
            .. Missing(Findings("entangled"), judge.IsEntangled).Select(name => $"no finding names {name}, entangled"),
            .. targets.Where(target => judge.Targets.Length > 1 && !Names(judge.Verdict, target))
                .Select(target => $"the verdict does not say what is entangled for {target}"),
        ];
    }

    /// <summary>Whether a text names something, or says that there is more than it names.</summary>
    private static bool Names(string text, string name) => Regex.IsMatch(text, $@"\b{name}\b")
        || Regex.IsMatch(text, @" and \d+ more") || text.Contains(" other targets", StringComparison.Ordinal);

    /// <summary>The report and the JSON can be written, and hold the verdict.</summary>
    private static IEnumerable<string> Written(StructureJudge judge)
    {
        var document = new FitDocument(judge.Fit, judge.Fit.Accuracy, judge.Rows, "")
        {
            Source = "data.csv",
            DataFindings = [],
            Errors = ReportedErrors.Of(judge.Fit, judge.Rows),
            Loss = Loss.Mse,
            ShowsEvidence = true,
            EntangledRemedy = EntangledRemedy.Of(judge.Fit, Design.Of(judge.Fit.Names), "data.csv"),
        };
        using var text = new StringWriter();
        new TerminalPage(ConsoleStyle.Plain.On(text)).Write(FitPage.Of(document));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            FitJson.Write(writer, document);
        }

        static string Unwrapped(string text) => Regex.Replace(text, @"\s+", "");
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        if (json.RootElement.GetProperty("verdict").GetString() != judge.Verdict
            || !Unwrapped(text.ToString()).Contains(Unwrapped(judge.Verdict), StringComparison.Ordinal))
        {
            yield return "the report or the JSON do not say the verdict";
        }
    }
}
