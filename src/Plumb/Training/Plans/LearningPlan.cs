namespace Plumb.Training;

/// <summary>
/// What the data's spectrum predicts of gradient descent, plain or with momentum. The Hessian's eigenvalue e
/// shrinks the error along its direction by |1 - rate e| per step,
/// or by what momentum makes of that; directions without eigenvalue never move. Exact for full batches, in the mean for
/// fresh samples.
/// </summary>
public sealed class LearningPlan
{
    private const int BisectionSteps = 200; // more than the digits of a double
    private readonly Spectrum _spectrum;
    private readonly Recurrence _recurrence;

    /// <summary>The plan for data with this spectrum.</summary>
    /// <param name="spectrum">The spectrum of the data.</param>
    /// <param name="loss">The loss to minimise.</param>
    /// <param name="rows">The number of rows that the spectrum was summed over.</param>
    /// <param name="targets">The number of targets.</param>
    /// <param name="batchSize">The rows per step; all of them when left out.</param>
    /// <param name="optimizer">sgd, momentum or nesterov; sgd when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row, or none in a batch.</exception>
    /// <exception cref="ArgumentException">The spectrum decides nothing about such an optimizer.</exception>
    public LearningPlan(Spectrum spectrum, Loss loss, long rows, int targets, long? batchSize = null,
        Optimizer? optimizer = null)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize ?? rows, nameof(batchSize));
        _spectrum = spectrum;
        _recurrence = Recurrence.Of(optimizer ?? Optimizer.Sgd)
            ?? throw new ArgumentException($"the spectrum decides nothing about '{optimizer}', only about sgd, "
                + $"momentum and nesterov.", nameof(optimizer));
        Loss = loss;
        var batch = Math.Min(batchSize ?? rows, rows);
        var scale = 2 * loss.Scale(batch, targets) * ((double)batch / rows); // of the mean batch's Hessian
        Eigenvalues = [.. spectrum.Eigenvalues.Select(eigenvalue => scale * eigenvalue)];
    }

    /// <summary>The loss whose Hessian this is about.</summary>
    public Loss Loss { get; }

    /// <summary>The positive eigenvalues of the Hessian, descending.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>
    /// The smallest rate that no longer converges: 2 / largest eigenvalue; with momentum m, 2 (1 + m) / largest
    /// eigenvalue, with Nesterov's that over 1 + 2 m.
    /// </summary>
    public double LargestStableLearningRate => Eigenvalues.Count == 0 ? double.PositiveInfinity
        : _recurrence.StableBound / Eigenvalues[0];

    /// <summary>
    /// The rate that needs the fewest steps: 2 / (largest + smallest eigenvalue) without momentum (Polyak, Introduction
    /// to Optimization, section 1.4); with it, where both directions shrink alike.
    /// </summary>
    public double BestLearningRate => Eigenvalues.Count == 0 ? double.NaN : _recurrence.Momentum == 0
        ? 2 / (Eigenvalues[0] + Eigenvalues[^1]) : BestWithMomentum();

    /// <summary>The factor that a step leaves of the error along the slowest direction, in the long run.</summary>
    public double SlowestFactor(double learningRate) => Eigenvalues.Count == 0 ? 0
        : Math.Exp(SlowestLogFactor(learningRate));

    /// <summary>
    /// How many steps the slowest direction takes to shrink by this factor, such as 1e-6; infinite when it does not.
    /// </summary>
    public double StepsToShrink(double learningRate, double factor) => StepsFor(SlowestLogFactor(learningRate), factor);

    /// <summary>How full-batch training from a start approaches its limit, at a steady rate.</summary>
    /// <param name="initialError">The start less the limit.</param>
    /// <param name="learningRate">The rate.</param>
    public GradientPath Path(AffineMap initialError, double learningRate) =>
        new(_recurrence, Products(learningRate), LengthsOf(initialError));

    /// <summary>
    /// How the loss of full-batch training approaches its least, at a steady rate: what is left above that is the
    /// square of this path's distance.
    /// </summary>
    internal GradientPath LossPath(AffineMap initialError, double learningRate) => new(_recurrence,
        Products(learningRate), LengthsOf(initialError).Select((length, i) => length * Math.Sqrt(Eigenvalues[i] / 2))
            .ToArray());

    /// <summary>
    /// How the predictions of full-batch training approach those of the best fit, at a steady rate: the largest over
    /// the targets of |X (map - limit)| beside what is allowed, so that distances of at most 1 will do.
    /// </summary>
    /// <param name="initialError">The start less the limit.</param>
    /// <param name="learningRate">The rate.</param>
    /// <param name="allowed">The |X (map - limit)| that will do, one per target.</param>
    internal GradientPath PredictionPath(AffineMap initialError, double learningRate, IReadOnlyList<double> allowed)
    {
        var lengths = new double[allowed.Count][];
        for (var t = 0; t < lengths.Length; t++)
        {
            lengths[t] = new double[Eigenvalues.Count];
            for (var i = 0; i < Eigenvalues.Count; i++)
            {
                var length = Math.Abs(LengthAlong(i, initialError, t)) * _spectrum.RootOfEigenvalue(i);
                lengths[t][i] = length == 0 ? 0 : length / allowed[t];
            }
        }

        return new GradientPath(_recurrence, Products(learningRate), lengths);
    }

    /// <summary>How long a difference of two maps is along each eigenvector, in the order of the eigenvalues.</summary>
    public double[] LengthsOf(AffineMap difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        var lengths = new double[Eigenvalues.Count];
        for (var i = 0; i < lengths.Length; i++)
        {
            for (var t = 0; t < difference.TargetCount; t++)
            {
                lengths[i] = double.Hypot(lengths[i], LengthAlong(i, difference, t));
            }
        }

        return lengths;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Loss}: best learning rate {Shown.Number(BestLearningRate)}, "
        + $"stable below {Shown.Number(LargestStableLearningRate)}";

    private double[] Products(double learningRate) => [.. Eigenvalues.Select(eigenvalue => learningRate * eigenvalue)];

    private double LengthAlong(int index, AffineMap difference, int target)
    {
        var direction = _spectrum.Eigenvector(index);
        var weights = difference.WeightsOf(target);
        var length = direction.Length > weights.Length ? direction[^1] * difference.Bias[target] : 0;
        for (var j = 0; j < weights.Length; j++)
        {
            length += direction[j] * weights[j];
        }

        return length;
    }

    /// <summary>The fewest steps that shrink to the reduction, each by the factor with this logarithm.</summary>
    internal static double StepsFor(double logFactor, double reduction) => (logFactor, reduction) switch
    {
        (_, >= 1) => 0,
        ( >= 0, _) => double.PositiveInfinity,
        (double.NegativeInfinity, _) => 1,
        _ => Math.Ceiling(Math.Log(reduction) / logFactor),
    };

    /// <summary>
    /// The larger the rate, the faster the smallest eigenvalue's direction, until the largest one's is as slow.
    /// </summary>
    private double BestWithMomentum()
    {
        var (low, high) = (0.0, LargestStableLearningRate);
        for (var i = 0; i < BisectionSteps; i++)
        {
            var middle = low + (high - low) / 2;
            var (largest, least) =
                (_recurrence.LogFactor(middle * Eigenvalues[0]), _recurrence.LogFactor(middle * Eigenvalues[^1]));
            (low, high) = largest < least || (largest == least && middle * Eigenvalues[^1] < _recurrence.Fastest)
                ? (middle, high) : (low, middle);
        }

        return high;
    }

    private double SlowestLogFactor(double learningRate)
    {
        var slowest = double.NegativeInfinity;
        foreach (var eigenvalue in Eigenvalues)
        {
            slowest = Math.Max(slowest, _recurrence.LogFactor(learningRate * eigenvalue));
        }

        return slowest;
    }
}
