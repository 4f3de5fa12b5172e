using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>
/// Momentum, as PyTorch defines it: v = factor v + g, from v = 0, and the update is v, or g + factor v with Nesterov's
/// look ahead.
/// Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in deep learning, ICML 2013.
/// </summary>
/// <param name="Factor">At least 0, below 1.</param>
public sealed record Momentum(double Factor = 0.9) : Stage
{
    /// <summary>What stays of the velocity at each step.</summary>
    public double Factor { get; init => field = Setting.Factor(value, "momentum", nameof(Factor)); } =
        Setting.Factor(Factor, "momentum", nameof(Factor));

    /// <summary>Whether to look ahead.</summary>
    public bool Nesterov { get; init; }

    internal override bool PreservesNullSpace => true;

    internal override string Text => FormattableString.Invariant($"{(Nesterov ? "nesterov" : "momentum")}({Factor:R})");

    internal override StageState Start(int length)
    {
        return new State(this, length);
    }

    private sealed class State(Momentum settings, int length) : StageState
    {
        private readonly double[] _velocity = new double[length];

        public override IReadOnlyList<double[]> Memory => [_velocity];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Apply(ReadOnlySpan<double> parameters, Span<double> update)
        {
            var factor = Vector256.Create(settings.Factor);
            var own = Vector256.Create(settings.Nesterov ? 1.0 : 0);
            var ahead = Vector256.Create(settings.Nesterov ? settings.Factor : 1);
            for (var i = 0; i < update.Length; i += Vector256<double>.Count)
            {
                var gradient = Vector256.LoadUnsafe(ref update[i]);
                var velocity = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref _velocity[i]), gradient);
                velocity.StoreUnsafe(ref _velocity[i]);
                (own * gradient + ahead * velocity).StoreUnsafe(ref update[i]);
            }
        }
    }
}
