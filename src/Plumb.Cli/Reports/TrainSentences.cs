using Plumb.Cli.Training;

namespace Plumb.Cli.Reports;

/// <summary>What there is to say about a training run: whether it has arrived, why not, and the one thing to do next.</summary>
internal sealed class TrainSentences(TrainingResult result)
{
    private const double WorthTelling = 10; // times fewer steps
    private const double Faint = 1e-2; // of the rate, what a schedule leaves of it

    /// <summary>For standard error.</summary>
    public string Divergence
    {
        get
        {
            var loss = double.IsFinite(result.FinalLoss) && result.FinalLoss > result.InitialLoss ? "to " + Numbers.Measure(result.FinalLoss) : "beyond all bounds"; // the last finite map may be the start
            return $"training diverges: the loss grew from {Numbers.Measure(result.InitialLoss)} {loss} in {Numbers.Of(result.Steps, "step")} at rate {Numbers.Rate(result.Rate)}; {SmallerRate}, or --learning-rate auto.";
        }
    }

    public string Verdict => result.Outcome switch
    {
        TrainingOutcome.Diverged => $"Training diverges at rate {Numbers.Rate(result.Rate)}: {SmallerRate}.",
        TrainingOutcome.Converged when result.Fit.IsIdentified => "Training has arrived at the best fit: believe W and b as far as their standard errors go (plumb fit).",
        TrainingOutcome.Converged when result.Method.KeepsToGradients => FormattableString.Invariant($"Training has arrived, but {result.Fit.NullSpace.Count} of {result.Fit.ParametersPerTarget} directions a target are not determined by the data: along them{(result.Task.IsStandardized ? ", as the standardized inputs tell them," : "")} W and b are still where they started."),
        TrainingOutcome.Converged => FormattableString.Invariant($"Training has arrived, but {result.Fit.NullSpace.Count} of {result.Fit.ParametersPerTarget} directions a target are not determined by the data: along them {result.Method.Name} has moved W and b by {Numbers.Measure(result.FreeMovement)} for no reason in the data."),
        TrainingOutcome.EarlyStopped => FormattableString.Invariant($"Training stopped early: the loss over {Numbers.Of(result.HeldOutRows!.Value, "held-out row")} was least, {Numbers.Measure(result.HeldOutLoss!.Value)}, after {Numbers.Of(result.Steps, "step")}; this is that map, {Numbers.Measure(result.DistanceToLimit)} from the best fit."),
        _ => NotArrived(),
    };

    /// <summary>What there is to tell of the map itself, and the one thing to do next, by the rules of 'plumb explain'.</summary>
    /// <param name="rows">What the rows say of the best fit, if they were looked at.</param>
    public Explanation Explain(RowReport? rows) => Explanation.Of(result.Learned, result.Moments, result.Fit, new Background
    {
        Truth = result.Truth,
        Objective = result.Objective,
        Rows = rows,
        HasArrived = result.Outcome == TrainingOutcome.Converged,
        TrainOn = TrainOn,
    });

    /// <summary>The one thing to do next: what the explanation says, but where training has not even stayed finite.</summary>
    public string Next(Explanation explanation) => result.Outcome == TrainingOutcome.Diverged ? TrainOn : explanation.Next;

    /// <summary>How training could go on, or go better.</summary>
    private string TrainOn => result.Outcome switch
    {
        TrainingOutcome.Diverged => double.IsNaN(result.Task.LargestStableRate) ? "take a smaller --learning-rate." : "train with --learning-rate auto.",
        _ when result.Method.HasPenalty => "train with --weight-decay 0: the decay keeps W and b from the best fit for good.",
        _ when IsSlow && result.Rate < AutoRate => $"train with --learning-rate auto{(StepsAtAutoRate > result.StepsTaken ? " --steps " + Whole(StepsAtAutoRate) : "")}: at rate {Numbers.Rate(AutoRate)}, {Numbers.Of(StepsAtAutoRate, "step")} arrive in the mean.",
        _ when result.Task.BatchSize is not null => $"train with --batch full{AutoRateOption}, or take the best fit itself (plumb fit).",
        _ when result.Settings is null => $"train with --steps {Whole(2.0 * result.StepsTaken)}, or take the best fit itself (plumb fit).",
        _ when result.Settings.Schedule != Schedule.Constant && result.Method.Linear is not null => "train with --schedule constant, or take the best fit itself (plumb fit).",
        _ when !result.Settings.HasClosedForm => "train with --optimizer cg, which needs no rate, or take the best fit itself (plumb fit).",
        _ when result.StepsWhenStandardized is { } fewer && fewer * WorthTelling < result.StepsAtBestRate => $"train with --standardize{AutoRateOption}: {Numbers.Of(fewer, "step")} instead of {Numbers.Count(result.StepsAtBestRate)}.",
        _ when result.Rate != result.Plan.BestLearningRate && result.StepsAtBestRate < result.StepsToTolerance => $"train with --learning-rate auto --steps {Whole(result.StepsAtBestRate)}.",
        _ when double.IsFinite(result.StepsToTolerance) => $"train with --steps {Whole(result.StepsToTolerance)}.",
        _ => "train with --learning-rate auto.",
    };

    private string AutoRateOption => result.Method.LearningRate is null ? "" : " --learning-rate auto";

    private double AutoRate => result.Task.BestRate();

    private double StepsAtAutoRate => result.StepsAt(AutoRate);

    /// <summary>Whether batches have brought W and b as far as the spectrum lets their rate do in the mean, so that what is left is not their noise.</summary>
    private bool IsSlow => result.Task.BatchSize is not null && !result.IsRounding && result.PredictedDistance >= result.ScaledError.Norm / 2;

    private string SmallerRate => double.IsNaN(result.Task.LargestStableRate) ? "take a smaller rate" : $"take a rate below {Numbers.Rate(result.Task.LargestStableRate)}";

    private string NotArrived()
    {
        var part = result.DistanceToLimit <= result.InitialDistance
            ? FormattableString.Invariant($"Training has not arrived: {Numbers.Measure(100 * result.DistanceToLimit / result.InitialDistance)}% of the distance is left")
            : FormattableString.Invariant($"Training has moved away: the distance to the limit was {Numbers.Measure(result.InitialDistance)} and is {Numbers.Measure(result.DistanceToLimit)}");
        if (result.Method.HasPenalty)
        {
            return part + "; weight decay keeps W and b from the best fit, however long it trains.";
        }

        if (result.Task.BatchSize is { } size)
        {
            return part + (result.IsRounding ? "; that is the rounding of steps in double precision, and more of them change nothing."
                : IsSlow && result.Rate < AutoRate ? $", as the spectrum foretells: rate {Numbers.Rate(result.Rate)} is too small for {Numbers.Of(result.StepsTaken, "step")}. At rate {Numbers.Rate(AutoRate)}, {Numbers.Count(StepsAtAutoRate)} would arrive in the mean.{Slow()}"
                : IsSlow ? $", as the spectrum foretells.{Slow()}"
                : FormattableString.Invariant($"; batches of {size} keep W and b moving unless the data fit exactly: train with --batch full, or take the best fit itself (plumb fit)."));
        }

        if (result.Path is null)
        {
            var last = result.Settings is { } settings && result.StepsTaken > 0 ? settings.Schedule.Factor(result.StepsTaken - 1) : 1;
            return part + (last < Faint ? $"; the schedule has brought the rate down to {Numbers.Measure(last * result.Rate)} before training arrived." : ".") + Slow();
        }

        var more = result.StepsToTolerance - result.Steps;
        var best = result.Plan.Path(result.ScaledError, result.Plan.BestLearningRate).StepsTo(result.CloseEnough);
        var needed = double.IsFinite(more) ? Numbers.Of(more, "more step") : "no number of steps";
        return result.Rate == result.Plan.BestLearningRate
            ? part + $"; {needed} would finish.{Slow()}"
            : part + $"; {needed} at this rate, or {Numbers.Count(best)} at rate {Numbers.Rate(result.Plan.BestLearningRate)}, would finish.{Slow()}";
    }

    /// <summary>A loss that no longer falls though W and b are far: small eigenvalues, where they hold nearly all of what is left.</summary>
    private string Slow()
    {
        const double NearlyAll = 0.99;
        const double Plateau = 1e-3; // of the loss
        const double Small = 1e-2; // of the largest eigenvalue
        var (left, whole) = (Math.Max(0, result.FinalLoss - result.LeastLoss), result.InitialLoss - result.LeastLoss);
        var lengths = result.Plan.LengthsOf(result.ScaledError);
        var (distance, held, count) = (lengths.Aggregate(0.0, double.Hypot), 0.0, 0);
        while (held < NearlyAll * distance)
        {
            held = double.Hypot(held, lengths[^++count]);
        }

        if (count == 0 || !(left <= Plateau * whole) || !(result.Plan.Eigenvalues[^count] <= Small * result.Plan.Eigenvalues[0]))
        {
            return "";
        }

        var least = count == 1 ? "the least eigenvalue," : FormattableString.Invariant($"the {count} least eigenvalues, of at most");
        return $" The loss has fallen all but {Numbers.Measure(100 * left / whole)}% of its way: what is left lies along {least} {Numbers.Measure(result.Plan.Eigenvalues[^count])}, which the loss hardly sees.";
    }

    private static string Whole(double steps) => steps.ToString("F0", System.Globalization.CultureInfo.InvariantCulture);
}
