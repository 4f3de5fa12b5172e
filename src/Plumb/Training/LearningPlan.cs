namespace Plumb;

/// <summary>
/// What the data's spectrum says about gradient descent beforehand. The Hessian's eigenvalue e shrinks the error along its direction by |1 - rate e| a step;
/// directions without eigenvalue never move. Exact for full batches, in the mean for fresh samples.
/// </summary>
public sealed class LearningPlan
{
    private readonly Spectrum _spectrum;

    /// <summary>The plan for data with this spectrum.</summary>
    /// <param name="spectrum">The spectrum of the data.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="rows">The number of rows that the spectrum was summed over.</param>
    /// <param name="targets">The number of targets.</param>
    /// <param name="batchSize">The rows a step; all of them when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row, or none in a batch.</exception>
    public LearningPlan(Spectrum spectrum, Loss loss, long rows, int targets, long? batchSize = null)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize ?? rows, nameof(batchSize));
        _spectrum = spectrum;
        Loss = loss;
        var batch = Math.Min(batchSize ?? rows, rows);
        var scale = 2 * loss.Scale(batch, targets) * ((double)batch / rows); // of the mean batch's Hessian
        Eigenvalues = [.. spectrum.Eigenvalues.Select(eigenvalue => scale * eigenvalue)];
    }

    /// <summary>The loss whose Hessian this is about.</summary>
    public Loss Loss { get; }

    /// <summary>The positive eigenvalues of the Hessian, descending.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>The least rate that no longer converges: 2 / largest eigenvalue.</summary>
    public double LargestStableLearningRate => Eigenvalues.Count == 0 ? double.PositiveInfinity : 2 / Eigenvalues[0];

    /// <summary>The rate that needs the fewest steps: 2 / (largest + least eigenvalue). Polyak, Introduction to Optimization, section 1.4.</summary>
    public double BestLearningRate => Eigenvalues.Count == 0 ? double.NaN : 2 / (Eigenvalues[0] + Eigenvalues[^1]);

    /// <summary>The factor that a step leaves of the error along the slowest direction.</summary>
    public double SlowestFactor(double learningRate) =>
        Eigenvalues.Count == 0 ? 0 : Math.Max(Math.Abs(1 - learningRate * Eigenvalues[0]), Math.Abs(1 - learningRate * Eigenvalues[^1]));

    /// <summary>How many steps the slowest direction takes to shrink by this factor, such as 1e-6; infinite when it does not.</summary>
    public double StepsToShrink(double learningRate, double factor) =>
        StepsFor(Eigenvalues.Select(eigenvalue => LogFactor(learningRate * eigenvalue)).DefaultIfEmpty(double.NegativeInfinity).Max(), factor);

    /// <summary>How gradient descent from a start approaches its limit.</summary>
    /// <param name="initialError">The start less the limit.</param>
    /// <param name="learningRate">The rate.</param>
    public GradientPath Path(AffineMap initialError, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(initialError);
        var lengths = new double[Eigenvalues.Count];
        for (var i = 0; i < lengths.Length; i++)
        {
            var direction = _spectrum.Eigenvector(i);
            for (var t = 0; t < initialError.TargetCount; t++)
            {
                var weights = initialError.WeightsOf(t);
                var length = direction.Length > weights.Length ? direction[^1] * initialError.Bias[t] : 0;
                for (var j = 0; j < weights.Length; j++)
                {
                    length += direction[j] * weights[j];
                }

                lengths[i] = double.Hypot(lengths[i], length);
            }
        }

        return new GradientPath([.. Eigenvalues.Select(eigenvalue => LogFactor(learningRate * eigenvalue))], lengths);
    }

    /// <summary>The fewest steps that shrink to the reduction, each by the factor with this logarithm.</summary>
    internal static double StepsFor(double logFactor, double reduction) => (logFactor, reduction) switch
    {
        (_, >= 1) => 0,
        ( >= 0, _) => double.PositiveInfinity,
        (double.NegativeInfinity, _) => 1,
        _ => Math.Ceiling(Math.Log(reduction) / logFactor),
    };

    /// <summary>log |1 - x|, to full accuracy for small x, where 1 - x has lost it.</summary>
    private static double LogFactor(double x)
    {
        var rest = 1 - x;
        return rest == 1 ? -x : x < 0.5 ? Math.Log(rest) * (x / (1 - rest)) : Math.Log(Math.Abs(rest)); // Higham, Accuracy and Stability, section 1.14.1
    }
}
