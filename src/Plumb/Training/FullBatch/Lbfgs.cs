namespace Plumb.Training;

/// <summary>
/// L-BFGS on moments: full batches and no learning rate, each step to the smallest loss along a direction that the last
/// steps suggest. Like gradient descent
/// it never moves along directions that the data do not determine. Liu and Nocedal, Math. Programming 45, 1989.
/// </summary>
public sealed record Lbfgs
{
    /// <summary>How many steps are remembered.</summary>
    public int Memory
    {
        get;
        init => field = Setting.AtLeast(1, value, "memory", nameof(Memory));
    } = 10;

    /// <summary>The loss that is reported; it makes no difference to the path.</summary>
    public Loss Loss { get; init; } = Loss.Mse;

    /// <summary>Whether the map has a bias; without one, it starts at 0 and stays there.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>
    /// Trains a step at a time, for as long as the caller asks for more; ends by itself when no direction leads down
    /// any more.
    /// </summary>
    /// <param name="initial">The start.</param>
    /// <param name="fit">The least-squares fit of the data without ridge, with the same choice of bias.</param>
    /// <param name="steps">The maximum number of steps.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the fit is of other settings, or nothing is to be
    /// remembered.</exception>
    public IEnumerable<Epoch> Train(AffineMap initial, LinearFit fit, long steps = long.MaxValue)
    {
        return new LineSearchTraining(new MomentProblem(Loss, Bias, initial, fit),
            new QuasiNewtonDirection(Memory)).Epochs(steps);
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Lbfgs), PrintMembers);
}
