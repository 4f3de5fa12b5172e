namespace Plumb.Cli.Reports;

/// <summary>
/// The loss over the plane of W and b through the start, the limit of training with one point, and the truth: with that
/// point alone, and with as many as determine all parameters.
/// </summary>
internal static class DemoFigure
{
    private const int MostPoints = 200; // of a path
    private const double Near = 1e-3; // of the way, where a path ends

    public static SeedStory Of(DemoStory story)
    {
        var limit = story.Explanation.Limit;
        var (taught, free) = (Unit(story.Start - limit), Unit(story.Truth - limit));
        PlanePoint PlaceOf(AffineMap map) => new(Product(map - limit, taught), Product(map - limit, free));
        var truth = PlaceOf(story.Truth);
        return new SeedStory("Why a tiny loss is not the truth",
            "The loss over two directions of W and b, in lines of equal loss. With one point it is a valley with a "
                + "flat floor: training runs down to the floor and stops, and the truth lies elsewhere on the same "
                + "floor, as does a twin with the same predictions. With four points there is one lowest place, and "
                + "the path (as seen in this plane) ends there.",
            [
                Plane("one point", "a valley with a flat floor", story, story.One, taught, free, truth, PlaceOf) with
                {
                    Twin = new PlanePoint(0, -truth.Y),
                },
                Plane("four points", "one lowest place: the truth", story, story.Few, taught, free, truth, PlaceOf),
            ], "what the point teaches", "what it cannot teach");
    }

    private static SeedPlane Plane(string title, string words, DemoStory story, Moments rows, AffineMap taught,
        AffineMap free, PlanePoint truth, Func<AffineMap, PlanePoint> placeOf)
    {
        double Loss(AffineMap map) => rows.SquaredResiduals(map).Sum();
        // The loss is a quadratic form about the truth, where it is 0; its parts by three points.
        var (xx, yy, both) = (Loss(story.Truth + taught), Loss(story.Truth + free), Loss(story.Truth + taught + free));
        return new SeedPlane(title, words, 2 * xx, both - xx - yy, 2 * yy, [.. Path(story, rows).Select(placeOf)],
            truth);
    }

    /// <summary>From the start to the limit of gradient descent at its best rate, at steps further and further
    /// apart.</summary>
    private static IEnumerable<AffineMap> Path(DemoStory story, Moments rows)
    {
        yield return story.Start;
        var fit = new LeastSquares().Fit(rows);
        var plan = new LearningPlan(fit.Spectrum, Loss.Sum, rows.Rows, DemoStory.Size);
        var rate = plan.BestLearningRate / 2; // so that no direction overshoots
        var settings = new GradientDescent(rate) { Loss = Loss.Sum };
        var last = plan.StepsToShrink(rate, Near);
        var growth = Math.Pow(Math.Max(2, last), 1.0 / MostPoints);
        for (var step = 1.0; step <= last; step = Math.Max(step + 1, Math.Floor(step * growth)))
        {
            yield return settings.Jump(story.Start, fit, (long)step).Map;
        }

        yield return fit.ClosestTo(story.Start);
    }

    private static AffineMap Unit(AffineMap map) => new(
        Matrix.Create(map.TargetCount, map.InputCount, (t, j) => map.WeightsOf(t)[j] / map.Norm),
        [.. map.Bias.ToArray().Select(value => value / map.Norm)]);

    private static double Product(AffineMap one, AffineMap other)
    {
        var sum = 0.0;
        for (var t = 0; t < one.TargetCount; t++)
        {
            for (var j = 0; j <= one.InputCount; j++)
            {
                sum += one.At(t, j) * other.At(t, j);
            }
        }

        return sum;
    }
}
