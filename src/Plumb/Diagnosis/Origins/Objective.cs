namespace Plumb.Diagnosis;

/// <summary>
/// What a map was made to minimise, other than the sum of squared residuals alone, and where that leads.
/// </summary>
/// <param name="Name">What reports call it, such as "the ridge penalty 0.1".</param>
/// <param name="Goal">Its minimiser; or where training was meant to stop.</param>
public sealed record Objective(string Name, AffineMap Goal)
{
    /// <summary>Why that is not the best fit, in a sentence.</summary>
    internal string Reason { get; init; } = "W and b minimise something other than the sum of squared residuals";

    /// <summary>A penalty on the squared weights, the bias going free.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="penalty">L in: sum of squared residuals + L (sum of squared weights).</param>
    /// <param name="bias">Whether the map has a bias.</param>
    /// <exception cref="ArgumentException">The penalty is negative or not finite, or there is no row.</exception>
    public static Objective Ridge(Moments moments, double penalty, bool bias = true) =>
        new(FormattableString.Invariant($"the ridge penalty {penalty:G6}"),
            new LeastSquares { Bias = bias, Ridge = penalty }.Fit(moments).Map);

    /// <summary>
    /// Weight decay as gradient descent knows it: a step takes off, beside the gradient, the rate times the decay times
    /// each weight and bias. It leads to the minimiser of
    /// loss + decay / 2 (sum of squared parameters), which is e / (e + decay) of the best fit along a direction where
    /// the loss's Hessian has eigenvalue e.
    /// </summary>
    /// <param name="fit">The best fit.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="decay">The decay, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is negative or not finite.</exception>
    public static Objective Decay(LinearFit fit, Loss loss, double decay)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(loss);
        RequireNotNegative(decay, nameof(decay), "a weight decay");
        return new(FormattableString.Invariant($"the weight decay {decay:G6}"),
            fit.Spectrum.Filter(fit.Map, value => value / (value + decay),
                2 * loss.Scale(fit.Rows, fit.Names.Targets.Count)));
    }

    /// <summary>
    /// Stopping full-batch gradient descent early: after k steps (1 - (1 - rate e)^k) of the way to the best fit is
    /// done along a direction with eigenvalue e.
    /// </summary>
    /// <param name="fit">The best fit.</param>
    /// <param name="start">Where training began.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="learningRate">The rate.</param>
    /// <param name="steps">The number of steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the number of steps is negative.</exception>
    public static Objective EarlyStop(LinearFit fit, AffineMap start, Loss loss, double learningRate, long steps)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(loss);
        RequireNotNegative(learningRate, nameof(learningRate), "a learning rate");
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var scale = 2 * loss.Scale(fit.Rows, fit.Names.Targets.Count);
        var limit = fit.ClosestTo(start);
        return new(FormattableString.Invariant($"stopping after {steps} steps"),
            limit + fit.Spectrum.Filter(start - limit, value => Math.Pow(1 - learningRate * value, steps), scale));
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Objective), PrintMembers);

    private static void RequireNotNegative(double value, string name, string what)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{what} must be 0 or a positive number.");
        }
    }
}
