namespace Plumb.Training;

/// <summary>Full-batch steps on moments, by any optimizer.</summary>
/// <param name="settings">The settings.</param>
/// <param name="problem">The problem.</param>
/// <param name="isUnstable">Whether the spectrum proves that the rate diverges; then it is over as soon as the loss
/// rises.</param>
/// <param name="description">What a checkpoint is to remember of settings and data.</param>
internal sealed class MomentTraining(GradientDescent settings, MomentProblem problem, bool isUnstable,
    Func<IReadOnlyList<KeyValuePair<string, string>>> description)
{
    private const int MostRises = 5; // momentum may swing at first
    private const double Explosion = 1e6; // Adam's first steps do not know how far it is, and momentum may swing

    private readonly ParameterBlock _error = new(problem.Start.Inputs, problem.Start.Targets);
    private readonly ParameterBlock _parameters = new(problem.Start.Inputs, problem.Start.Targets);
    private readonly ParameterBlock _gradient = new(problem.Start.Inputs, problem.Start.Targets);
    private readonly Descent _descent = new(settings, problem.Start.Length);
    // At the start, before the last step, and how often it has risen in a row.
    private readonly double[] _losses = new double[3];

    public IEnumerable<Epoch> Epochs(long steps, Checkpoint? from)
    {
        problem.Start.Values.CopyTo(_error.Values);
        Restore(from);
        problem.Gradient(_error, _gradient);
        if (from is null)
        {
            _losses[0] = _losses[1] = problem.StartLoss;
        }

        var last = problem.Map(_error);
        if (from is not null)
        {
            yield return new Epoch(_descent.Steps, _losses[1], last, Diverged: false) { Capture = Capture };
        }

        while (_descent.Steps < steps)
        {
            Step();
            var loss = problem.Loss(_error, _gradient);
            var diverged = HasDiverged(loss);
            if (!diverged && _descent.Steps % settings.ReportEvery.GetValueOrDefault(1) != 0 && _descent.Steps < steps)
            {
                continue;
            }

            var map = problem.Map(_error);
            last = double.IsFinite(map.Norm) ? map : last;
            yield return new Epoch(_descent.Steps, loss, last, diverged) { Capture = Capture };
            if (diverged)
            {
                yield break;
            }
        }
    }

    private void Step()
    {
        ReadOnlySpan<double> limit = problem.Limit.Values;
        Span<double> error = _error.Values, parameters = _parameters.Values;
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = limit[i] + error[i];
        }

        _descent.Move(parameters, _gradient.Values, error);
        problem.Gradient(_error, _gradient);
    }

    private bool HasDiverged(double loss)
    {
        _losses[2] = loss > _losses[1] ? _losses[2] + 1 : 0;
        _losses[1] = loss;
        return !(loss <= Math.Min(double.MaxValue, Explosion * Math.Max(_losses[0], problem.TargetLoss)))
            || (isUnstable && _losses[2] >= MostRises);
    }

    private Checkpoint Capture() => new(description(), _descent.Steps)
    {
        Parts = [new("error", _error.Values.ToArray()), new("losses", [.. _losses]), .. _descent.Parts],
    };

    private void Restore(Checkpoint? from)
    {
        if (from is null)
        {
            return;
        }

        from.Require(description());
        from.CopyTo("error", _error.Values);
        from.CopyTo("losses", _losses);
        _descent.Restore(from);
    }
}
