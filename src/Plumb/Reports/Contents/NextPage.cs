using System.Globalization;

namespace Plumb.Reports;

/// <summary>Points to measure next, for people.</summary>
internal static class NextPage
{
    private const int MostColumns = 12; // of points, in tables
    private const int MostSteps = 8; // of standard errors, in tables

    public static Page Of(NextDocument document)
    {
        var (proposal, _, fit) = document;
        return new Page("What to measure next",
        [
            PageParts.Size(document.Source, fit.Rows, fit.Names, proposal.Rank, proposal.ParametersPerTarget),
            .. PageParts.OtherColumns(document.Rest),
            new PageVerdict(ProposalText.Of(proposal),
                proposal.Points.Count > 0 && proposal.Points[^1].Rank == proposal.ParametersPerTarget),
            .. PageParts.Findings(document.Findings),
            .. proposal.Points.Count == 0 ? [] : Details(document),
        ]);
    }

    private static IEnumerable<PagePart> Details(NextDocument document)
    {
        var (proposal, _, fit) = document;
        yield return Points(document);
        foreach (var figure in NextFigure.Of(document))
        {
            yield return figure;
        }

        if (fit.ResidualDegreesOfFreedom < 1)
        {
            yield return new PageHeading("Standard errors, in units of the noise's standard deviation");
            yield return Errors(proposal, fit, 1);
            yield break;
        }

        for (var t = 0; t < Math.Min(PageParts.MostTargets, fit.Names.Targets.Count); t++)
        {
            var noise = fit.ResidualStandardDeviation[t];
            yield return new PageHeading(
                $"Standard errors of {fit.Names.Targets[t]}, if its noise stays {NumberText.Measure(noise)}");
            yield return Errors(proposal, fit, noise);
        }
    }

    private static PageTable Points(NextDocument document)
    {
        string[] names = [.. document.Design.Columns.Inputs.Take(MostColumns)];
        return new PageTable(
            [
                PageColumn.Names("point"), .. names.Select((name, j) =>
                    document.Design.Meanings.ContainsKey(document.Design.Columns.Inputs[j]) ? PageColumn.Names(name)
                        : new PageColumn(name)), new("rank"),
                new("gain")
                {
                    Meaning = "the factor by which the point improves on the goal; 'rank' where it determines one "
                        + "more direction.",
                },
            ],
            [.. document.Proposal.Points.Select((point, i) => (IReadOnlyList<PageCell>)
            [
                string.Create(CultureInfo.InvariantCulture,
                    $"{i + 1}{(point.Candidate is { } candidate ? $" (row {candidate + 1})" : "")}"),
                .. point.Point.Take(names.Length).Select((value, j) =>
                    (PageCell)(PointText.Of(document.Design, j, value) ?? NumberText.Coefficient(value))),
                FormattableString.Invariant($"{point.Rank}"),
                double.IsNaN(point.Gain) ? "rank" : NumberText.Measure(point.Gain),
            ])])
        {
            Caption = "Points to measure next, in this order",
        };
    }

    private static PageTable Errors(Proposal proposal, LinearFit fit, double noise)
    {
        var shown = Math.Min(MostSteps, proposal.Points.Count);
        return new PageTable(
            [
                PageColumn.Names("input"), new("now"),
                .. Enumerable.Range(1, shown).Select(i => new PageColumn(FormattableString.Invariant($"after {i}"))),
            ],
            PageParts.Parameters(fit.Names, fit.Settings.Bias, j =>
            [
                Error(proposal.UnitErrors[j]),
                .. proposal.Points.Take(shown).Select(point => Error(point.UnitErrors[j])),
            ]))
        {
            Caption = "Standard errors now and after each point",
        };

        PageCell Error(double unit) => double.IsNaN(unit) ? new PageCell("undetermined", Tone.Warning)
            : NumberText.Measure(noise * unit);
    }
}
