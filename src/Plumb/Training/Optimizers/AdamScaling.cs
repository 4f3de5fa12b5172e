using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>
/// Adam: the running mean of the gradients over the root of the running mean of their squares, each element by itself
/// and both corrected for their start at 0.
/// It moves along directions that the data do not determine. Kingma and Ba, Adam: a method for stochastic optimization,
/// ICLR 2015; PyTorch's definition and defaults.
/// </summary>
/// <param name="Beta1">What is kept of the mean per step; at least 0, below 1.</param>
/// <param name="Beta2">What is kept of the mean of squares per step; at least 0, below 1.</param>
/// <param name="Epsilon">Added to the root; positive.</param>
public sealed record AdamScaling(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Stage
{
    /// <summary>What stays of the mean gradient at each step.</summary>
    public double Beta1 { get; init => field = Setting.Factor(value, "first beta", nameof(Beta1)); } =
        Setting.Factor(Beta1, "first beta", nameof(Beta1));

    /// <summary>What stays of the mean square at each step.</summary>
    public double Beta2 { get; init => field = Setting.Factor(value, "second beta", nameof(Beta2)); } =
        Setting.Factor(Beta2, "second beta", nameof(Beta2));

    /// <summary>What is added to the root, so that nothing is divided by 0.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value, "epsilon", nameof(Epsilon)); } =
        Setting.Positive(Epsilon, "epsilon", nameof(Epsilon));

    internal override string Text => FormattableString.Invariant($"adam({Beta1:R}, {Beta2:R}, {Epsilon:R})");

    internal override StageState Start(int length)
    {
        return new State(this, length);
    }

    private sealed class State(AdamScaling settings, int length) : StageState
    {
        private readonly double[] _mean = new double[length];
        private readonly double[] _square = new double[length];
        private readonly double[] _start = [1, 1]; // what is left of the two starts at 0

        public override IReadOnlyList<double[]> Memory => [_mean, _square, _start];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Apply(ReadOnlySpan<double> parameters, Span<double> update)
        {
            var (beta1, beta2) = (settings.Beta1, settings.Beta2);
            _start[0] *= beta1;
            _start[1] *= beta2;
            var meanScale = 1 / (1 - _start[0]);
            var rootScale = 1 / Math.Sqrt(1 - _start[1]);
            var epsilon = Vector256.Create(settings.Epsilon);
            for (var i = 0; i < update.Length; i += Vector256<double>.Count)
            {
                var gradient = Vector256.LoadUnsafe(ref update[i]);
                var mean = beta1 * Vector256.LoadUnsafe(ref _mean[i]) + (1 - beta1) * gradient;
                var square = beta2 * Vector256.LoadUnsafe(ref _square[i]) + (1 - beta2) * (gradient * gradient);
                mean.StoreUnsafe(ref _mean[i]);
                square.StoreUnsafe(ref _square[i]);
                (meanScale * mean / (rootScale * Vector256.Sqrt(square) + epsilon)).StoreUnsafe(ref update[i]);
            }
        }
    }
}
