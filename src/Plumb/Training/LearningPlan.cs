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
    public LearningPlan(Spectrum spectrum, Loss loss, long rows, int targets, long? batchSize = null)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        ArgumentNullException.ThrowIfNull(loss);
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
    public double StepsToShrink(double learningRate, double factor) => StepsFor(SlowestFactor(learningRate), factor);

    /// <summary>How gradient descent from a start approaches its limit.</summary>
    /// <param name="initialError">The start less the limit.</param>
    /// <param name="learningRate">The rate.</param>
    public GradientPath Path(AffineMap initialError, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(initialError);
        var squares = new double[Eigenvalues.Count];
        for (var i = 0; i < squares.Length; i++)
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

                squares[i] += length * length;
            }
        }

        return new GradientPath([.. Eigenvalues.Select(eigenvalue => 1 - learningRate * eigenvalue)], squares);
    }

    internal static double StepsFor(double factor, double reduction) => (factor, reduction) switch
    {
        (_, >= 1) => 0,
        ( >= 1, _) => double.PositiveInfinity,
        (0, _) => 1,
        _ => Math.Ceiling(Math.Log(reduction) / Math.Log(factor)),
    };
}
