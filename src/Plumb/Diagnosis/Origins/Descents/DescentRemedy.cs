using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>What to do about a descent that was stopped: by <see cref="ConvergenceTest"/>, as training does.</summary>
internal sealed class DescentRemedy(DescentMatch match, GradientAtMap at, LinearFit fit)
{
    private const double WorthTelling = 10; // times fewer steps
    private const double Bearable = 1e6; // steps
    private const double Endless = 1e18;

    /// <summary>What always helps.</summary>
    public const string TakeTheBestFit = "take the best fit itself (plumb fit)";

    private readonly double[] _allowed = [.. new ConvergenceTest(fit).Allowed(fit.ClosestTo(at.Map))
        .Select((length, t) => length / at.TargetLengths[t])];

    /// <summary>Whether these rows cannot tell the map from the best fit.</summary>
    public bool IsWithinNoise { get; init; }

    /// <summary>The one thing to do next.</summary>
    public string Text
    {
        get
        {
            var more = Steps(match.Problem, match.Filter) - match.Filter.Steps;
            if (IsWithinNoise)
            {
                return "nothing: these rows cannot distinguish W and b from the best fit"
                    + (more < Endless ? $", which {Further(more)} would reach." : ".");
            }

            var (standardized, further) = (StepsOfStandardized(), Further(more));
            return standardized * WorthTelling < more
                ? $"{Remedies.TrainOnStandardized}: {DescentWords.Count(standardized)}"
                    + (more < Endless ? $" instead of {further}" : "") + $"; or {TakeTheBestFit}."
                : more < Bearable ? $"train on: {further} would converge; or {TakeTheBestFit}."
                : more < Endless ? $"{TakeTheBestFit}: training on would take {further}."
                : $"{TakeTheBestFit}: at this rate training hardly converges.";
        }
    }

    private string Further(double more) => match.IsCounted
        ? DescentWords.Count(more).Replace(" step", " more step", StringComparison.Ordinal)
        : FormattableString.Invariant(
            $"going on to {Statistic((match.Filter.Steps + more) / match.Filter.Steps)} times as many steps");

    /// <summary>The number of steps from the start to convergence, at a descent's rate.</summary>
    private double Steps(DescentProblem problem, DescentFilter filter)
    {
        bool IsThere(double steps) => problem.Apart(filter with { Steps = steps }).Zip(_allowed, (length, most) =>
            length <= most).All(isThere => isThere);
        var (below, above) = (0.0, 1.0);
        while (!IsThere(above))
        {
            (below, above) = (above, 2 * above);
            if (above > Endless)
            {
                return double.PositiveInfinity;
            }
        }

        while (above - below > 1 && below + (above - below) / 2 is var middle && middle > below && middle < above)
        {
            (below, above) = IsThere(middle) ? (below, middle) : (middle, above);
        }

        return Math.Ceiling(above);
    }

    /// <summary>The same at the best rate on inputs as <c>plumb train --standardize</c> takes them: by the power of two
    /// next to their deviation.</summary>
    private double StepsOfStandardized()
    {
        if (at.Bias == BiasRole.None)
        {
            return double.PositiveInfinity;
        }

        var spread = new Spread(fit.Moments);
        var scaling = ColumnScalings.None(fit.Moments) with
        {
            InputCentres = spread.InputMeans,
            InputUnits = [.. spread.InputDeviations.Select(deviation => Math.Pow(2, Math.Round(Math.Log2(deviation))))],
        };
        var start = GradientAtMap.Of(fit.Moments, AffineMap.Zero(at.InputCount, at.Map.TargetCount), at.Bias);
        if (DescentModes.Of(at, scaling) is not { } modes)
        {
            return double.PositiveInfinity;
        }

        var problem = new DescentProblem(modes, at, start);
        return Steps(problem, new DescentFilter(2 / (1 + problem.Eigenvalues[^1]), 1, IsOdd: false));
    }
}
