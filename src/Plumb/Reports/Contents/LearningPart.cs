using System.Globalization;

namespace Plumb.Reports;

/// <summary>How the data are conditioned, and what that means for gradient descent where that was asked.</summary>
internal static class LearningPart
{
    private const double Closer = 1e-6;

    public static IEnumerable<PagePart> Of(FitDocument document)
    {
        var (fit, number) = (document.Fit, document.Fit.Spectrum.ConditionNumber);
        var condition = double.IsInfinity(number) ? "above 1e25" : NumberText.Measure(number);
        var what = fit.IsIdentified ? ""
            : $", over the {fit.Rank} of {fit.ParametersPerTarget} directions that the data determine";
        yield return new PageText(
            FormattableString.Invariant($"Condition number {condition}{what} (columns scaled to unit length)."));
        if (document.AsksForLearning && document.Plan.Eigenvalues.Count > 0)
        {
            yield return new PageText(Descent(document.Plan, document.Loss));
        }
    }

    private static string Descent(LearningPlan plan, Loss loss)
    {
        if (!double.IsNormal(plan.LargestStableLearningRate) || !double.IsNormal(plan.BestLearningRate))
        {
            return "No double holds the learning rates of gradient descent on these data: that takes inputs in units "
                + "nearer to 1.";
        }

        var (largest, best) = (NumberText.Rate(plan.LargestStableLearningRate), NumberText.Rate(plan.BestLearningRate));
        return string.Create(CultureInfo.InvariantCulture,
            $"Gradient descent on these data (loss {loss.Name}) is stable below rate {largest}. At the best rate, "
                + $"{(best == largest ? "just below that" : best)}, getting a million times closer to the solution "
                + $"takes {NumberText.Of(plan.StepsToShrink(plan.BestLearningRate, Closer), "step")}.");
    }
}
