namespace Plumb.Cli;

/// <summary>Gradient descent as the command line runs it: until it arrives, diverges or runs out of steps.</summary>
internal sealed class TrainingRun(LoadedData data, Loss loss)
{
    private readonly LoadedData _data = data;

    public required AffineMap Initial { get; init; }

    public AffineMap? Truth { get; init; }

    public bool Bias { get; init; } = true;

    /// <summary>Null takes the best rate that the spectrum allows.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Null takes all rows.</summary>
    public int? BatchSize { get; init; }

    public long Steps { get; init; }

    public double Tolerance { get; init; }

    public long Seed { get; init; }

    public TrainingResult Run(Progress progress, CancellationToken cancellationToken)
    {
        var moments = _data.Moments;
        var fit = new LeastSquares { Bias = Bias }.Fit(moments);
        var limit = fit.ClosestTo(Initial);
        var plan = new LearningPlan(fit.Spectrum, loss, moments.Rows, moments.TargetCount, BatchSize);
        var stable = LargestStableRate(plan);
        var settings = new GradientDescent(LearningRate ?? BestRate(plan, stable)) { Loss = loss, Bias = Bias, Seed = Seed, BatchSize = BatchSize ?? 1 };
        var close = Tolerance * Math.Max(1, limit.Norm);
        var (last, outcome) = Follow(settings, fit, limit, close, progress, cancellationToken);
        return new TrainingResult
        {
            Settings = settings,
            BatchSize = BatchSize is { } size && size < moments.Rows ? size : null,
            Moments = moments,
            Fit = fit,
            Plan = plan,
            Path = plan.Path(Initial - limit, settings.LearningRate),
            LargestStableLearningRate = stable,
            Initial = Initial,
            Learned = last?.Map ?? Initial,
            Limit = limit,
            Truth = Truth,
            Steps = last?.Steps ?? 0,
            CloseEnough = close,
            Outcome = outcome,
            DataFindings = _data.Findings,
        };
    }

    private (Epoch? Last, TrainingOutcome Outcome) Follow(GradientDescent settings, LinearFit fit, AffineMap limit, double close, Progress progress, CancellationToken cancellationToken)
    {
        if ((Initial - limit).Norm <= close)
        {
            return (null, TrainingOutcome.Converged);
        }

        Epoch? last = null;
        var epochs = BatchSize is null ? settings.Train(Initial, _data.Moments, fit, Steps) : settings.Train(Initial, _data.Rows!, Steps);
        foreach (var epoch in epochs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = epoch;
            progress.Report((double)epoch.Steps / Steps, FormattableString.Invariant($"loss {epoch.Loss:G4}"));
            if (epoch.Diverged)
            {
                return (last, TrainingOutcome.Diverged);
            }

            if ((epoch.Map - limit).Norm <= close)
            {
                return (last, TrainingOutcome.Converged);
            }
        }

        return (last, TrainingOutcome.StepLimit);
    }

    /// <summary>
    /// Full batches converge below 2 / (the Hessian's largest eigenvalue). For smaller ones that is only true in the mean; what no batch can make grow is
    /// a rate up to 2 / (the largest Hessian that a batch can have), which is at most that of the longest row, repeated.
    /// </summary>
    private double LargestStableRate(LearningPlan plan)
    {
        if (BatchSize is not { } size || size >= _data.Moments.Rows)
        {
            return plan.LargestStableLearningRate;
        }

        var longest = 0.0;
        for (var i = 0; i < _data.Rows!.Rows; i++)
        {
            var length = Bias ? 1.0 : 0;
            foreach (var value in _data.Rows.Inputs.Row(i))
            {
                length += value * value;
            }

            longest = Math.Max(longest, length);
        }

        return 1 / (loss.Scale(size, _data.Moments.TargetCount) * size * longest);
    }

    private double BestRate(LearningPlan plan, double stable)
    {
        var rate = BatchSize is { } size && size < _data.Moments.Rows ? stable / 2 : plan.BestLearningRate;
        return double.IsFinite(rate)
            ? rate
            : throw CommandException.NoHonestAnswer("there is no best learning rate: the inputs are 0 on every row and there is no bias, so nothing can be learned; collect rows with other inputs.");
    }
}
