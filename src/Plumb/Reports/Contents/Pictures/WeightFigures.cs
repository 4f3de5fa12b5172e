namespace Plumb.Reports;

/// <summary>The weights of a fit in pictures: with their intervals, and with their digits.</summary>
internal static class WeightFigures
{
    /// <summary>All weights with their intervals; none where no weight has one, and none is undetermined.</summary>
    public static IEnumerable<PageFigure> Forest(FitDocument document)
    {
        var fit = document.Fit;
        var targets = Enumerable.Range(0, Math.Min(PageParts.MostTargets, fit.Names.Targets.Count))
            .Select(t => new ForestTarget(fit.Names.Targets[t], [.. Places(fit).Select(j => Row(document, t, j))]))
            .ToList();
        if (targets.SelectMany(target => target.Rows).All(row => row.IsDetermined && !(row.Error > 0)))
        {
            yield break;
        }

        yield return new WeightForest("Weights",
            targets.TrueForAll(target => target.Rows.All(row => !row.IsDetermined))
                ? "Any value of each weight fits the data as well, if the others follow."
                : "Each point is a weight, with its 95% interval (thin) and 50% interval (thick), measured in its own "
                    + "standard errors: what does not touch 0 is known in sign. A hatched bar: any value fits the data "
                    + "as well.",
            targets, Brackets(fit));
    }

    /// <summary>The digits of a target's weights.</summary>
    public static IEnumerable<PageFigure> Digits(FitDocument document, int target)
    {
        var (fit, accuracy) = (document.Fit, document.Accuracy);
        var rows = Places(fit).Where(j => fit.Settings.Ridge > 0 || fit.DeterminesAt(j))
            .Select(j => new DigitRow(NameOf(fit, j), accuracy.Arithmetic.At(target, j), accuracy.Data.At(target, j),
                Statistical(document, target, j))).ToList();
        if (rows.Count == 0)
        {
            yield break;
        }

        yield return new DigitBars($"{fit.Names.Targets[target]}: digits to trust",
            "How many digits of each weight the arithmetic proves, the precision of the data leaves, and the noise "
                + "leaves. The shortest bar counts.", rows)
        {
            Name = PageParts.IdOf("digits", fit.Names, target),
        };
    }

    private static double Statistical(FitDocument document, int target, int place) =>
        document.Errors.KindOf(target) == ReportedErrors.Classical
            ? document.Accuracy.Statistical.At(target, place)
            : document.Errors.At(document.Fit, target, place) is > 0 and var error && double.IsFinite(error)
            ? Math.Max(0, Math.Log10(Math.Abs(document.Fit.Map.At(target, place)) / error)) : double.NaN;

    private static double At(this ParameterDigits digits, int target, int place) =>
        place < digits.Weights.Columns ? digits.Weights[target, place] : digits.Bias[target];

    private static IEnumerable<int> Places(LinearFit fit) =>
        Enumerable.Range(0, fit.Names.Inputs.Count + (fit.Settings.Bias ? 1 : 0));

    private static string NameOf(LinearFit fit, int place) =>
        place < fit.Names.Inputs.Count ? ParameterLabels.Of(fit.Names.Inputs[place]) : ParameterLabels.Bias;

    private static ForestRow Row(FitDocument document, int target, int place)
    {
        var fit = document.Fit;
        var (estimate, error) = (fit.Map.At(target, place), document.Errors.At(fit, target, place));
        // The picture's levels are its own, whatever the tables'.
        var (low, high) = document.Errors.Interval(target, place, 0.95);
        var half = document.Errors.Interval(target, place, 0.5);
        var inner = (half.High - half.Low) / (high - low);
        return new ForestRow(NameOf(fit, place), estimate, error, low, high)
        {
            IsDetermined = fit.Settings.Ridge > 0 || fit.DeterminesAt(place),
            InnerShare = inner,
        };
    }

    private static IReadOnlyList<ForestBracket> Brackets(LinearFit fit) => fit.Settings.Ridge > 0 ? [] :
    [
        .. fit.Dependences.Select(dependence => new ForestBracket(
            [.. dependence.Weights.Index().Where(weight => weight.Item != 0).Select(weight => weight.Index)],
            dependence.Text, dependence.Kind == DependenceKind.Exact)),
        .. fit.Collinearity.Groups.Where(group => group.Targets.Count > 0)
            .Select(group => new ForestBracket(group.Inputs, "cannot be told apart", IsExact: false)),
    ];
}
