using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>
/// AdaGrad: the gradient over the root of the sum of its squares so far, each element by itself. It moves along
/// directions that the data do not determine.
/// Duchi, Hazan and Singer, Adaptive subgradient methods, J. Mach. Learn. Res. 12, 2011; PyTorch's definition and
/// defaults.
/// </summary>
/// <param name="Epsilon">Added to the root; positive.</param>
public sealed record AdaGradScaling(double Epsilon = 1e-10) : Stage
{
    /// <summary>What is added to the root, so that nothing is divided by 0.</summary>
    public double Epsilon { get; init => field = Setting.Positive(value, "epsilon", nameof(Epsilon)); } =
        Setting.Positive(Epsilon, "epsilon", nameof(Epsilon));

    internal override string Text => FormattableString.Invariant($"adagrad({Epsilon:R})");

    internal override StageState Start(int length)
    {
        return new State(Epsilon, length);
    }

    private sealed class State(double epsilon, int length) : StageState
    {
        private readonly double[] _square = new double[length];

        public override IReadOnlyList<double[]> Memory => [_square];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Apply(ReadOnlySpan<double> parameters, Span<double> update)
        {
            for (var i = 0; i < update.Length; i += Vector256<double>.Count)
            {
                var gradient = Vector256.LoadUnsafe(ref update[i]);
                var square = Vector256.LoadUnsafe(ref _square[i]) + gradient * gradient;
                square.StoreUnsafe(ref _square[i]);
                (gradient / (Vector256.Sqrt(square) + Vector256.Create(epsilon))).StoreUnsafe(ref update[i]);
            }
        }
    }
}
