namespace Plumb;

/// <summary>
/// Gradient descent on least squares, W -= rate dL/dW and b -= rate dL/db: step by step with rows handed in, over a data set in shuffled batches,
/// or with full batches on moments, where a step's cost does not depend on the number of rows.
/// </summary>
/// <param name="LearningRate">The rate; positive.</param>
public sealed record GradientDescent(double LearningRate)
{
    /// <summary>What is made small, over the rows of a batch.</summary>
    public Loss Loss { get; init; } = Loss.Mse;

    /// <summary>Whether the map has a bias; without one, it starts at 0 and stays there.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The rows a step; the last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Decides the order of the rows, anew each epoch.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>A trainer at this start, to be fed rows by hand.</summary>
    /// <exception cref="ArgumentException">The rate is not positive and finite.</exception>
    public Trainer Start(AffineMap initial) => new(this, initial);

    /// <summary>Trains in batches, an epoch at a time, for as long as the caller asks for more; ends by itself only when training diverges.</summary>
    /// <param name="initial">The start.</param>
    /// <param name="data">The rows.</param>
    /// <param name="steps">The most steps.</param>
    /// <exception cref="ArgumentException">The shapes disagree, there is no row, rows have weights, or a setting is out of its range.</exception>
    public IEnumerable<Epoch> Train(AffineMap initial, Dataset data, long steps = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        var trainer = Start(initial);
        trainer.Require(data);
        return data.Rows > 0
            ? new BatchTraining(this, trainer, data).Epochs(steps)
            : throw new ArgumentException("there are no rows to train on.", nameof(data));
    }

    /// <summary>Trains with full batches on moments, a step at a time, for as long as the caller asks for more; ends by itself only when training diverges.</summary>
    /// <param name="initial">The start.</param>
    /// <param name="moments">The data.</param>
    /// <param name="fit">The least-squares fit of the same data without ridge, with the same choice of bias.</param>
    /// <param name="steps">The most steps.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or the fit is another's.</exception>
    public IEnumerable<Epoch> Train(AffineMap initial, Moments moments, LinearFit fit, long steps = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(moments);
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Rows != moments.Rows || fit.Settings.Ridge != 0 || fit.Settings.Bias != Bias)
        {
            throw new ArgumentException("the fit must be of these moments, without ridge, and with a bias just if one is trained.", nameof(fit));
        }

        Start(initial).Require(moments.InputCount, moments.TargetCount);
        return new MomentTraining(this, initial, moments, fit).Epochs(steps);
    }
}
