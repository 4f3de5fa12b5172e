using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>
/// Adds a multiple of the parameters, biases included, to the update. Before all other stages it is the gradient of a
/// ridge penalty, factor/2 (sum of squared parameters), as PyTorch's weight_decay;
/// after <see cref="AdamScaling"/> it is that of AdamW. Either way training no longer ends at the best fit. Loshchilov
/// and Hutter, Decoupled weight decay regularization, ICLR 2019.
/// </summary>
/// <param name="Factor">The multiple; 0 or more.</param>
public sealed record WeightDecay(double Factor) : Stage
{
    /// <summary>What part of the parameters is added to the gradient.</summary>
    public double Factor { get; init => field = Setting.NotNegative(value, "weight decay", nameof(Factor)); } =
        Setting.NotNegative(Factor, "weight decay", nameof(Factor));

    internal override string Text => FormattableString.Invariant($"decay({Factor:R})");

    internal override StageState Start(int length)
    {
        return new State(Factor);
    }

    private sealed class State(double factor) : StageState
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Apply(ReadOnlySpan<double> parameters, Span<double> update)
        {
            for (var i = 0; i < update.Length; i += Vector256<double>.Count)
            {
                (Vector256.LoadUnsafe(ref update[i]) + factor * Vector256.LoadUnsafe(in parameters[i])).StoreUnsafe(
                    ref update[i]);
            }
        }
    }
}
