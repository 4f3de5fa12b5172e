using System.Globalization;

namespace Plumb;

/// <summary>Starts gradient descent: with rows handed in, on data in batches, on fresh rows, or on moments.</summary>
public static class GradientDescentRuns
{
    /// <summary>A trainer at this start, to be fed rows by hand.</summary>
    /// <param name="settings">How to train.</param>
    /// <param name="initial">The start.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static Trainer Start(this GradientDescent settings, AffineMap initial)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new Trainer(settings, initial);
    }

    /// <summary>A trainer that continues where another one of the same settings stood.</summary>
    /// <param name="settings">How to train.</param>
    /// <param name="initial">A map of the same shape and names.</param>
    /// <param name="from">Where the other one stood.</param>
    /// <exception cref="ArgumentException">The settings or the shape differ.</exception>
    public static Trainer Resume(this GradientDescent settings, AffineMap initial, Checkpoint from)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(from);
        from.Require(settings.Describe());
        var trainer = settings.Start(initial);
        trainer.Restore(from);
        return trainer;
    }

    /// <summary>
    /// Trains in batches, for as long as the caller asks for more; ends by itself only when training diverges.
    /// </summary>
    /// <param name="settings">How to train.</param>
    /// <param name="initial">The start.</param>
    /// <param name="data">The rows.</param>
    /// <param name="steps">The maximum number of steps, those before the checkpoint included.</param>
    /// <param name="from">Where to resume, which is then told first; null for the start.</param>
    /// <exception cref="ArgumentException">The shapes disagree, there is no row, rows have weights, a setting is out of
    /// its range, or the checkpoint is of other settings or data.</exception>
    public static IEnumerable<Epoch> Train(this GradientDescent settings, AffineMap initial, Dataset data,
        long steps = long.MaxValue, Checkpoint? from = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        var trainer = settings.Start(initial);
        trainer.Require(data);
        var description =
            new Lazy<IReadOnlyList<KeyValuePair<string, string>>>(() => Describe(settings, initial, data));
        return data.Rows > 0
            ? new BatchTraining(settings, trainer, data, () => description.Value).Epochs(steps, from)
            : throw new ArgumentException("there are no rows to train on.", nameof(data));
    }

    /// <summary>
    /// Trains in batches of fresh rows, such as a generator makes: each is seen once, in the order in which it comes.
    /// </summary>
    /// <param name="settings">How to train.</param>
    /// <param name="initial">The start.</param>
    /// <param name="rows">Blocks of any number of rows; where they end makes no difference to the map.</param>
    /// <param name="steps">The maximum number of steps, those before the checkpoint included; training ends with the
    /// rows, too, and when it diverges.</param>
    /// <param name="from">Where to resume; then the rows go on after the first steps x batch size. Null for the
    /// start.</param>
    /// <exception cref="ArgumentException">The shapes disagree, rows have weights, a setting is out of its range, or
    /// the checkpoint is of other settings.</exception>
    public static IEnumerable<Epoch> Train(this GradientDescent settings, AffineMap initial, IEnumerable<Dataset> rows,
        long steps = long.MaxValue, Checkpoint? from = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(rows);
        return Stream(settings, initial, steps, from).Epochs(rows);
    }

    /// <summary>
    /// Trains in batches of the rows of a stream: each is seen once, in the order in which it comes, and none is kept.
    /// </summary>
    /// <param name="settings">How to train.</param>
    /// <param name="initial">The start.</param>
    /// <param name="rows">Blocks of any number of rows; where they end makes no difference to the map.</param>
    /// <param name="steps">The maximum number of steps, those before the checkpoint included; training ends with the
    /// stream, too, and when it diverges.</param>
    /// <param name="from">Where to resume; then the rows go on after the first steps x batch size. Null for the
    /// start.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">The shapes disagree, rows have weights, a setting is out of its range, or
    /// the checkpoint is of other settings.</exception>
    public static IAsyncEnumerable<Epoch> TrainAsync(this GradientDescent settings, AffineMap initial,
        IAsyncEnumerable<Dataset> rows, long steps = long.MaxValue, Checkpoint? from = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(rows);
        return Stream(settings, initial, steps, from).EpochsAsync(rows, cancellationToken);
    }

    /// <summary>
    /// Trains with full batches on moments, for as long as the caller asks for more; ends by itself only when training
    /// diverges.
    /// </summary>
    /// <param name="settings">How to train.</param>
    /// <param name="initial">The start.</param>
    /// <param name="fit">The least-squares fit of the data without ridge, with the same choice of bias.</param>
    /// <param name="steps">The maximum number of steps, those before the checkpoint included.</param>
    /// <param name="from">Where to resume, which is then told first; null for the start.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the fit is of other settings, a setting is out of its
    /// range, or the checkpoint is of other settings or data.</exception>
    public static IEnumerable<Epoch> Train(this GradientDescent settings, AffineMap initial, LinearFit fit,
        long steps = long.MaxValue, Checkpoint? from = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var problem = new MomentProblem(settings.Loss, settings.Bias, initial, fit);
        var description =
            new Lazy<IReadOnlyList<KeyValuePair<string, string>>>(() => Describe(settings, initial, fit.Moments));
        var isUnstable = settings.HasClosedForm
            && Plan(settings, fit).SlowestFactor(settings.LearningRate) > 1;
        return new MomentTraining(settings, problem, isUnstable, () => description.Value).Epochs(steps, from);
    }

    /// <summary>
    /// What other settings, data or start a checkpoint was made with, in words; null where training can resume from it.
    /// </summary>
    /// <param name="settings">How to train.</param>
    /// <param name="from">The checkpoint.</param>
    /// <param name="initial">The start.</param>
    /// <param name="moments">The data.</param>
    /// <param name="data">The rows, where training is in batches; null for full batches on moments.</param>
    public static string? Difference(this GradientDescent settings, Checkpoint from, AffineMap initial, Moments moments,
        Dataset? data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(moments);
        return from.Difference(data is null ? Describe(settings, initial, moments) : Describe(settings, initial, data));
    }

    /// <summary>
    /// Where full-batch training stands after so many steps, in closed form: at once, however many there are.
    /// </summary>
    /// <param name="settings">How to train.</param>
    /// <param name="initial">The start.</param>
    /// <param name="fit">The least-squares fit of the data without ridge, with the same choice of bias.</param>
    /// <param name="steps">The steps.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the fit is of other settings, a setting is out of its
    /// range, or there is no closed form.</exception>
    public static Epoch Jump(this GradientDescent settings, AffineMap initial, LinearFit fit, long steps)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (!settings.HasClosedForm)
        {
            throw new ArgumentException(
                $"there is no closed form for '{settings.Optimizer}' with the schedule '{settings.Schedule}', only for "
                    + $"sgd, momentum and nesterov at a steady rate; take the steps.");
        }

        return new MomentJump(settings, new MomentProblem(settings.Loss, settings.Bias, initial, fit),
            Plan(settings, fit), fit.Spectrum).After(steps);
    }

    private static StreamTraining Stream(GradientDescent settings, AffineMap initial, long steps, Checkpoint? from)
    {
        var description =
            settings.Describe(
                new KeyValuePair<string, string>("batch", settings.BatchSize.ToString(CultureInfo.InvariantCulture)));
        from?.Require(description);
        return new StreamTraining(settings, from is null ? settings.Start(initial) : settings.Resume(initial, from),
            description, steps, from);
    }

    private static LearningPlan Plan(GradientDescent settings, LinearFit fit) =>
        new(fit.Spectrum, settings.Loss, fit.Rows, fit.Names.Targets.Count, optimizer: settings.Optimizer);

    private static IReadOnlyList<KeyValuePair<string, string>> Describe(GradientDescent settings, AffineMap initial,
        Dataset data) => settings.Describe(
        new("batch", settings.BatchSize.ToString(CultureInfo.InvariantCulture)),
        new("seed", settings.Seed.ToString(CultureInfo.InvariantCulture)),
        new(Checkpoint.DataSetting, Fingerprint.Of(data)),
        new(Checkpoint.StartSetting, Fingerprint.Of(initial)));

    private static IReadOnlyList<KeyValuePair<string, string>> Describe(GradientDescent settings, AffineMap initial,
        Moments moments) => settings.Describe(
        new("batch", "full"),
        new(Checkpoint.DataSetting, Fingerprint.Of(moments)),
        new(Checkpoint.StartSetting, Fingerprint.Of(initial)));
}
