using System.Globalization;

namespace Plumb;

/// <summary>
/// Gradient descent on least squares, W -= rate dL/dW and b -= rate dL/db, or what an optimizer makes of the gradients: step by step with rows handed in,
/// over a data set in shuffled batches, over fresh rows as they come, or with full batches on moments, where a step's cost does not depend on the number of rows.
/// Equal settings, starts and data give equal bits, on any number of threads and at any width of vectors.
/// </summary>
/// <param name="LearningRate">The rate; positive.</param>
public sealed record GradientDescent(double LearningRate)
{
    /// <summary>What is made small, over the rows of a batch.</summary>
    public Loss Loss { get; init; } = Loss.Mse;

    /// <summary>What a step makes of the gradient.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Sgd;

    /// <summary>How the rate changes from step to step.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Whether the map has a bias; without one, it starts at 0 and stays there.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The rows a step; the last batch of a pass over the data may be smaller.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Decides the order of the rows, anew each pass.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Reports after so many steps too; null for after each pass over the data, each block of a stream, or each step of full batches.</summary>
    public long? ReportEvery { get; init; }

    /// <summary>Whether where full-batch training stands after any number of steps is known without taking them: for sgd, momentum and nesterov at a steady rate.</summary>
    public bool HasClosedForm => Schedule == Schedule.Constant && Recurrence.Of(Optimizer) is not null;

    /// <summary>A trainer at this start, to be fed rows by hand.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Trainer Start(AffineMap initial) => new(this, initial);

    /// <summary>A trainer that continues where another one of the same settings stood.</summary>
    /// <param name="initial">A map of the same shape and names.</param>
    /// <param name="from">Where the other one stood.</param>
    /// <exception cref="ArgumentException">The settings or the shape differ.</exception>
    public Trainer Resume(AffineMap initial, Checkpoint from)
    {
        ArgumentNullException.ThrowIfNull(from);
        from.Require(Describe());
        var trainer = Start(initial);
        trainer.Restore(from);
        return trainer;
    }

    /// <summary>Trains in batches, for as long as the caller asks for more; ends by itself only when training diverges.</summary>
    /// <param name="initial">The start.</param>
    /// <param name="data">The rows.</param>
    /// <param name="steps">The most steps, those before the checkpoint included.</param>
    /// <param name="from">Where to resume, which is then told first; null for the start.</param>
    /// <exception cref="ArgumentException">The shapes disagree, there is no row, rows have weights, a setting is out of its range, or the checkpoint is of other settings or data.</exception>
    public IEnumerable<Epoch> Train(AffineMap initial, Dataset data, long steps = long.MaxValue, Checkpoint? from = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireCounts();
        var trainer = Start(initial);
        trainer.Require(data);
        var description = new Lazy<IReadOnlyList<KeyValuePair<string, string>>>(() => Describe(initial, data));
        return data.Rows > 0
            ? new BatchTraining(this, trainer, data, () => description.Value).Epochs(steps, from)
            : throw new ArgumentException("there are no rows to train on.", nameof(data));
    }

    /// <summary>Trains in batches of fresh rows, such as a generator makes: each is seen once, in the order in which it comes.</summary>
    /// <param name="initial">The start.</param>
    /// <param name="rows">Blocks of any number of rows; where they end makes no difference to the map.</param>
    /// <param name="steps">The most steps, those before the checkpoint included; training ends with the rows, too, and when it diverges.</param>
    /// <param name="from">Where to resume; then the rows go on after the first steps x batch size. Null for the start.</param>
    /// <exception cref="ArgumentException">The shapes disagree, rows have weights, a setting is out of its range, or the checkpoint is of other settings.</exception>
    public IEnumerable<Epoch> Train(AffineMap initial, IEnumerable<Dataset> rows, long steps = long.MaxValue, Checkpoint? from = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Stream(initial, steps, from).Epochs(rows);
    }

    /// <summary>Trains in batches of the rows of a stream: each is seen once, in the order in which it comes, and none is kept.</summary>
    /// <param name="initial">The start.</param>
    /// <param name="rows">Blocks of any number of rows; where they end makes no difference to the map.</param>
    /// <param name="steps">The most steps, those before the checkpoint included; training ends with the stream, too, and when it diverges.</param>
    /// <param name="from">Where to resume; then the rows go on after the first steps x batch size. Null for the start.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">The shapes disagree, rows have weights, a setting is out of its range, or the checkpoint is of other settings.</exception>
    public IAsyncEnumerable<Epoch> TrainAsync(AffineMap initial, IAsyncEnumerable<Dataset> rows, long steps = long.MaxValue, Checkpoint? from = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Stream(initial, steps, from).EpochsAsync(rows, cancellationToken);
    }

    /// <summary>Trains with full batches on moments, for as long as the caller asks for more; ends by itself only when training diverges.</summary>
    /// <param name="initial">The start.</param>
    /// <param name="moments">The data.</param>
    /// <param name="fit">The least-squares fit of the same data without ridge, with the same choice of bias.</param>
    /// <param name="steps">The most steps, those before the checkpoint included.</param>
    /// <param name="from">Where to resume, which is then told first; null for the start.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the fit is another's, a setting is out of its range, or the checkpoint is of other settings or data.</exception>
    public IEnumerable<Epoch> Train(AffineMap initial, Moments moments, LinearFit fit, long steps = long.MaxValue, Checkpoint? from = null)
    {
        RequireCounts();
        var problem = new MomentProblem(Loss, Bias, initial, moments, fit);
        var description = new Lazy<IReadOnlyList<KeyValuePair<string, string>>>(() => Describe(initial, moments));
        var isUnstable = HasClosedForm && Plan(moments, fit).SlowestFactor(LearningRate) > 1;
        return new MomentTraining(this, problem, isUnstable, () => description.Value).Epochs(steps, from);
    }

    /// <summary>What other settings, data or start a checkpoint was made with, in words; null where training can resume from it.</summary>
    /// <param name="from">The checkpoint.</param>
    /// <param name="initial">The start.</param>
    /// <param name="moments">The data.</param>
    /// <param name="data">The rows, where training is in batches; null for full batches on moments.</param>
    public string? Difference(Checkpoint from, AffineMap initial, Moments moments, Dataset? data)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(moments);
        return from.Difference(data is null ? Describe(initial, moments) : Describe(initial, data));
    }

    /// <summary>Where full-batch training stands after so many steps, in closed form: at once, however many there are.</summary>
    /// <param name="initial">The start.</param>
    /// <param name="moments">The data.</param>
    /// <param name="fit">The least-squares fit of the same data without ridge, with the same choice of bias.</param>
    /// <param name="steps">The steps.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the fit is another's, a setting is out of its range, or there is no closed form.</exception>
    public Epoch Jump(AffineMap initial, Moments moments, LinearFit fit, long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (!HasClosedForm)
        {
            throw new ArgumentException($"there is no closed form for '{Optimizer}' with the schedule '{Schedule}', only for sgd, momentum and nesterov at a steady rate; take the steps.");
        }

        return new MomentJump(this, new MomentProblem(Loss, Bias, initial, moments, fit), Plan(moments, fit), fit.Spectrum).After(steps);
    }

    private StreamTraining Stream(AffineMap initial, long steps, Checkpoint? from)
    {
        RequireCounts();
        var description = Describe(new KeyValuePair<string, string>("batch", BatchSize.ToString(CultureInfo.InvariantCulture)));
        from?.Require(description);
        return new StreamTraining(this, from is null ? Start(initial) : Resume(initial, from), description, steps, from);
    }

    private void RequireCounts()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ReportEvery ?? 1, nameof(ReportEvery));
    }

    private LearningPlan Plan(Moments moments, LinearFit fit) => new(fit.Spectrum, Loss, moments.Rows, moments.TargetCount, optimizer: Optimizer);

    private IReadOnlyList<KeyValuePair<string, string>> Describe(AffineMap initial, Dataset data) => Describe(
        new("batch", BatchSize.ToString(CultureInfo.InvariantCulture)),
        new("seed", Seed.ToString(CultureInfo.InvariantCulture)),
        new(Checkpoint.DataSetting, Fingerprint.Of(data)),
        new(Checkpoint.StartSetting, Fingerprint.Of(initial)));

    private IReadOnlyList<KeyValuePair<string, string>> Describe(AffineMap initial, Moments moments) => Describe(
        new("batch", "full"),
        new(Checkpoint.DataSetting, Fingerprint.Of(moments)),
        new(Checkpoint.StartSetting, Fingerprint.Of(initial)));

    /// <summary>The settings that decide the bits of any training, by name, and more of one kind of it.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Describe(params ReadOnlySpan<KeyValuePair<string, string>> more) =>
    [
        new("optimizer", Optimizer.ToString()),
        new("learning rate", LearningRate.ToString("R", CultureInfo.InvariantCulture)),
        new("schedule", Schedule.ToString()),
        new("loss", Loss.Name),
        new("bias", Bias ? "yes" : "no"),
        .. more,
    ];
}
