using System.Globalization;

namespace Plumb;

/// <summary>
/// Gradient descent on least squares, W -= rate dL/dW and b -= rate dL/db, or what an optimizer makes of the gradients:
/// how, not where it stands. <see cref="GradientDescentRuns"/> starts it, on rows handed in, on a data set in shuffled
/// batches, on fresh rows as they come, or on moments, where a step's cost does not depend on the number of rows.
/// Equal settings, starts and data give equal bits, on any number of threads and at any width of vectors.
/// </summary>
/// <param name="LearningRate">The rate; positive.</param>
public sealed record GradientDescent(double LearningRate)
{
    /// <summary>The rate: what the gradient is multiplied by in a step.</summary>
    public double LearningRate
    {
        get;
        init => field = Setting.Positive(value, "learning rate", nameof(LearningRate));
    } = Setting.Positive(LearningRate, "learning rate", nameof(LearningRate));

    /// <summary>The loss to minimise, over the rows of a batch.</summary>
    public Loss Loss { get; init; } = Loss.Mse;

    /// <summary>What a step makes of the gradient.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Sgd;

    /// <summary>How the rate changes from step to step.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Whether the map has a bias; without one, it starts at 0 and stays there.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The rows per step; the last batch of a pass over the data may be smaller.</summary>
    public int BatchSize
    {
        get;
        init => field = Setting.AtLeast(1, value, "batch size", nameof(BatchSize));
    } = 64;

    /// <summary>Decides the order of the rows, anew each pass.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Reports after so many steps too; null for after each pass over the data, each block of a stream, or each step of
    /// full batches.
    /// </summary>
    public long? ReportEvery
    {
        get;
        init => field = value is { } steps
            ? Setting.AtLeast(1, steps, "number of steps between reports", nameof(ReportEvery)) : null;
    }

    /// <summary>
    /// Whether where full-batch training stands after any number of steps is known without taking them: for sgd,
    /// momentum and nesterov at a steady rate.
    /// </summary>
    public bool HasClosedForm => Schedule == Schedule.Constant && Recurrence.Of(Optimizer) is not null;

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(GradientDescent), PrintMembers);

    /// <summary>The settings that decide the bits of any training, by name, and more of one kind of it.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Describe(
        params ReadOnlySpan<KeyValuePair<string, string>> more) =>
    [
        new("optimizer", Optimizer.ToString()),
        new("learning rate", LearningRate.ToString("R", CultureInfo.InvariantCulture)),
        new("schedule", Schedule.ToString()),
        new("loss", Loss.Name),
        new("bias", Bias ? "yes" : "no"),
        .. more,
    ];
}
