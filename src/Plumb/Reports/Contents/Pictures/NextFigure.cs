namespace Plumb.Reports;

/// <summary>Where to measure next, and what that does for each weight.</summary>
internal static class NextFigure
{
    private const int MostInputs = 24;

    public static IEnumerable<PageFigure> Of(NextDocument document)
    {
        var (proposal, design, fit) = document;
        var columns = design.Columns.Inputs;
        int[] drawn = [.. Enumerable.Range(0, columns.Count).Where(i => !design.Meanings.ContainsKey(columns[i]))];
        if (proposal.Points.Count == 0 || drawn.Length == 0 || columns.Count > MostInputs)
        {
            yield break;
        }

        var hasNoise = fit.ResidualDegreesOfFreedom >= 1;
        var noise = hasNoise ? fit.ResidualStandardDeviation[0] : 1;
        var last = proposal.Points[^1].UnitErrors;
        string[] parameters = [.. fit.Names.Inputs.Select(ParameterLabels.Of),
            .. fit.Settings.Bias ? [ParameterLabels.Bias] : Array.Empty<string>()];
        yield return new NextPoints("Where to measure next",
            (document.Candidates is CandidatePoints.Box && drawn.Length == 2
                ? "The proposed points, numbered in order of worth; the frame is the box. "
                : "The proposed points, numbered in order of worth. ")
                + "Below, the standard error of each weight "
                + (hasNoise ? $"of {fit.Names.Targets[0]}, " : "in units of the noise's standard deviation, ")
                + "now and after all points.",
            [.. drawn.Select(i => new NextInput(columns[i], Range(document, i).Low, Range(document, i).High))],
            [.. proposal.Points.Select(point => (IReadOnlyList<double>)[.. drawn.Select(i => point.Point[i])])],
            [.. parameters.Select((name, j) => new NextError(name, Error(proposal.UnitErrors[j]), Error(last[j])))]);

        double Error(double unit) => double.IsNaN(unit) ? double.PositiveInfinity : noise * unit;
    }

    private static (double Low, double High) Range(NextDocument document, int column)
    {
        switch (document.Candidates)
        {
            case CandidatePoints.Box box:
                return (box.Low[column], box.High[column]);
            case CandidatePoints.Listed listed:
                var values = Enumerable.Range(0, listed.Points.Rows).Select(i => listed.Points[i, column]).ToList();
                return (values.Min(), values.Max());
            default:
                return (double.NaN, double.NaN);
        }
    }
}
