using System.Globalization;
using Plumb.Cli.Training;

namespace Plumb.Cli.Reports;

/// <summary>
/// What there is to say about a training run: whether it has converged, why not, and the one thing to do next.
/// </summary>
internal sealed class TrainingText(TrainingResult result)
{
    private const string OrTheBestFit = "or take the best fit itself (plumb fit).";
    private const double ManySteps = 1e6;
    private const double WorthTelling = 10; // times fewer steps
    private const double Uneven = 1e6; // times the smallest eigenvalue
    private const double Faint = 1e-2; // of the rate, what a schedule leaves of it

    /// <summary>For standard error.</summary>
    public string Divergence
    {
        get
        {
            // The last finite map may be the start.
            var loss = double.IsFinite(result.FinalLoss) && result.FinalLoss > result.InitialLoss
                ? "to " + NumberText.Measure(result.FinalLoss) : "beyond all bounds";
            return $"training diverges: the loss grew from {NumberText.Measure(result.InitialLoss)} {loss} in "
                + $"{NumberText.Of(result.Steps, "step")} at rate {NumberText.Rate(result.Rate)}; {SmallerRate}, or "
                    + $"--learning-rate auto.";
        }
    }

    public string Verdict => result.Outcome switch
    {
        TrainingOutcome.Diverged => $"Training diverges at rate {NumberText.Rate(result.Rate)}: {SmallerRate}.",
        TrainingOutcome.EarlyStopped =>
            string.Create(CultureInfo.InvariantCulture,
                $"Training stopped early: the loss over {NumberText.Of(result.HeldOutRows!.Value, "held-out row")} was "
                    + $"smallest, {NumberText.Measure(result.HeldOutLoss!.Value)}, after "
                        + $"{NumberText.Of(result.Steps, "step")}; this is that map, "
                            + $"{NumberText.Measure(result.DistanceToLimit)} from the best fit."),
        _ when !result.Convergence.IsConverged => NotConverged(),
        _ when result.Fit.IsIdentified => $"{Converged} {result.Assessment.Verdict}",
        _ when result.Method.PreservesNullSpace =>
            string.Create(CultureInfo.InvariantCulture,
                $"Training has converged, but {Undetermined}: along them"
                    + $"{(result.Task.IsStandardized ? ", as the standardized inputs define them," : "")} W and b are "
                        + $"still where they started."),
        _ =>
            string.Create(CultureInfo.InvariantCulture,
                $"Training has converged, but {Undetermined}: along them {result.Method.Name} has moved W and b by "
                    + $"{NumberText.Measure(result.FreeMovement)} for no reason in the data."),
    };

    /// <summary>
    /// What there is to tell of the map itself, and the one thing to do next, by the rules of 'plumb explain'.
    /// </summary>
    /// <param name="rows">What the rows say of the best fit, if they were looked at.</param>
    public Explanation Explain(RowReport? rows) =>
        Explanation.Of(result.Learned, result.Fit, new Background
        {
            Truth = result.Truth,
            Objective = result.Objective,
            Rows = rows,
            TrainOn = TrainOn,
        });

    /// <summary>
    /// The one thing to do next: what the explanation says, but where training has not even stayed finite.
    /// </summary>
    public string Next(Explanation explanation) => result.Outcome == TrainingOutcome.Diverged ? TrainOn
        : RemedyFlags.AddTo(explanation.Next);

    /// <summary>How training could go on, or go better.</summary>
    private string TrainOn => result.Outcome switch
    {
        TrainingOutcome.Diverged => AfterDivergence(),
        _ when result.Method.HasPenalty =>
            "train with --weight-decay 0: the decay keeps W and b from the best fit for good.",
        _ when result.Task.BatchSize is not null => InBatches(),
        _ when result.Settings is null => AfterLineSearch(),
        _ when result.Settings.Schedule != Schedule.Constant
            && result.Method.Linear is not null => $"train with --schedule constant, {OrTheBestFit}",
        _ when !result.Settings.HasClosedForm =>
            $"train with {(IsUneven ? "--standardize " : "")}--optimizer cg, which needs no rate, {OrTheBestFit}",
        _ when Standardized(result.StepsAtBestRate) is { } instead => instead,
        _ when IsPastPlan => AtRounding(),
        _ when result.Rate != result.Plan.BestLearningRate && result.StepsAtBestRate < result.StepsToTolerance =>
            $"train with --learning-rate auto{Limit(result.StepsAtBestRate)}{OrFit(result.StepsAtBestRate)}",
        _ when double.IsFinite(result.StepsToTolerance) =>
            $"train with --steps {Whole(result.StepsToTolerance)}{OrFit(result.StepsToTolerance)}",
        _ => $"train with --learning-rate auto{Limit(result.StepsAtBestRate)}.",
    };

    /// <summary>
    /// Whether as many steps have been taken as the spectrum says are enough: rounding has spoilt them.
    /// </summary>
    private bool IsPastPlan => result.StepsToTolerance <= result.StepsTaken;

    /// <summary>
    /// Whether units or offsets make the eigenvalues so different that rounding spoils the directions of line
    /// searches.
    /// </summary>
    private bool IsUneven => !result.Task.IsStandardized && result.Plan.Eigenvalues is { Count: > 0 } eigenvalues
        && eigenvalues[0] > Uneven * eigenvalues[^1];

    private string Converged =>
        result.Outcome == TrainingOutcome.Converged || result.Task.IsEndless
            || !double.IsFinite(result.StepsToTolerance)
        ? "Training has converged: W and b are the best fit's."
        : $"Training has converged: W and b are the best fit's to a hundredth of their standard errors; "
            + $"{NumberText.Of(result.StepsToTolerance - result.Steps, "more step")} would bring them within the "
                + $"tolerance.";

    private string Undetermined =>
        string.Create(CultureInfo.InvariantCulture,
            $"{result.Fit.NullSpace.Count} of {result.Fit.ParametersPerTarget} directions per target "
                + $"{(result.Fit.NullSpace.Count == 1 ? "is" : "are")} undetermined");

    private string AutoRateOption => result.Method.LearningRate is null ? "" : " --learning-rate auto";

    private double AutoRate => result.Task.BestRate();

    private double StepsAtAutoRate => result.StepsAt(AutoRate);

    private string InTheMean => result.Task.BatchSize is null ? "" : " in the mean";

    /// <summary>
    /// Whether batches have brought W and b as far as the spectrum lets their rate do in the mean, so that what is left
    /// is not their noise.
    /// </summary>
    private bool IsSlow => result.Task.BatchSize is not null && !result.IsRounding
        && result.PredictedDistance >= result.ScaledError.Norm / 2;

    private string AfterDivergence()
    {
        if (double.IsNaN(result.Task.LargestStableRate))
        {
            return "take a smaller --learning-rate.";
        }

        return Standardized(StepsAtAutoRate)
            ?? $"train with --learning-rate auto{Limit(StepsAtAutoRate)}{OrFit(StepsAtAutoRate)}";
    }

    private string InBatches()
    {
        if (!IsSlow)
        {
            var (full, fewer) =
                (result.StepsWithFullBatches(standardize: false), result.StepsWithFullBatches(standardize: true));
            var standardize = fewer * WorthTelling < full; // not where no spectrum decides
            return $"train with --batch full{(standardize ? " --standardize" : "")}{AutoRateOption}, {OrTheBestFit}";
        }

        return Standardized(Math.Min(StepsAtAutoRate, result.StepsToTolerance))
            ?? (result.Rate < AutoRate
                ? $"train with --learning-rate auto{Limit(StepsAtAutoRate)}: at rate {NumberText.Rate(AutoRate)}, "
                    + $"{NumberText.Of(StepsAtAutoRate, "step")} would converge in the mean."
            : double.IsFinite(result.StepsToTolerance) && result.StepsToTolerance > result.StepsTaken
                ? $"train with --steps {Whole(result.StepsToTolerance)}, {OrTheBestFit}"
            : $"train with --batch full{AutoRateOption}, {OrTheBestFit}");
    }

    /// <summary>A line search that ended by itself has met rounding, and more steps change nothing.</summary>
    private string AfterLineSearch() =>
        result.StepsTaken >= result.MostSteps ? $"train with --steps {Whole(2.0 * result.StepsTaken)}, {OrTheBestFit}"
        : AtRounding();

    private string AtRounding() => result.Task.IsStandardized
        ? "take the best fit itself (plumb fit): steps in double precision come no closer."
        : $"train with --standardize, {OrTheBestFit}";

    /// <summary>To standardize the inputs, where that saves nearly all of the steps; null where it does not.</summary>
    private string? Standardized(double steps) =>
        result.StepsWhenStandardized is { } fewer && fewer * WorthTelling < steps
        ? $"train with --standardize{AutoRateOption}{Limit(fewer)}: {NumberText.Of(fewer, "step")}{InTheMean}"
            + (double.IsFinite(steps) ? $" instead of {NumberText.Count(steps)}."
                : ", where no number of steps would do without.")
        : null;

    /// <summary>The option that allows so many steps, where they are more than this run's.</summary>
    private string Limit(double steps) => double.IsFinite(steps) && steps > result.MostSteps
        ? " --steps " + Whole(steps) : "";

    private string SmallerRate => double.IsNaN(result.Task.LargestStableRate) ? "take a smaller rate"
        : $"take a rate below {NumberText.Rate(result.Task.LargestStableRate)}";

    private string NotConverged()
    {
        var worst = result.Convergence.Worst;
        var before = result.InitialConvergence.Targets.First(target => target.Target == worst.Target).Excess;
        var part = worst.Excess <= before
            ? $"Training has not converged: {Left(worst)}"
            : $"Training has moved away: predictions of '{worst.Target}' were {NumberText.Measure(before)} from the "
                + $"best fit's (root mean square) and are {NumberText.Measure(worst.Excess)}";
        if (result.Method.HasPenalty)
        {
            return part + "; weight decay keeps W and b from the best fit, however long it trains.";
        }

        if (result.Task.BatchSize is { } size)
        {
            return part
                + (result.IsRounding
                    ? "; that is the rounding of steps in double precision, and more steps change nothing."
                : IsSlow && result.Rate < AutoRate
                    ? $", as the spectrum predicts: rate {NumberText.Rate(result.Rate)} is too small for "
                        + $"{NumberText.Of(result.StepsTaken, "step")}. At rate {NumberText.Rate(AutoRate)}, "
                            + $"{NumberText.Count(StepsAtAutoRate)} would converge in the mean.{Slow()}"
                : IsSlow ? $", as the spectrum predicts.{Slow()}"
                : string.Create(CultureInfo.InvariantCulture, $"; batches of {size} keep W and b moving unless the "
                    + $"data fit exactly: train with --batch full, or take the best fit itself (plumb fit)."));
        }

        if (result.Path is null)
        {
            var last = result.Settings is { } settings && result.StepsTaken > 0
                ? settings.Schedule.Factor(result.StepsTaken - 1) : 1;
            return part
                + (last < Faint
                    ? $"; the schedule has brought the rate down to {NumberText.Measure(last * result.Rate)} before "
                        + $"training converged." : ".") + Slow();
        }

        if (IsPastPlan)
        {
            return part + "; that is the rounding of steps in double precision, and more steps change nothing.";
        }

        var more = result.StepsToTolerance - result.Steps;
        var best = result.Task.PredictionPath(result.ScaledError, result.Plan.BestLearningRate).StepsTo(1);
        var needed = double.IsFinite(more) ? NumberText.Of(more, "more step") : "no number of steps";
        return result.Rate == result.Plan.BestLearningRate
            ? part + $"; {needed} would finish.{Slow()}"
            : part
                + $"; {needed} at this rate, or {NumberText.Count(best)} at rate "
                    + $"{NumberText.Rate(result.Plan.BestLearningRate)}, would finish.{Slow()}";
    }

    /// <summary>How far a target is from its best fit.</summary>
    private string Left(TargetConvergence worst)
    {
        var ratio = worst.Distance / worst.Scale;
        // Or a combination is.
        if (worst.Parameter is not { } parameter || (worst.HasNoise && ratio <= result.Task.Request.Tolerance))
        {
            var excess = $"{NumberText.Measure(worst.Excess)} from the best fit's (root mean square)";
            return $"predictions of '{worst.Target}' are still {excess}, and {NumberText.Measure(worst.Allowed)} is "
                + $"allowed";
        }

        var subject = result.Moments.Names.Inputs.Contains(parameter)
            ? $"the weight of {parameter} for '{worst.Target}'" : $"the bias of '{worst.Target}'";
        return $"{subject} is still "
            + (worst.HasNoise ? $"{NumberText.Measure(ratio)} standard errors" : NumberText.Measure(worst.Distance))
            + " from the best fit's";
    }

    /// <summary>
    /// A loss that no longer falls though W and b are far: small eigenvalues, where they hold nearly all of what is
    /// left.
    /// </summary>
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

        if (count == 0 || !(left <= Plateau * whole)
            || !(result.Plan.Eigenvalues[^count] <= Small * result.Plan.Eigenvalues[0]))
        {
            return "";
        }

        var along = count == 1 ? "the smallest eigenvalue,"
            : FormattableString.Invariant($"the {count} smallest eigenvalues, of at most");
        return $" The loss is within {NumberText.Measure(100 * left / whole)}% of its minimum, but W and b are not: "
            + $"what is left lies along {along} {NumberText.Measure(result.Plan.Eigenvalues[^count])}, which barely "
            + "affects the loss.";
    }

    /// <summary>The end of an advice, with an alternative where it takes many steps.</summary>
    private static string OrFit(double steps) => steps > ManySteps ? $", {OrTheBestFit}" : ".";

    private static string Whole(double steps) =>
        steps.ToString("F0", System.Globalization.CultureInfo.InvariantCulture);
}
