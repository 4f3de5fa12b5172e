namespace Plumb.Training;

/// <summary>
/// Conjugate gradients on moments: full batches and no learning rate. Without rounding it converges in as many steps as
/// the Hessian has different eigenvalues, and like gradient descent
/// it never moves along directions that the data do not determine. Hestenes and Stiefel, J. Res. Nat. Bur. Standards
/// 49, 1952.
/// </summary>
public sealed record ConjugateGradient
{
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
    /// <exception cref="ArgumentException">The shapes disagree, or the fit is of other settings.</exception>
    public IEnumerable<Epoch> Train(AffineMap initial, LinearFit fit, long steps = long.MaxValue)
    {
        var problem = new MomentProblem(Loss, Bias, initial, fit);
        return new LineSearchTraining(problem, new ConjugateDirection(problem.Start.Length)).Epochs(steps);
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ConjugateGradient), PrintMembers);
}
