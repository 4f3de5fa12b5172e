namespace Plumb.Training;

/// <summary>
/// Full-batch steps on moments, each to the least loss along its direction, which a quadratic loss tells exactly.
/// </summary>
internal sealed class LineSearchTraining(MomentProblem problem, SearchDirection search)
{
    private readonly ParameterBlock _error = new(problem.Start.Inputs, problem.Start.Targets);
    private readonly ParameterBlock _gradient = new(problem.Start.Inputs, problem.Start.Targets);
    private readonly ParameterBlock _direction = new(problem.Start.Inputs, problem.Start.Targets);
    // The Hessian times the direction.
    private readonly ParameterBlock _curvature = new(problem.Start.Inputs, problem.Start.Targets);

    public IEnumerable<Epoch> Epochs(long steps)
    {
        problem.Start.Values.CopyTo(_error.Values);
        problem.Gradient(_error, _gradient);
        for (var step = 1L; step <= steps && Step(); step++)
        {
            yield return new Epoch(step, problem.Loss(_error, _gradient), problem.Map(_error), Diverged: false);
        }
    }

    /// <summary>
    /// Whether there was a step to take: at the minimum, nothing but rounding is left, and no direction leads down.
    /// </summary>
    private bool Step()
    {
        search.Choose(_gradient.Values, _direction.Values);
        problem.Gradient(_direction, _curvature);
        var slope = MomentProblem.Dot(_gradient.Values, _direction.Values);
        var length = -slope / MomentProblem.Dot(_direction.Values, _curvature.Values);
        if (!(slope < 0 && length > 0 && double.IsFinite(length)) || !Moves(length))
        {
            return false;
        }

        Span<double> error = _error.Values, direction = _direction.Values;
        for (var i = 0; i < error.Length; i++)
        {
            error[i] += length * direction[i];
        }

        search.Learn(length, direction, _curvature.Values);
        problem.Gradient(_error, _gradient);
        return true;
    }

    /// <summary>
    /// Whether a step changes the map by more than its rounding. Shorter ones come of rounding alone, and their
    /// directions lead anywhere.
    /// </summary>
    private bool Moves(double length)
    {
        const double Unit = 1.0 / (1L << 53);
        Span<double> limit = problem.Limit.Values, start = problem.Start.Values, direction = _direction.Values;
        for (var i = 0; i < direction.Length; i++)
        {
            if (length * Math.Abs(direction[i]) > Unit * (Math.Abs(limit[i]) + Math.Abs(start[i])))
            {
                return true;
            }
        }

        return false;
    }
}
