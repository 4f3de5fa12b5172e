
namespace Plumb.Cli.Training;

/// <summary>
/// Where training ended, and everything that its reports tell of it. Maps and distances are in the units of the data,
/// but for those of the plan.
/// </summary>
internal sealed class TrainingResult
{
    private const double Unit = 1.0 / (1L << 53);

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

    /// <summary>The steps that were allowed.</summary>
    public required long MostSteps { get; init; }

    /// <summary>How close the learned map has come to the best fit, as 'plumb explain' judges it.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>The same of the start.</summary>
    public Convergence InitialConvergence => field ??= Convergence.Of(Initial, Fit);

    public required TrainingOutcome Outcome { get; init; }

    public required double? HeldOutLoss { get; init; }

    public required double? InitialHeldOutLoss { get; init; }

    public required int? HeldOutRows { get; init; }

    public required IReadOnlyList<Finding> DataFindings { get; init; }

    /// <summary>Loss and distance on the way, at steps further and further apart.</summary>
    public required IReadOnlyList<TrainingMoment> History { get; init; }

    public TrainingMethod Method => Task.Request.Method;

    public Moments Moments => Fit.Moments;

    public LinearFit Fit => Task.OriginalFit;

    /// <summary>What to make of the best fit, without a second look at its rows.</summary>
    public Assessment Assessment =>
        field ??= Assessment.Of(Fit, Fit.Accuracy, rows: null, whyNotSeen: "plumb fit looks at the rows");

    public LearningPlan Plan => Task.Plan;

    public Loss Loss => Plan.Loss;

    /// <summary>
    /// Where training ends: for methods that leave the row space, the best fit closest to where they are.
    /// </summary>
    public AffineMap Limit => Method.PreservesNullSpace
        ? Task.IsStandardized && !Fit.IsIdentified ? Task.InUnits(Task.Limit) : Fit.ClosestTo(Initial)
        : Fit.ClosestTo(Learned);

    public double InitialLoss => LossOf(Initial);

    public double FinalLoss => LossOf(Learned);

    public double LeastLoss => LossOf(Limit);

    public double InitialDistance => (Initial - (Method.PreservesNullSpace ? Limit : Fit.ClosestTo(Initial))).Norm;

    public double DistanceToLimit => (Learned - Limit).Norm;

    /// <summary>
    /// How far the map has moved along directions that the data do not determine, in the units that training sees:
    /// which directions these are depends on units.
    /// </summary>
    public double FreeMovement => Task.FreeMovement(Scaled);

    /// <summary>NaN for line searches.</summary>
    public double Rate => Settings?.LearningRate ?? double.NaN;

    /// <summary>The way that the spectrum predicts; null where it decides nothing.</summary>
    public GradientPath? Path => Settings is null || Outcome == TrainingOutcome.EarlyStopped ? null
        : Task.Path(Settings);

    /// <summary>In the units that training sees; NaN where no spectrum decides.</summary>
    public double PredictedDistance => Path?.DistanceAfter(Steps) ?? double.NaN;

    public double StepsToTolerance => Path is null ? double.NaN : StepsAt(Rate);

    /// <summary>From the start to the tolerance at the best rate.</summary>
    public double StepsAtBestRate => StepsAt(Plan.BestLearningRate);

    /// <summary>
    /// What training made small, or stopped for, beside the loss; null where it was the loss alone, or where nobody
    /// knows where that leads.
    /// </summary>
    public Objective? Objective
    {
        get
        {
            if (Outcome == TrainingOutcome.EarlyStopped)
            {
                return new Objective("the early stop by held-out rows", Learned);
            }

            if (!Method.HasPenalty || Method.Linear is null
                || Method.Optimizer!.Stages.Any(stage => stage is ClipByNorm))
            {
                return null;
            }

            // The decay is beside the loss of a batch, which for sums is a part of that of all rows.
            var batch = Task.BatchSize ?? Moments.Rows;
            var part = Loss.Scale(batch, Moments.TargetCount) * batch
                / (Loss.Scale(Moments.Rows, Moments.TargetCount) * Moments.Rows);
            var decay = Objective.Decay(Task.Fit, Loss, Method.Decay / part);
            return new Objective($"the weight decay {NumberText.Rate(Method.Decay)}", Task.InUnits(decay.Goal));
        }
    }

    /// <summary>
    /// The same at the best rate for standardized inputs; null where they are already, or where no spectrum decides.
    /// </summary>
    public double? StepsWhenStandardized => Task.IsStandardized ? null : StepsOf(standardize: true, Task.BatchSize);

    /// <summary>
    /// From the start to the tolerance with full batches at the best rate, with standardized inputs or those that
    /// training sees; null where no spectrum decides.
    /// </summary>
    public double? StepsWithFullBatches(bool standardize) => StepsOf(standardize || Task.IsStandardized, null);

    /// <summary>
    /// From the start to the tolerance at a rate: exact for full batches, in the mean for smaller ones.
    /// </summary>
    public double StepsAt(double rate) => Task.StepsToConverge(rate);

    /// <summary>What is left of the error, in the units that training sees.</summary>
    public AffineMap ScaledError => Scaled - Task.Limit;

    /// <summary>
    /// Along an eigenvector, a step of less than half a unit in the last place of W is lost: a distance of u |W| /
    /// (rate eigenvalue) stays.
    /// </summary>
    public bool IsRounding
    {
        get
        {
            var lengths = Plan.LengthsOf(ScaledError);
            return Settings is not null && lengths.Length > 0
                && Enumerable.Range(0, lengths.Length)
                    .All(i => lengths[i] <= Unit * Task.Limit.Norm / Math.Min(1, Rate * Plan.Eigenvalues[i]));
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

    private double? StepsOf(bool standardize, int? batchSize)
    {
        if (Method.Linear is null || Plan.Eigenvalues.Count == 0 || (batchSize is not null && Task.Rows is null))
        {
            return null;
        }

        var rows = batchSize is null ? null : Task.Rows;
        var request = Task.Request with { Standardize = standardize, BatchSize = batchSize };
        var task = new TrainingTask(request, Moments, rows, Initial);
        return task.StepsToConverge(task.BestRate());
    }

    private AffineMap Scaled => Task.InTraining(Learned);

    private double LossOf(AffineMap map) =>
        Loss.Scale(Moments.Rows, Moments.TargetCount) * Moments.SquaredResiduals(map).Sum();
}
