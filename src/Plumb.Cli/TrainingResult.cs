using Plumb.Cli.Reports;

namespace Plumb.Cli;

/// <summary>Where training ended, and everything that its reports tell of it.</summary>
internal sealed class TrainingResult
{
    public required GradientDescent Settings { get; init; }

    /// <summary>Rows a step; null for all.</summary>
    public required int? BatchSize { get; init; }

    public required Moments Moments { get; init; }

    public required LinearFit Fit { get; init; }

    public required LearningPlan Plan { get; init; }

    public required GradientPath Path { get; init; }

    public required double LargestStableLearningRate { get; init; }

    public required AffineMap Initial { get; init; }

    public required AffineMap Learned { get; init; }

    public required AffineMap Limit { get; init; }

    public required AffineMap? Truth { get; init; }

    public required long Steps { get; init; }

    public required double CloseEnough { get; init; }

    public required TrainingOutcome Outcome { get; init; }

    public required IReadOnlyList<Finding> DataFindings { get; init; }

    public double InitialLoss => LossOf(Initial);

    public double FinalLoss => LossOf(Learned);

    public double LeastLoss => LossOf(Limit);

    public double InitialDistance => (Initial - Limit).Norm;

    public double DistanceToLimit => (Learned - Limit).Norm;

    public double PredictedDistance => Path.DistanceAfter(Steps);

    public double StepsToTolerance => Path.StepsTo(CloseEnough);

    public string Divergence
    {
        get
        {
            var loss = double.IsFinite(FinalLoss) && FinalLoss > InitialLoss ? "to " + Numbers.Measure(FinalLoss) : "beyond all bounds"; // the last finite map may be the start
            return $"training diverges: the loss grew from {Numbers.Measure(InitialLoss)} {loss} in {Numbers.Of(Steps, "step")} at rate {Numbers.Rate(Settings.LearningRate)}; take a rate below {Numbers.Rate(LargestStableLearningRate)}, or --learning-rate auto.";
        }
    }

    public string Verdict => Outcome switch
    {
        TrainingOutcome.Diverged => FormattableString.Invariant($"Training diverges at rate {Numbers.Rate(Settings.LearningRate)}: take a rate below {Numbers.Rate(LargestStableLearningRate)}."),
        TrainingOutcome.Converged when Fit.IsIdentified => "Training has arrived at the best fit: believe W and b as far as their standard errors go (plumb fit).",
        TrainingOutcome.Converged => FormattableString.Invariant($"Training has arrived, but {Fit.NullSpace.Count} of {Fit.ParametersPerTarget} directions a target are not determined by the data: along them W and b are still where they started."),
        _ => NotArrived(),
    };

    public AffineModel ToModel() => Fit.ToModel(Learned, new Provenance("gradient descent")
    {
        HasBias = Settings.Bias,
        Steps = Steps,
        LearningRate = Settings.LearningRate,
        Loss = Settings.Loss.Name,
        Seed = Settings.Seed,
    });

    private string NotArrived()
    {
        var part = DistanceToLimit <= InitialDistance
            ? FormattableString.Invariant($"Training has not arrived: {Numbers.Measure(100 * DistanceToLimit / InitialDistance)}% of the distance is left")
            : FormattableString.Invariant($"Training has moved away: the distance to the limit was {Numbers.Measure(InitialDistance)} and is {Numbers.Measure(DistanceToLimit)}");
        if (BatchSize is not null)
        {
            return part + FormattableString.Invariant($"; batches of {BatchSize} keep W and b moving unless the data fit exactly: train with --batch full, or take the best fit itself (plumb fit).");
        }

        var more = StepsToTolerance - Steps;
        var best = Plan.Path(Learned - Limit, Plan.BestLearningRate).StepsTo(CloseEnough);
        var needed = double.IsFinite(more) ? Numbers.Of(more, "more step") : "no number of steps";
        return Settings.LearningRate == Plan.BestLearningRate
            ? part + $"; {needed} would finish."
            : part + $"; {needed} at this rate, or {Numbers.Count(best)} at rate {Numbers.Rate(Plan.BestLearningRate)}, would finish.";
    }

    private double LossOf(AffineMap map) => Settings.Loss.Scale(Moments.Rows, Moments.TargetCount) * Moments.SquaredResiduals(map).Sum();
}
