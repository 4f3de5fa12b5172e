using System.Globalization;
using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>Puts what rows say into sentences.</summary>
internal static class RowFindings
{
    private const int FewRows = 3; // told by number
    private const int FewNames = 3;
    private const long FewGroups = 30; // Cameron and Miller, J. Human Resources 50, 2015, section VI
    private const int FewClustersToAsk = 10; // whose effects are a few weights, and whose errors would be rough
    private const double FewFreedoms = 4; // Pustejovsky and Tipton, section 5; Tipton, Psychological Methods 20, 2015
    private const double Named = 0.05; // an input is named where its square is more than this much beyond chance

    /// <summary>The findings: rows first, then what explains the rest.</summary>
    public static IReadOnlyList<Finding> Of(RowReport report, IReadOnlyList<TargetJudgement> judgements,
        IReadOnlyList<RowInfluence> influential)
    {
        HypothesisTest[] Speaking(Func<TargetJudgement, IEnumerable<HypothesisTest?>> of) =>
            [.. judgements.SelectMany(of).OfType<HypothesisTest>()];
        var form = Speaking(judgement => judgement.Form);
        var curved = form.Any(test => test.Code == "reset") ? "reset" : "bends"; // two tests of one thing
        return
        [
            .. report.Deciding.Count > 0 ? [Deciding(report.Deciding)] : Array.Empty<Finding>(),
            .. influential.Select(Influential),
            .. report.MovingInDoubt.Select(Moving),
            .. report.Masked.Where(rows => !AreAllOutliers(rows, report)).Select(rows => rows.ToFinding()),
            .. report.Copied is { } copied ? [copied.ToFinding()] : Array.Empty<Finding>(),
            .. report.Outliers.GroupBy(row => row.Target, StringComparer.Ordinal).Select(rows => Outliers([.. rows])),
            .. Each(Speaking(judgement => [judgement.Order]), tests => Order(tests, report)),
            .. Each(Speaking(judgement => [judgement.IsSorted ? null : judgement.OrderInDoubt]),
                tests => OrderInDoubt(tests, areSorted: false)),
            .. Each(Speaking(judgement => [judgement.IsSorted ? judgement.OrderInDoubt : null]),
                tests => OrderInDoubt(tests, areSorted: true)),
            .. report.Correlated.GroupBy(groups => groups.Column, StringComparer.Ordinal)
                .Select(same => Groups([.. same])),
            .. Each([.. form.Where(test => test.Code == "lack-of-fit")], LackOfFit),
            .. Each([.. form.Where(test => test.Code == curved)], tests => Curved(tests, report)),
            .. FormFindings.Of(form),
            .. Each(Speaking(judgement => [judgement.Noise]), Noise),
            .. report.AskedErrors is { Groups: { Count: > 0 } groups, Freedoms.Count: 0 } && groups.Min() < FewGroups
                ? [FewClusters(groups.Min())] : Array.Empty<Finding>(),
            .. report.AskedErrors is { Freedoms.Count: > 0 } reduced && reduced.Freedoms.Min() < FewFreedoms
                ? [FewClusters(reduced)] : Array.Empty<Finding>(),
            .. report.AskedErrors is { ReplicatesLeftOut: > 0 } bootstrap ? [LeftOut(bootstrap)]
                : Array.Empty<Finding>(),
        ];
    }

    /// <summary>Rows of which all but as many as there are parameters are copies.</summary>
    public static Finding NoRowToSpare(LinearFit fit) => new(
        Severity.Warning,
        "no-row-to-spare",
        string.Create(CultureInfo.InvariantCulture,
            $"Only {fit.Rank} {(fit.Rank == 1 ? "row differs" : "rows differ")} from each other, no more than the "
                + $"parameters that they determine: the map passes through all of them whatever the noise, so an exact "
                    + $"fit proves nothing."),
        "Collect more rows that differ: copies do not show how large the noise is.");

    private static IEnumerable<Finding> Each(HypothesisTest[] tests, Func<HypothesisTest[], Finding> describe) =>
        tests.Length > 0 ? [describe(tests)] : [];

    private static Finding Deciding(IReadOnlyList<DecidingRow> rows)
    {
        var first = rows[0];
        var names = first.Inputs.Count is > 0 and <= FewNames
            ? (first.Inputs.Count == 1 ? "the weight of " : "the weights of ")
                + string.Join(", ", first.Inputs.Select(name => $"'{name}'")) : "a direction of the fit";
        var others = rows.Count == 1 ? "" : rows.Count - 1 <= FewRows
            ? $" So {(rows.Count == 2 ? "does row" : "do rows")} "
                + $"{string.Join(", ", rows.Skip(1).Select(row => Invariant($"{row.Row}")))}."
            : Invariant($" So do {rows.Count - 1} others, or more.");
        return new Finding(
            Severity.Warning,
            "deciding-row",
            first.Leverage == 1
                ? string.Create(CultureInfo.InvariantCulture,
                    $"Row {first.Row} alone decides {names} (leverage 1): without it, the other rows leave that "
                        + $"undetermined, and nothing can show whether the row is right.{others}")
                : string.Create(CultureInfo.InvariantCulture,
                    $"Row {first.Row} nearly alone decides {names} (leverage {Statistic(first.Leverage)}; "
                        + $"{P(first.PValue)}): no other row has inputs like it.{others}"),
            Invariant($"Check that row {first.Row} is right, and collect more rows with such inputs."));
    }

    // Then the sentence about outliers says it all.
    private static bool AreAllOutliers(MaskedRows rows, RowReport report) =>
        rows.Rows.All(row => report.Outliers.Any(outlier => outlier.Row == row.Row && outlier.Target == rows.Target));

    private static Finding Influential(RowInfluence row) => new(
        Severity.Warning,
        "influential-row",
        string.Create(CultureInfo.InvariantCulture,
            $"Row {row.Row} strongly influences the fit of '{row.Target}' (Cook's distance "
                + $"{Statistic(row.CooksDistance)}; above 1 is high), and does not agree with the other rows; its "
                + $"leverage is {Statistic(row.Leverage)}."),
        Invariant($"Check row {row.Row}, and fit without it to see what the others say."));

    private static Finding Moving(RowInfluence row) => new(
        Severity.Information,
        "row-in-doubt",
        $"Row {Invariant($"{row.Row}")} strongly influences the fit of '{row.Target}' (Cook's distance "
            + $"{Statistic(row.CooksDistance)}; above 1 is high; leverage {Statistic(row.Leverage)}), and lies "
            + $"{Statistic(Math.Abs(row.StudentizedResidual))} standard errors from where the others put it: chance "
            + "does that once in a hundred times or less.",
        Invariant($"Check row {row.Row}, and collect more rows like it."));

    /// <summary>Of one target, the farthest first.</summary>
    private static Finding Outliers(RowInfluence[] rows)
    {
        var (worst, others) = (rows[0], rows.Length - 1);
        var many = others == 0 ? "" : others <= FewRows
            ? $"; so {(others == 1 ? "does row" : "do rows")} "
                + $"{string.Join(", ", rows.Skip(1).Select(row => Invariant($"{row.Row}")))}"
            : Invariant($"; so do {others} others, or more");
        return new Finding(
            Severity.Warning,
            "outlier",
            string.Create(CultureInfo.InvariantCulture,
                $"Row {worst.Row} of '{worst.Target}' lies {Statistic(Math.Abs(worst.StudentizedResidual))} standard "
                    + $"errors from where the other rows put it, farther than normal noise throws a row "
                        + $"({P(worst.PValue)} for the worst of all){many}."),
            "Check these rows; leave out what is wrong, not what is inconvenient.");
    }

    private static Finding Order(HypothesisTest[] tests, RowReport report)
    {
        var (worst, about, of) = Worst(tests);
        var errors = report.AskedErrors is { Lags: { Count: > 0 } lags }
            ? Invariant($"the HAC errors allow for that up to {lags.Max()} rows apart")
            : $"the standard errors are {(worst.Statistic < 2 ? "too small" : "off")}";
        return Warning(
            worst,
            $"Neighbouring rows of {about} have {(worst.Statistic < 2 ? "similar" : "opposite")} residuals ("
                + $"{Invariant($"Durbin-Watson {Statistic(worst.Statistic)}, {P(worst.PValue)}")}{of}): there is more "
                    + $"in the order of the rows than the inputs explain, and {errors}.",
            "If the order means something, add inputs for time or place, or fit the differences of neighbouring rows; "
                + "in a sorted table, inputs or curves that are missing look like this too.");
    }

    private static Finding OrderInDoubt(HypothesisTest[] tests, bool areSorted)
    {
        var (worst, about, of) = Worst(tests);
        return new Finding(
            Severity.Information,
            "order-in-doubt",
            $"Neighbouring rows of {about} have {(worst.Statistic < 2 ? "similar" : "opposite")} residuals ("
                + $"{Invariant($"Durbin-Watson {Statistic(worst.Statistic)}, {P(worst.PValue)}")}{of}). "
                + (areSorted
                    ? $"The rows, or those with equal inputs, are sorted by {about}: neighbours are alike anyway."
                    : "If their order means something, such as time, the standard errors are "
                        + $"{(worst.Statistic < 2 ? "too small" : "off")}; if it means nothing, it is the way the "
                        + $"table was put together{(worst.PValue < RowJudgement.LevelUnasked ? "" : ", or chance")}."),
            $"If the order means something, {Remedies.RowsAreInOrder}.");
    }

    /// <summary>Of one column.</summary>
    private static Finding Groups(CorrelatedGroups[] found)
    {
        var (column, (worst, about, of)) = (found[0].Column, Worst([.. found.Select(groups => groups.Test)]));
        var strongest = found.Single(groups => groups.Test == worst);
        return new Finding(
            Severity.Warning,
            "groups",
            $"Rows of the same '{column}' have residuals of {about} in common ("
                + $"{Invariant($"{strongest.Groups} groups, correlation {strongest.Correlation:g2}, ")}"
                + $"{Invariant($"F {worst.Statistic:g3}, {P(worst.PValue)}")}{of}): they are fewer independent rows "
                + "than they seem, or the fit lacks an input.",
            strongest.Groups < FewClustersToAsk
                ? $"Add '{column}' to the inputs, or {Remedies.ClusterBy(column)}."
                : $"To allow for it, {Remedies.ClusterBy(column)}; or add '{column}' to the inputs.");
    }

    private static Finding LackOfFit(HypothesisTest[] tests)
    {
        var (worst, about, of) = Worst(tests);
        return Warning(
            worst,
            $"Rows with equal inputs agree better with each other than with the map for {about} ("
                + $"{Invariant($"lack of fit: F {Statistic(worst.Statistic)}, {P(worst.PValue)}")}{of}): either the "
                    + $"relationship is not affine in these inputs, or such rows share more than their inputs.",
            "Add inputs, such as powers, or keep to a smaller range of them; where such rows were measured together, "
                + "cluster the errors by what they share.");
    }

    private static Finding Curved(HypothesisTest[] tests, RowReport report)
    {
        var (worst, about, of) = Worst(tests);
        var bends = report.Tests.Where(test => test.Code == "bends" && tests.Any(other => other.Target == test.Target))
            .MinBy(test => test.PValue);
        var named = bends is { PValue: < Named } ? bends : null;
        var proof = Invariant($"F {Statistic(worst.Statistic)}, {P(worst.PValue)}");
        var most = named is null ? ""
            : string.Create(CultureInfo.InvariantCulture,
                $" It curves most in '{named.PowerOf ?? named.Input}' (adding {SquareOf(named)}: "
                    + $"F {Statistic(named.Statistic)}, {P(named.PValue)}).");
        var message = worst.Code == "reset"
            ? $"The relationship is curved for {about}: adding squares and cubes of the predictions improves the fit "
                + $"(RESET: {proof}{of}).{most}"
            : $"The relationship is curved for {about} in '{worst.PowerOf ?? worst.Input}': adding {SquareOf(worst)} "
                + $"improves the fit ({proof}{of}).";
        var inputs = (named ?? worst) switch
        {
            { PowerOf: { } column } => $"further powers of '{column}' as inputs",
            { Input: { } input } => $"the square of '{input}' as an input",
            _ => "inputs, such as powers",
        };
        return Warning(worst, message, $"Add {inputs}, or predict the logarithm of the target.");
    }

    private static string SquareOf(HypothesisTest test) =>
        test.PowerOf is null ? "its square" : $"the square of {test.Input}";

    private static Finding Noise(HypothesisTest[] tests)
    {
        var (worst, about, of) = Worst(tests);
        var proof = worst.Code == "white"
            ? Invariant($"of {(worst.Input is { } input ? $"the weight of '{input}'" : "the bias")} the robust one is ")
                + Invariant($"{Statistic(worst.Statistic)} times as large; White: {P(worst.PValue)}")
            : Invariant($"Breusch-Pagan: {Statistic(worst.Statistic)}, {P(worst.PValue)}");
        return Warning(
            worst,
            $"The noise of {about} changes with the inputs, so the classical standard errors are off, though that "
                + $"alone biases no weight ({proof}{of}).",
            "Weight each row by the inverse of its variance, or predict the logarithm of the target.");
    }

    private static Finding FewClusters(long groups) => new(
        Severity.Warning,
        "few-groups",
        Invariant($"Clustered errors rest on {groups} groups only: with fewer than {FewGroups} they tend to be too ")
            + "small.",
        "Collect more groups, or take the errors for a lower bound.");

    private static Finding FewClusters(RobustErrors errors) => new(
        Severity.Warning,
        "few-groups",
        Invariant($"Clustered errors rest on {errors.Groups[0]} groups, which leave some weights only ")
            + Invariant($"{errors.Freedoms.Min():g2} degrees of freedom: with fewer than {FewFreedoms:g1} their p and ")
            + "intervals are rough.",
        "Collect more groups, or groups of more equal size.");

    private static Finding LeftOut(RobustErrors errors) => new(
        Severity.Warning,
        "replicates-left-out",
        Invariant($"{errors.ReplicatesLeftOut} of {errors.Replicates + errors.ReplicatesLeftOut} replicates did not ")
            + "determine all weights, and were left out: a few rows decide some weights, whose errors may be too "
            + "small.",
        "Take other errors, such as HC3, or collect more rows like those that decide.");

    /// <summary>The clearest of tests, of which targets they speak, and of which one that is.</summary>
    internal static (HypothesisTest Worst, string About, string Of) Worst(HypothesisTest[] tests)
    {
        var worst = tests.MinBy(test => test.PValue)!;
        var about =
            TargetNames.Quoted([worst.Target, .. tests.Where(test => test != worst).Select(test => test.Target)]);
        return (worst, about, tests.Length == 1 ? "" : $" for '{worst.Target}'");
    }

    private static Finding Warning(HypothesisTest test, string message, string remedy) =>
        new(Severity.Warning, test.Code, message, remedy);

    internal static string P(double value)
    {
        const double Least = 1e-16; // smaller ones say no more
        return value < Least ? "p < 1e-16" : Invariant($"p = {value:g2}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
