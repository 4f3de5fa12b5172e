using System.Globalization;

namespace Plumb.Cli.Reports;

/// <summary>Tests of hypotheses about a fit, for people.</summary>
internal static class TestPage
{
    private const int MostTests = 60;

    public static Page Of(TestDocument document)
    {
        var fit = document.Fit;
        TestedHypothesis[] tests = [.. document.Tests.Where(test => test.Undetermined is null).Take(MostTests)];
        TestedHypothesis[] single = [.. tests.Where(test => test.Restrictions.Count == 1)];
        TestedHypothesis[] several = [.. tests.Where(test => test.Restrictions.Count != 1)];
        return new Page("Tests of " + document.Source,
        [
            PageParts.Size(document.Source, fit.Rows, fit.Names, fit.Rank, fit.ParametersPerTarget),
            .. PageParts.OtherColumns(document.Rest),
            new PageVerdict(TestText.Verdict(document), true),
            .. PageParts.Findings(document.Findings),
            .. single.Length == 0 ? [] : (PagePart[])[OneEquation(document, single)],
            .. several.Length == 0 ? [] : (PagePart[])[SeveralEquations(document, several)],
            .. several.Where(test => test.Restrictions.Count > 0).Select(test => Parts(document, test)),
            .. document.Levels.SelectMany(comparison => LevelsPart.Of(document, comparison)),
            .. document.Multivariate.SelectMany(AllTargets),
            new PageText(TestText.Errors(document)),
            .. document.Tests.Count <= MostTests ? [] : (PagePart[])
            [
                new PageText(string.Create(CultureInfo.InvariantCulture,
                    $"Shown: {MostTests} of {document.Tests.Count} tests; --json gives all.")),
            ],
        ]);
    }

    private static PageColumn[] Adjusted(TestDocument document) => document.Adjustment == AdjustmentMethod.None ? []
        : [new($"p ({document.Adjustment.ToString().ToLowerInvariant()})")
            { Meaning = "The p-value that allows for all tests made here." }];

    private static PageCell[] AdjustedOf(TestDocument document, TestedHypothesis test) =>
        document.Adjustment == AdjustmentMethod.None ? [] : [PValueText.Of(test.AdjustedPValue ?? double.NaN)];

    private static PageTable OneEquation(TestDocument document, TestedHypothesis[] tests) => new(
        [
            PageColumn.Sentences("hypothesis"), PageColumn.Names("target"),
            new("difference") { Meaning = "What is estimated for the left side less the right side." },
            new("std. error"), new(Interval(document)), new(Ratio(document)), new("p"), .. Adjusted(document),
        ],
        [.. tests.Select(test => (IReadOnlyList<PageCell>)
        [
            test.Text, test.Target ?? "-", .. Cells(test.Restrictions[0]), .. AdjustedOf(document, test),
        ])]);

    // Where the noise is known, F times its equations is chi-squared, and no degrees of freedom are left to tell.
    private static PageTable SeveralEquations(TestDocument document, TestedHypothesis[] tests)
    {
        var isKnown = IsNoiseKnown(document);
        return new PageTable(
            [
                PageColumn.Sentences("hypothesis"), PageColumn.Names("target"), new(isKnown ? "chi-squared" : "F"),
                new("equations"), .. isKnown ? (PageColumn[])[] : [new("deg. of freedom")], new("p"),
                .. Adjusted(document),
            ],
            [.. tests.Select(test => (IReadOnlyList<PageCell>)
            [
                test.Text, test.Target ?? "-", Known(isKnown ? test.F * test.NumeratorDegreesOfFreedom : test.F),
                NumberText.Count(test.NumeratorDegreesOfFreedom),
                .. isKnown ? (PageCell[])[] : [Freedom(test.DenominatorDegreesOfFreedom)], PValueText.Of(test.PValue),
                .. AdjustedOf(document, test),
            ])]);
    }

    private static PageTable Parts(TestDocument document, TestedHypothesis test) => new(
        [
            PageColumn.Names(test.Target is null ? "equation" : $"equation, {test.Target}"), new("difference"),
            new("std. error"), new(Interval(document)), new(Ratio(document)), new("p"),
        ],
        [.. test.Restrictions.Take(MostTests).Select(equation => (IReadOnlyList<PageCell>)
            [equation.Text, .. Cells(equation)])])
    {
        Caption = test.Text,
    };

    /// <summary>Difference, error, interval, t and p of an equation.</summary>
    public static PageCell[] Cells(TestedRestriction equation) =>
    [
        Known(equation.Estimate), NumberText.Measure(equation.StandardError),
        $"{NumberText.Significant(equation.Low, 4)} to {NumberText.Significant(equation.High, 4)}", Known(equation.T),
        PValueText.Of(equation.PValue),
    ];

    private static IEnumerable<PagePart> AllTargets(MultivariateTest test) =>
    [
        new PageHeading($"All targets at once: {test.Text}"),
        new PageTable(
            [
                PageColumn.Names("statistic"), new("value"), new("F"), new("num. d.f."), new("den. d.f."), new("p"),
            ],
            [.. test.Statistics.Select(statistic => (IReadOnlyList<PageCell>)
            [
                statistic.Name, NumberText.Significant(statistic.Value, 5), Known(statistic.F),
                Freedom(statistic.NumeratorDegreesOfFreedom), Freedom(statistic.DenominatorDegreesOfFreedom),
                PValueText.Of(statistic.PValue),
            ])]),
    ];

    /// <summary>What a column of intervals is called.</summary>
    public static string Interval(TestDocument document) => string.Create(CultureInfo.InvariantCulture,
        $"{NumberText.Rate(100 * document.Fit.Settings.Level)}% interval");

    /// <summary>What a difference over its error is called: z where the noise is known, else t.</summary>
    public static string Ratio(TestDocument document) => IsNoiseKnown(document) ? "z" : "t";

    /// <summary>Whether tests are by the normal distribution and chi-squared.</summary>
    public static bool IsNoiseKnown(TestDocument document) =>
        document.Fit.Settings.NoiseIsKnown && document.Inference.Method is ClassicalErrors;

    /// <summary>Degrees of freedom.</summary>
    public static string Freedom(double freedom) => freedom == Math.Floor(freedom) && freedom < 1e15
        ? NumberText.Count((long)freedom) : NumberText.Significant(freedom, 4);

    /// <summary>A number, where there is one.</summary>
    public static string Known(double value) => double.IsNaN(value) ? "-"
        : double.IsInfinity(value) ? (value > 0 ? "inf" : "-inf") : NumberText.Significant(value, 4);
}
