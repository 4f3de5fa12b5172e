using System.Globalization;

namespace Plumb.Reports;

/// <summary>A fit beside the true map, for people.</summary>
internal static class TruthPart
{
    /// <summary>The comparison, if there is one.</summary>
    public static IEnumerable<PagePart> Of(TruthComparison? comparison)
    {
        if (comparison is null)
        {
            yield break;
        }

        var fit = comparison.Fit;
        yield return new PageHeading("Against the truth");
        if (comparison.UndeterminedDirections > 0)
        {
            var rank = FormattableString.Invariant($"{fit.Rank} of {fit.ParametersPerTarget}");
            yield return new PageText(
                $"The data determine {rank} directions per target, and only what they determine is compared.");
        }

        for (var t = 0; t < Math.Min(PageParts.MostTargets, comparison.Targets.Count); t++)
        {
            yield return new PageHeading(fit.Names.Targets[t]);
            yield return new PageText(Summary(comparison, t));
            yield return Table(comparison, t);
        }

        foreach (var part in PageParts.LeftOut(fit.Names))
        {
            yield return part;
        }
    }

    private static PageTable Table(TruthComparison comparison, int target)
    {
        var parameters = comparison.Targets[target];
        var inputs = comparison.Fit.Names.Inputs.Count;
        var hasErrors = parameters.Any(parameter => parameter.IsInside is not null);
        var level = (100 * comparison.Fit.Settings.Level).ToString("G4", CultureInfo.InvariantCulture);
        return new PageTable(
            [
                PageColumn.Names("input"), new("weight"), new("truth"), new("difference"),
                .. hasErrors ? [new PageColumn("in std. errors"), new PageColumn($"in the {level}% interval")]
                    : Array.Empty<PageColumn>(),
            ],
            PageParts.Parameters(comparison.Fit.Names, parameters.Count > inputs,
                j => Cells(parameters[j], hasErrors)))
        {
            Caption = $"Parameters of {comparison.Fit.Names.Targets[target]} beside the truth",
        };
    }

    private static IEnumerable<PageCell> Cells(ComparedParameter parameter, bool hasErrors) => !parameter.IsDetermined
        ? [new PageCell("undetermined", Tone.Warning)]
        :
        [
            NumberText.Coefficient(parameter.Estimate), NumberText.Coefficient(parameter.Truth),
            NumberText.Signed(parameter.Difference),
            .. hasErrors
                ? (PageCell[])
                [
                    InErrors(parameter),
                    parameter.IsInside == true ? new PageCell("yes", Tone.Good) : new PageCell("no", Tone.Warning),
                ]
                : [],
        ];

    private static string InErrors(ComparedParameter parameter) =>
        double.IsInfinity(parameter.InStandardErrors) ? "beyond all" : NumberText.Signed(parameter.InStandardErrors);

    private static string Summary(TruthComparison comparison, int target)
    {
        var (fit, name) = (comparison.Fit, comparison.Fit.Names.Targets[target]);
        var compared = comparison.Targets[target].Where(parameter => parameter.IsInside is not null).ToList();
        if (compared.Count == 0)
        {
            const string NoErrors = "there are no standard errors to measure the difference by.";
            return fit.Settings.Ridge > 0 ? "With a ridge penalty " + NoErrors
                : fit.NoiseDegreesOfFreedom == 0 ? "No row is left over to estimate the noise from, so " + NoErrors
                : "No single parameter is determined.";
        }

        var count = compared.Count(parameter => parameter.IsInside == true);
        var hold = compared.Count == 1 ? "holds" : "hold";
        var intervals = NumberText.Of(compared.Count, "interval");
        var inside = FormattableString.Invariant($"{count} of {intervals} {hold} the truth");
        return comparison.Tests.FirstOrDefault(test => test.Target == name) is { } test
            ? FormattableString.Invariant($"{inside}; all that the data determine at once: ")
                + FormattableString.Invariant($"F {NumberText.Significant(test.Statistic, 4)} on {fit.Rank}, ")
                + $"p = {NumberText.Significant(test.PValue, 2)}."
            : inside + ".";
    }
}
