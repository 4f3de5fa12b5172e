using Plumb.Cli.Reports;

namespace Plumb.Cli;

/// <summary>Where training ended, and everything that its reports tell of it. Maps and distances are in the units of the data, but for those of the plan.</summary>
internal sealed class TrainingResult
{
    private const double WorthTelling = 10; // times fewer steps
    private const double Unit = 1.0 / (1L << 53);

    public required TrainingMethod Method { get; init; }

    public required TrainingTask Task { get; init; }

    /// <summary>Null for line searches.</summary>
    public required GradientDescent? Settings { get; init; }

    public required long Seed { get; init; }

    public required AffineMap Initial { get; init; }

    public required AffineMap Learned { get; init; }

    public required AffineMap? Truth { get; init; }

    /// <summary>The step that the learned map is of.</summary>
    public required long Steps { get; init; }

    /// <summary>The steps taken; more where training stopped early.</summary>
    public required long StepsTaken { get; init; }

    public required double CloseEnough { get; init; }

    public required double Tolerance { get; init; }

    public required TrainingOutcome Outcome { get; init; }

    public required double? HeldOutLoss { get; init; }

    public required double? InitialHeldOutLoss { get; init; }

    public required int? HeldOutRows { get; init; }

    public required IReadOnlyList<Finding> DataFindings { get; init; }

    public Moments Moments => Task.OriginalMoments;

    public LinearFit Fit => Task.OriginalFit;

    public LearningPlan Plan => Task.Plan;

    public Loss Loss => Plan.Loss;

    /// <summary>Where training ends: for methods that leave the row space, the best fit closest to where they are.</summary>
    public AffineMap Limit => Method.KeepsToGradients
        ? Task.IsStandardized && !Fit.IsIdentified ? Task.InUnits(Task.Limit) : Fit.ClosestTo(Initial)
        : Fit.ClosestTo(Learned);

    public double InitialLoss => LossOf(Initial);

    public double FinalLoss => LossOf(Learned);

    public double LeastLoss => LossOf(Limit);

    public double InitialDistance => (Initial - (Method.KeepsToGradients ? Limit : Fit.ClosestTo(Initial))).Norm;

    public double DistanceToLimit => (Learned - Limit).Norm;

    /// <summary>How far the map has moved along directions that the data do not determine.</summary>
    public double FreeMovement => Fit.NullSpace.Project(Learned - Initial).Norm;

    /// <summary>In the units that training sees; NaN where no spectrum decides.</summary>
    public double PredictedDistance => Path?.DistanceAfter(Steps) ?? double.NaN;

    public double StepsToTolerance => Path?.StepsTo(CloseEnough) ?? double.NaN;

    public string Divergence
    {
        get
        {
            var loss = double.IsFinite(FinalLoss) && FinalLoss > InitialLoss ? "to " + Numbers.Measure(FinalLoss) : "beyond all bounds"; // the last finite map may be the start
            return $"training diverges: the loss grew from {Numbers.Measure(InitialLoss)} {loss} in {Numbers.Of(Steps, "step")} at rate {Numbers.Rate(Rate)}; {SmallerRate}, or --learning-rate auto.";
        }
    }

    public string Verdict => Outcome switch
    {
        TrainingOutcome.Diverged => $"Training diverges at rate {Numbers.Rate(Rate)}: {SmallerRate}.",
        TrainingOutcome.Converged when Fit.IsIdentified => "Training has arrived at the best fit: believe W and b as far as their standard errors go (plumb fit).",
        TrainingOutcome.Converged when Method.KeepsToGradients => FormattableString.Invariant($"Training has arrived, but {Fit.NullSpace.Count} of {Fit.ParametersPerTarget} directions a target are not determined by the data: along them W and b are still where they started."),
        TrainingOutcome.Converged => FormattableString.Invariant($"Training has arrived, but {Fit.NullSpace.Count} of {Fit.ParametersPerTarget} directions a target are not determined by the data: along them {Method.Name} has moved W and b by {Numbers.Measure(FreeMovement)} for no reason in the data."),
        TrainingOutcome.EarlyStopped => FormattableString.Invariant($"Training stopped early: the loss over {Numbers.Of(HeldOutRows!.Value, "held-out row")} was least, {Numbers.Measure(HeldOutLoss!.Value)}, after {Numbers.Of(Steps, "step")}; this is that map, {Numbers.Measure(DistanceToLimit)} from the best fit."),
        _ => NotArrived(),
    };

    /// <summary>The one thing to do next.</summary>
    public string Next => Outcome switch
    {
        TrainingOutcome.Diverged => double.IsNaN(Task.LargestStableRate) ? "take a smaller --learning-rate." : "train with --learning-rate auto.",
        TrainingOutcome.Converged or TrainingOutcome.EarlyStopped when !Fit.IsIdentified => Collect,
        TrainingOutcome.Converged => "nothing: believe it; 'plumb fit' has the standard errors.",
        TrainingOutcome.EarlyStopped => "compare with the best fit itself (plumb fit), whose standard errors say whether there was anything to stop early for.",
        _ when Method.HasPenalty => "leave out --weight-decay, which keeps W and b from the best fit for good.",
        _ when Task.BatchSize is not null => "train with --batch full, or take the best fit itself (plumb fit).",
        _ when Settings is null => "give it more --steps.",
        _ when Settings.Schedule != Schedule.Constant || !Settings.HasClosedForm => "train with --optimizer cg, which needs no rate, or take the best fit itself (plumb fit).",
        _ when StepsWhenStandardized is { } fewer && fewer * WorthTelling < StepsAtBestRate => $"train with --standardize: {Numbers.Of(fewer, "step")} instead of {Numbers.Count(StepsAtBestRate)}.",
        _ when Rate != Plan.BestLearningRate && StepsAtBestRate < StepsToTolerance => $"train with --learning-rate auto --steps {Whole(StepsAtBestRate)}.",
        _ when double.IsFinite(StepsToTolerance) => $"train with --steps {Whole(StepsToTolerance)}.",
        _ => "train with --learning-rate auto.",
    };

    /// <summary>From the start to the tolerance at the best rate.</summary>
    public double StepsAtBestRate => Plan.Path(Task.Start - Task.Limit, Plan.BestLearningRate).StepsTo(CloseEnough);

    /// <summary>The same with standardized inputs; null where they are already, or where no spectrum decides.</summary>
    public double? StepsWhenStandardized
    {
        get
        {
            if (Task.IsStandardized || Method.Linear is null || Task.BatchSize is not null || Plan.Eigenvalues.Count == 0)
            {
                return null;
            }

            var standardized = new TrainingTask(Moments, null, Initial, Loss, Fit.Settings.Bias, standardize: true, null, Method);
            return standardized.Plan.Path(standardized.Start - standardized.Limit, standardized.Plan.BestLearningRate).StepsTo(Tolerance * Math.Max(1, standardized.Limit.Norm));
        }
    }

    public AffineModel ToModel() => Fit.ToModel(Learned, new Provenance(Method.Title.ToLowerInvariant())
    {
        HasBias = Fit.Settings.Bias,
        Steps = Steps,
        LearningRate = Settings?.LearningRate,
        Loss = Loss.Name,
        Seed = Seed,
    });

    private double Rate => Settings?.LearningRate ?? double.NaN;

    private GradientPath? Path => Settings is null || Outcome == TrainingOutcome.EarlyStopped ? null : Task.Path(Settings);

    private string SmallerRate => double.IsNaN(Task.LargestStableRate) ? "take a smaller rate" : $"take a rate below {Numbers.Rate(Task.LargestStableRate)}";

    private string Collect => Fit.Rows < Fit.ParametersPerTarget
        ? FormattableString.Invariant($"collect more rows: {Fit.Rows} cannot determine {Fit.ParametersPerTarget} parameters a target.")
        : $"collect rows where '{Fit.NullSpace.Dependences[0].Text}' does not hold, or leave out one of its inputs.";

    private string NotArrived()
    {
        var part = DistanceToLimit <= InitialDistance
            ? FormattableString.Invariant($"Training has not arrived: {Numbers.Measure(100 * DistanceToLimit / InitialDistance)}% of the distance is left")
            : FormattableString.Invariant($"Training has moved away: the distance to the limit was {Numbers.Measure(InitialDistance)} and is {Numbers.Measure(DistanceToLimit)}");
        if (Method.HasPenalty)
        {
            return part + "; weight decay keeps W and b from the best fit, however long it trains.";
        }

        if (Task.BatchSize is { } size)
        {
            return part + (IsRounding
                ? "; that is the rounding of steps in double precision, and more of them change nothing."
                : FormattableString.Invariant($"; batches of {size} keep W and b moving unless the data fit exactly: train with --batch full, or take the best fit itself (plumb fit)."));
        }

        if (Settings is null || Path is null)
        {
            return part + $".{Slow()}";
        }

        var more = StepsToTolerance - Steps;
        var best = Plan.Path(ScaledError, Plan.BestLearningRate).StepsTo(CloseEnough);
        var needed = double.IsFinite(more) ? Numbers.Of(more, "more step") : "no number of steps";
        return Rate == Plan.BestLearningRate
            ? part + $"; {needed} would finish.{Slow()}"
            : part + $"; {needed} at this rate, or {Numbers.Count(best)} at rate {Numbers.Rate(Plan.BestLearningRate)}, would finish.{Slow()}";
    }

    /// <summary>What is left of the error, in the units that training sees.</summary>
    private AffineMap ScaledError => Task.IsStandardized ? Standardization.Of(Moments, Fit.Settings.Bias).Apply(Learned) - Task.Limit : Learned - Task.Limit;

    /// <summary>
    /// Along an eigenvector, a step of less than half a unit in the last place of W is lost: a distance of u |W| / (rate eigenvalue) stays.
    /// </summary>
    private bool IsRounding
    {
        get
        {
            var lengths = Plan.LengthsOf(ScaledError);
            return Settings is not null && lengths.Length > 0 && Enumerable.Range(0, lengths.Length).All(i => lengths[i] <= Unit * Task.Limit.Norm / Math.Min(1, Rate * Plan.Eigenvalues[i]));
        }
    }

    /// <summary>A loss that no longer falls, though W and b are far: a small eigenvalue, where it holds nearly all of what is left.</summary>
    private string Slow()
    {
        const double NearlyAll = 0.99;
        const double Plateau = 1e-3; // of the loss
        var lengths = Plan.LengthsOf(ScaledError);
        if (lengths.Length < 2 || !(lengths[^1] >= NearlyAll * DistanceToLimit) || Task.IsStandardized || !(FinalLoss - LeastLoss <= Plateau * (InitialLoss - LeastLoss)))
        {
            return "";
        }

        return $" The loss has fallen all but {Numbers.Measure(100 * Math.Max(0, FinalLoss - LeastLoss) / (InitialLoss - LeastLoss))}% of its way: what is left lies along the least eigenvalue, {Numbers.Measure(Plan.Eigenvalues[^1])}, which the loss hardly sees.";
    }

    private static string Whole(double steps) => steps.ToString("F0", System.Globalization.CultureInfo.InvariantCulture);

    private double LossOf(AffineMap map) => Loss.Scale(Moments.Rows, Moments.TargetCount) * Moments.SquaredResiduals(map).Sum();
}
