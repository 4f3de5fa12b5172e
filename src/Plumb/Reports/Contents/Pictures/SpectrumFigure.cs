namespace Plumb.Reports;

/// <summary>The directions of the inputs, and how long gradient descent takes along each.</summary>
internal static class SpectrumFigure
{
    private const int MostDirections = 60;
    private const int MostInWords = 3;

    /// <summary>The picture at a rate; none where there is nothing to see.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="plan">What its spectrum predicts.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="about">The rate in words, as in "the best rate".</param>
    public static IEnumerable<PageFigure> Of(LinearFit fit, LearningPlan plan, double rate, string about)
    {
        var eigenvalues = plan.Eigenvalues;
        if (eigenvalues.Count < 2 || eigenvalues.Count > MostDirections || !double.IsNormal(rate)
            || !eigenvalues.All(double.IsNormal))
        {
            yield break;
        }

        string[] names = [.. fit.Names.Inputs, .. fit.Settings.Bias ? ["bias"] : Array.Empty<string>()];
        yield return new SpectrumSteps("How long gradient descent takes",
            $"Each direction of the inputs, at {about} {NumberText.Rate(rate)}: the flatter the loss along it, the "
                + "more steps until the error there is a millionth. Directions that the data leave undetermined never "
                + "move.",
            [
                .. eigenvalues.Select((value, i) =>
                    new SpectrumDirection(value, WordsOf(fit.Spectrum.Eigenvector(i), names))),
                .. fit.Dependences.Where(dependence => dependence.Kind == DependenceKind.Exact)
                    .Select(dependence => new SpectrumDirection(0, dependence.Text)),
            ], rate);
    }

    /// <summary>The names that a direction is mostly made of, with their signs.</summary>
    private static string WordsOf(ReadOnlySpan<double> direction, string[] names)
    {
        var parts = direction.ToArray();
        var largest = parts.Max(Math.Abs);
        var main = parts.Index().Where(part => Math.Abs(part.Item) >= largest / 2)
            .OrderByDescending(part => Math.Abs(part.Item)).ThenBy(part => part.Index).Take(MostInWords).ToList();
        var sign = Math.Sign(main[0].Item);
        return string.Concat(main.Select((part, i) => (i == 0 ? "" : part.Item * sign < 0 ? " - " : " + ")
            + names[part.Index]));
    }
}
