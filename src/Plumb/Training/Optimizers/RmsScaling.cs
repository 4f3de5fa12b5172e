using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>
/// RMSProp: the gradient over the root of the running mean of its squares, each element by itself. It moves along
/// directions that the data do not determine.
/// Tieleman and Hinton, Lecture 6.5, COURSERA: Neural networks for machine learning, 2012; PyTorch's definition and
/// defaults.
/// </summary>
/// <param name="Alpha">What is kept of the mean of squares per step; at least 0, below 1.</param>
/// <param name="Epsilon">Added to the root; positive.</param>
public sealed record RmsScaling(double Alpha = 0.99, double Epsilon = 1e-8) : Stage
{
    /// <summary>What stays of the mean square at each step.</summary>
    public double Alpha { get; init => field = Setting.Factor(value, "alpha", nameof(Alpha)); } =
        Setting.Factor(Alpha, "alpha", nameof(Alpha));

    /// <summary>What is added to the root, so that nothing is divided by 0.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value, "epsilon", nameof(Epsilon)); } =
        Setting.Positive(Epsilon, "epsilon", nameof(Epsilon));

    internal override string Text => FormattableString.Invariant($"rms({Alpha:R}, {Epsilon:R})");

    internal override StageState Start(int length)
    {
        return new State(this, length);
    }

    private sealed class State(RmsScaling settings, int length) : StageState
    {
        private readonly double[] _square = new double[length];

        public override IReadOnlyList<double[]> Memory => [_square];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Apply(ReadOnlySpan<double> parameters, Span<double> update)
        {
            var alpha = settings.Alpha;
            var epsilon = Vector256.Create(settings.Epsilon);
            for (var i = 0; i < update.Length; i += Vector256<double>.Count)
            {
                var gradient = Vector256.LoadUnsafe(ref update[i]);
                var square = alpha * Vector256.LoadUnsafe(ref _square[i]) + (1 - alpha) * (gradient * gradient);
                square.StoreUnsafe(ref _square[i]);
                (gradient / (Vector256.Sqrt(square) + epsilon)).StoreUnsafe(ref update[i]);
            }
        }
    }
}
