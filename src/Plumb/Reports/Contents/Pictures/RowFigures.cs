namespace Plumb.Reports;

/// <summary>The rows of each target in five pictures, where they were gathered for that.</summary>
internal static class RowFigures
{

    /// <summary>The pictures of a target; none where its rows were not gathered.</summary>
    public static IEnumerable<PageFigure> Of(FitDocument document, int target)
    {
        var clouds = document.Rows?.Clouds ?? [];
        if (target >= clouds.Count || clouds[target].Rows == 0)
        {
            yield break;
        }

        var (cloud, name) = (clouds[target], clouds[target].Target);
        string Id(string picture) => PageParts.IdOf(picture, document.Fit.Names, target);
        yield return new PredictedMeasured($"{name}: predicted and measured",
            "On the line, prediction and measurement agree. Numbers are rows of the file.", name,
            Points(cloud, cloud.FittedAndMeasured, point => (point.Fitted, point.Measured), cloud.LargestResiduals))
        {
            Name = Id("predicted-measured"),
        };
        yield return new ResidualsFitted($"{name}: residuals by prediction",
            cloud.HasWeights
                ? "What the fit leaves, measured - predicted, not yet weighted: rows of small weight may scatter more. "
                    + "A bent line shows a curve. Whether the noise is as even as the weights say, the next picture "
                    + "but one shows."
                : "What the fit leaves, measured - predicted. Where the relationship is affine and the noise even, "
                    + "points scatter about 0 alike from left to right; a bent line shows a curve, a fan shows uneven "
                    + "noise.",
            name,
            Points(cloud, cloud.FittedAndResidual, point => (point.Fitted, point.Residual), cloud.LargestResiduals))
        {
            Name = Id("residuals"),
        };
        if (cloud.RowsWithoutStandardized == cloud.Rows)
        {
            yield break; // nothing is left over, or each row decides a direction alone
        }

        yield return new NormalQuantiles($"{name}: are residuals normal?",
            "Residuals in order against those of normal noise. Of samples of normal noise, 95 in 100 lie wholly within "
                + "the band. Intervals and p-values need this only where rows are few.", Ranked(cloud),
            cloud.Rows - cloud.RowsWithoutStandardized)
        {
            Name = Id("quantiles"),
        };
        yield return new ScaleLocation($"{name}: is the noise even?",
            "Roots of the sizes of standardized residuals"
                + (cloud.HasWeights ? ", weights taken into account. " : ". ")
                + "Where the noise is even, the line is nearly level; where it rises, the noise grows with the "
                + "prediction.", name,
            Points(cloud, cloud.FittedAndScale,
                point => (point.Fitted, Math.Sqrt(Math.Abs(point.Standardized))), cloud.LargestResiduals))
        {
            Name = Id("scale"),
        };
        yield return new LeverageResiduals($"{name}: rows that pull the fit",
            "To the right lie rows whose inputs are unusual, far up or down those that fit badly; beyond the contours "
                + "of Cook's distance 0.5 and 1, drawn where they lie within the picture, a row moves W and b much "
                + "by itself."
                + (cloud.RowsWithoutStandardized > 0
                    ? " A row of leverage 1 decides a direction alone and leaves no residual; it is drawn at 0." : ""),
            Points(cloud, cloud.LeverageAndStandardized,
                point => (point.Leverage, double.IsNaN(point.Standardized) ? 0 : point.Standardized),
                [.. cloud.LargestDistances.Concat(cloud.LargestLeverages).Concat(cloud.LargestResiduals)
                    .DistinctBy(point => point.Row)]), document.Fit.Rank)
        {
            Name = Id("leverage"),
        };
    }

    private static PointCloud Points(RowCloud cloud, CloudGrid? grid, Func<RowPoint, (double X, double Y)> place,
        IReadOnlyList<RowPoint> extremes)
    {
        CloudPoint Point(RowPoint point) => new(point.Row, place(point).X, place(point).Y, point.Count);
        return grid is null ? new PointCloud([.. cloud.Points.Select(Point)])
            : new PointCloud([.. extremes.Select(Point)], HexagonGrid.Of(grid));
    }

    private static IReadOnlyList<RankedResidual> Ranked(RowCloud cloud)
    {
        if (cloud.Standardized is not { } counts)
        {
            var rank = 0L;
            return
            [
                .. cloud.Points.Where(point => double.IsFinite(point.Standardized)).OrderBy(point => point.Standardized)
                    .ThenBy(point => point.Row)
                    .Select(point => new RankedResidual(rank += point.Count, point.Row, point.Standardized)),
            ];
        }

        // Of each cell the row in its middle; the rows at the ends one by one.
        List<RankedResidual> ranked = [];
        var below = 0L;
        for (var cell = 0; cell < counts.Axis.Cells; cell++)
        {
            if (counts[cell] > 0)
            {
                ranked.Add(new RankedResidual(below + (counts[cell] + 1) / 2, 0, counts.Axis.MiddleOf(cell)));
                below += counts[cell];
            }
        }

        var ends = cloud.LargestResiduals.OrderBy(point => point.Standardized).ToList();
        var low = ends.Where(point => point.Standardized < 0).Select((point, i) =>
            new RankedResidual(i + 1, point.Row, point.Standardized));
        var high = ends.Where(point => point.Standardized > 0).Reverse().Select((point, i) =>
            new RankedResidual(counts.Total - i, point.Row, point.Standardized));
        RankedResidual[] known = [.. low, .. high];
        return
        [
            .. ranked.Where(row => known.All(end => Math.Sign(end.Residual) != Math.Sign(row.Residual)
                || Math.Abs(row.Residual) < Math.Abs(end.Residual))), .. known,
        ];
    }
}
