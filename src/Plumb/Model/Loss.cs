namespace Plumb;

/// <summary>
/// What training minimises: a multiple of the sum of |r|^2, r = W x + b - y, over n rows with q targets.
/// The convention fixes the gradient's and the Hessian's scale, and with them every learning rate.
/// </summary>
public sealed record Loss
{
    private readonly Func<long, int, double> _scale;

    private Loss(string name, string formula, Func<long, int, double> scale) =>
        (Name, Formula, _scale) = (name, formula, scale);

    /// <summary>The sum over rows of |r|^2.</summary>
    public static Loss Sum { get; } = new("sum", "sum of |r|^2", (_, _) => 1);

    /// <summary>The mean over rows of |r|^2.</summary>
    public static Loss Mean { get; } = new("mean", "mean over rows of |r|^2", (n, _) => 1.0 / n);

    /// <summary>Half the mean over rows of |r|^2.</summary>
    public static Loss HalfMean { get; } = new("half-mean", "half the mean over rows of |r|^2", (n, _) => 0.5 / n);

    /// <summary>The mean over rows and targets of r^2, as PyTorch and Keras have it.</summary>
    public static Loss Mse { get; } = new("mse", "mean over rows and targets of r^2", (n, q) => 1.0 / ((double)n * q));

    /// <summary>All conventions.</summary>
    public static IReadOnlyList<Loss> All { get; } = [Sum, Mean, HalfMean, Mse];

    /// <summary>The short name: sum, mean, half-mean or mse.</summary>
    public string Name { get; }

    /// <summary>The definition, in words.</summary>
    public string Formula { get; }

    /// <summary>
    /// The c in loss = c * (sum of |r|^2); the gradient is 2c * (sum of r z'), the Hessian 2c * (sum of z z') for each
    /// target, z = [x; 1].
    /// </summary>
    /// <param name="rows">The number of rows that the loss is taken over; in a batch, the batch's.</param>
    /// <param name="targets">The number of targets.</param>
    public double Scale(long rows, int targets) => _scale(rows, targets);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
