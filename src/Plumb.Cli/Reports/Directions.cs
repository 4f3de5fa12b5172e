using Plumb.Cli.Training;

namespace Plumb.Cli.Reports;

/// <summary>
/// Direction by direction, from the largest eigenvalue down: what a step leaves of the error, and after how many it is
/// within what is allowed.
/// </summary>
/// <param name="Kept">The part of the error that a step leaves.</param>
/// <param name="Needed">Steps to converge at the rate of the run.</param>
/// <param name="BestRate">The rate at which the slowest direction is fastest.</param>
/// <param name="NeededAtBestRate">Steps to converge at that.</param>
internal sealed record Directions(IReadOnlyList<double> Kept, IReadOnlyList<double> Needed, double BestRate,
    IReadOnlyList<double> NeededAtBestRate)
{
    /// <summary>Of a run; null where no spectrum decides.</summary>
    public static Directions? Of(TrainingResult result)
    {
        if (result.Path is not { } path || result.Plan.Eigenvalues.Count == 0)
        {
            return null;
        }

        var (error, best) = (result.Task.Start - result.Task.Limit, result.Task.BestRate());
        return new Directions(path.Factors, result.Task.PredictionPath(error, result.Rate).StepsToEach(1), best,
            result.Task.PredictionPath(error, best).StepsToEach(1));
    }
}
