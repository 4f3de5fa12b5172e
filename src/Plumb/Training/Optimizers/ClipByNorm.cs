using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>
/// Shortens a gradient longer than the largest length, over weights and biases of all targets, to that length: times
/// largest / (length + 1e-6), as PyTorch's clip_grad_norm_ does.
/// Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, ICML 2013.
/// </summary>
/// <param name="Largest">The largest length; positive.</param>
public sealed record ClipByNorm(double Largest) : Stage
{
    /// <summary>The largest length.</summary>
    public double Largest
    {
        get;
        init => field = Setting.Positive(value, "largest length of a gradient", nameof(Largest));
    } =
        Setting.Positive(Largest, "largest length of a gradient", nameof(Largest));

    internal override bool PreservesNullSpace => true;

    internal override string Text => FormattableString.Invariant($"clip({Largest:R})");

    internal override StageState Start(int length)
    {
        return new State(Largest);
    }

    private sealed class State(double largest) : StageState
    {
        private const double Margin = 1e-6; // PyTorch's

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Apply(ReadOnlySpan<double> parameters, Span<double> update)
        {
            var squares = Vector256<double>.Zero;
            for (var i = 0; i < update.Length; i += Vector256<double>.Count)
            {
                var value = Vector256.LoadUnsafe(ref update[i]);
                squares = Vector256.FusedMultiplyAdd(value, value, squares);
            }

            var factor = largest / (Math.Sqrt(RowKernel.SumOf(squares)) + Margin);
            for (var i = 0; factor < 1 && i < update.Length; i++)
            {
                update[i] *= factor;
            }
        }
    }
}
