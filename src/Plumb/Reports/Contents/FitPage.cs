using System.Globalization;

namespace Plumb.Reports;

/// <summary>A fit, for people.</summary>
internal static class FitPage
{
    private const string DigitsMeaning = "how many digits of the weight to trust, and what limits them: the noise, "
        + "the precision of the data, or the arithmetic.";

    public static Page Of(FitDocument document)
    {
        var fit = document.Fit;
        return new Page(Title(fit),
        [
            PageParts.Size(document.Source, fit.Rows, fit.Names, fit.Rank, fit.ParametersPerTarget),
            .. PageParts.OtherColumns(document.Rest),
            new PageVerdict(document.Assessment.Verdict, document.Assessment.IsSound),
            .. PageParts.Findings(document.Findings),
            .. document.ShowsEvidence ? EvidencePart.Of(document.Assessment.Evidence) : [],
            .. WeightFigures.Forest(document),
            .. fit.Rows == 1 && fit.Settings.Ridge == 0 ? OneRow() : Details(document),
        ]);
    }

    private static string Title(LinearFit fit)
    {
        var method = fit.Settings.Ridge > 0
            ? FormattableString.Invariant($"Ridge regression (penalty {fit.Settings.Ridge})") : "Least squares";
        return method + (fit.Settings.Bias ? ": y = W x + b" : ": y = W x");
    }

    private static IEnumerable<PagePart> OneRow() =>
    [
        new PageText($"With one row there is nothing to tabulate; {PageParts.JsonGives} the smallest of the infinitely "
            + "many weights that fit it."),
    ];

    private static IEnumerable<PagePart> Details(FitDocument document) =>
    [
        .. MatrixPart.Of(document.Fit),
        .. Enumerable.Range(0, Math.Min(document.Fit.Names.Targets.Count, PageParts.MostTargets))
            .SelectMany(target => Target(document, target)),
        .. document.ShowsStatistics ? StatisticsPart.Of(document) : [],
        .. document.ShowsCovariance ? CovariancePart.Of(document.Fit) : [],
        .. PageParts.LeftOut(document.Fit.Names),
        .. LearningPart.Of(document),
        .. SpectrumFigure.Of(document.Fit, document.Plan, document.Plan.BestLearningRate, "the best rate"),
        .. TruthPart.Of(document.Truth),
    ];

    private static IEnumerable<PagePart> Target(FitDocument document, int target)
    {
        var (fit, errors) = (document.Fit, document.Errors);
        yield return new PageHeading(fit.Names.Targets[target], Summary(fit, target));
        yield return new PageText(Freedom(fit, target));
        if (document.AboutErrors(target) is { Length: > 0 } about)
        {
            yield return new PageText(about);
        }

        yield return new PageTable(
            [
                PageColumn.Names("input"), new("weight"),
                new(errors.KindOf(target) is var kind && kind == ReportedErrors.Classical ? "std. error"
                    : kind + " error"),
                new(FormattableString.Invariant($"{fit.Settings.Level * 100:G4}% interval")), new("p"),
                new("digits") { Meaning = DigitsMeaning },
            ],
            PageParts.Parameters(fit.Names, fit.Settings.Bias, j => fit.Settings.Ridge == 0 && !fit.DeterminesAt(j)
                ? [new PageCell("undetermined", Tone.Warning)]
                : Parameter(errors, target, j, fit.Map.At(target, j), errors.At(fit, target, j),
                    errors.DigitsAt(document.Accuracy, fit, target, j))))
        {
            Caption = $"Parameters of {fit.Names.Targets[target]}",
        };
        foreach (var part in InfluencePart.Of(document, target))
        {
            yield return part;
        }

        foreach (var figure in WeightFigures.Digits(document, target).Concat(RowFigures.Of(document, target)))
        {
            yield return figure;
        }
    }

    private static string Summary(LinearFit fit, int target)
    {
        List<string> parts = [];
        if (!double.IsNaN(fit.RSquared[target]))
        {
            var adjusted = fit.AdjustedRSquared[target];
            parts.Add(
                (fit.RSquaredIsCentred ? "R² " : "R² about 0, not the mean, ")
                    + NumberText.Share(fit.RSquared[target])
                    + (double.IsNaN(adjusted) ? "" : $" (adjusted {NumberText.Share(adjusted)})"));
        }

        if (!double.IsNaN(fit.ChiSquared[target]))
        {
            parts.Add("chi-squared per degree of freedom "
                + NumberText.Significant(fit.ChiSquared[target] / fit.ResidualDegreesOfFreedom, 4));
        }
        else if (!double.IsNaN(fit.ResidualStandardDeviation[target]))
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
        if (!double.IsNaN(fit.ChiSquared[target]))
        {
            return $"chi-squared {NumberText.Significant(fit.ChiSquared[target], 4)} on {freedom}, "
                + PValueText.Equation(fit.ChiSquaredPValue(target));
        }

        var f = fit.FStatistic[target];
        return double.IsNaN(f) ? freedom
            : double.IsInfinity(f) ? freedom + ", no residual"
            : string.Create(CultureInfo.InvariantCulture,
                $"{freedom}; F {NumberText.Significant(f, 4)} on {fit.ExplainedDegreesOfFreedom}, "
                    + $"{PValueText.Equation(fit.FPValue(target))}");
    }

    private static IEnumerable<PageCell> Parameter(ReportedErrors errors, int target, int place, double estimate,
        double error, BelievableDigits? digits)
    {
        if (double.IsInfinity(estimate))
        {
            return [new PageCell("too large", Tone.Warning)];
        }

        if (!double.IsFinite(error))
        {
            return [NumberText.Coefficient(estimate), double.IsNaN(error) ? "-" : "too large", "-", "-",
                NumberText.Digits(digits)];
        }

        var (low, high) = errors.Interval(target, place);
        return
        [
            NumberText.Coefficient(estimate), NumberText.Measure(error), Interval(low, high),
            PValueText.Of(errors.PValue(target, place, estimate, error)), NumberText.Digits(digits),
        ];
    }

    private static string Interval(double low, double high) => double.IsFinite(low) && double.IsFinite(high)
        ? NumberText.Significant(low, 4) + " .. " + NumberText.Significant(high, 4)
        : "too large";
}
