using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumb.Tests.Rows;

/// <summary>Fits, second looks at their rows, and every number that these give.</summary>
internal static partial class RowSamples
{
    public static Dataset Of(string name, params string[] targets)
    {
        var (names, rows) = Reference.Csv("rows", name + ".csv");
        string[] inputs = [.. names.Except(targets, StringComparer.Ordinal)];
        double[] Pick(double[] row,
            string[] columns) => [.. columns.Select(column => row[Array.IndexOf(names, column)])];
        return Reference.Dataset([.. rows.Select(row => Pick(row, inputs))],
            [.. rows.Select(row => Pick(row, targets))], new VariableNames(inputs, targets));
    }

    public static RowReport Look(Dataset data, bool inOrder = false, bool bias = true)
    {
        var tests = new RowTests(new LeastSquares { Bias = bias }.Fit(Moments.Of(data)), inOrder);
        tests.Add(data);
        return tests.Report();
    }

    public static RowReport Look(Dataset data, ErrorMethod method)
    {
        var tests = new RowTests(new LeastSquares().Fit(Moments.Of(data)), errors: method);
        tests.Add(data);
        return tests.Report();
    }

    public static Answer AnswerTo(this RowReport report, Question question) =>
        report.Evidence.Single(evidence => evidence.Question == question).Answer;

    public static string[] Codes(this RowReport report) => [.. report.Findings.Select(finding => finding.Code)];

    public static Dataset Pick(this Dataset data, IReadOnlyList<int> rows) => new(
        Matrix.Create(rows.Count, data.Inputs.Columns, (i, j) => data.Inputs[rows[i], j]),
        Matrix.Create(rows.Count, data.Targets.Columns, (i, t) => data.Targets[rows[i], t]),
        data.Names)
    {
        Weights = data.Weights is null ? null
            : data.Weights.AreFrequencies ? RowWeights.Frequencies([.. rows.Select(row => data.Weights.Values[row])])
            : RowWeights.Precisions([.. rows.Select(row => data.Weights.Values[row])]),
    };

    /// <summary>The same rows with some of the inputs.</summary>
    public static Dataset Only(this Dataset data, params string[] inputs)
    {
        int[] places = [.. inputs.Select(name => data.Names.Inputs.ToList().IndexOf(name))];
        return new Dataset(Matrix.Create(data.Rows, places.Length, (i, j) => data.Inputs[i, places[j]]), data.Targets,
            new VariableNames(inputs, data.Names.Targets));
    }

    /// <summary>All numbers of a report, to the last bit.</summary>
    /// <param name="report">The report.</param>
    /// <param name="withOrder">Whether what depends on the order of the rows is among them: their numbers, and
    /// Durbin-Watson.</param>
    public static string[] Bits(this RowReport report, bool withOrder = true)
    {
        string Row(long row) => withOrder ? row.ToString(CultureInfo.InvariantCulture) : "";
        string Words(string method) => withOrder ? method : PlaceOfRow().Replace(method, "row");
        string Influence(RowInfluence row) =>
            string.Create(CultureInfo.InvariantCulture,
                $"{Row(row.Row)} {row.Target} {row.Leverage:R} {row.CooksDistance:R} {row.StudentizedResidual:R} "
                    + $"{row.PValue:R}");
        return
        [
            .. report.Tests.Where(test => withOrder || test.Code != "durbin-watson")
                .Select(test =>
                    Invariant($"{test.Code} {test.Target} {test.Input} {test.Statistic:R} {test.PValue:R}")),
            .. report.Outliers.Select(Influence),
            .. report.Influential.Select(Influence),
            .. report.Deciding.Select(row => Invariant($"{Row(row.Row)} {row.Leverage:R} {row.PValue:R}")),
            string.Create(CultureInfo.InvariantCulture,
                $"{report.OutlierCount} {report.LargestLeverage:R} {Row(report.LargestLeverageRow)} "
                    + $"{report.RobustErrors!.RowsLeftOut}"),
            .. report.RobustErrors.Weights.Values.ToArray().Concat(report.RobustErrors.Bias)
                .Select(value => Invariant($"{value:R}")),
            .. report.Evidence.Where(evidence => withOrder
                || evidence.Question is not (Question.Order or Question.Errors))
                .Select(evidence =>
                    Invariant($"{evidence.Question} {evidence.Answer} {Words(evidence.Method)} {evidence.Number:R}")),
        ];
    }

    /// <summary>A number of Student's t distribution, whose tails are long where freedom is low.</summary>
    public static double Student(RandomSource random, int freedom)
    {
        var square = Enumerable.Range(0, freedom).Sum(_ => random.NextNormal() is var z ? z * z : 0);
        return random.NextNormal() / Math.Sqrt(square / freedom);
    }

    [GeneratedRegex(@"\brow \d+")]
    private static partial Regex PlaceOfRow();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
