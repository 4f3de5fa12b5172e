namespace Plumb.Training;

/// <summary>
/// Full-batch training in closed form: along each eigenvector the error is multiplied by a factor that depends on the
/// number of steps.
/// </summary>
internal sealed class MomentJump(GradientDescent settings, MomentProblem problem, LearningPlan plan, Spectrum spectrum)
{
    public Epoch After(long steps)
    {
        var recurrence = Recurrence.Of(settings.Optimizer)!.Value;
        var (start, error) = (problem.Start, new ParameterBlock(problem.Start.Inputs, problem.Start.Targets));
        for (var i = 0; i < plan.Eigenvalues.Count; i++)
        {
            AddDirection(spectrum.Eigenvector(i), recurrence.After(settings.LearningRate * plan.Eigenvalues[i], steps),
                start, error);
        }

        var gradient = new ParameterBlock(error.Inputs, error.Targets);
        problem.Gradient(error, gradient);
        var (loss, map) = (problem.Loss(error, gradient), problem.Map(error));
        return double.IsFinite(loss) && double.IsFinite(map.Norm)
            ? new Epoch(steps, loss, map, Diverged: false)
            : new Epoch(steps, double.PositiveInfinity, problem.Map(start), Diverged: true);
    }

    /// <summary>error += factor (start v) v'.</summary>
    private static void AddDirection(ReadOnlySpan<double> direction, double factor, ParameterBlock start,
        ParameterBlock error)
    {
        for (var t = 0; t < start.Targets; t++)
        {
            var length = 0.0;
            for (var j = 0; j < direction.Length; j++)
            {
                length += direction[j] * start.Values[j * start.Stride + t];
            }

            // Where there is no error, a factor without bounds makes none.
            for (var j = 0; length != 0 && j < direction.Length; j++)
            {
                error.Values[j * error.Stride + t] += factor * length * direction[j];
            }
        }
    }
}
