namespace Plumb;

/// <summary>
/// A direction v in the space of one target's parameters [weights; bias]: moving along it changes the prediction at x
/// by v . [x; 1].
/// </summary>
/// <param name="Weights">One number per input.</param>
/// <param name="Bias">The share of the bias.</param>
public sealed record Direction(IReadOnlyList<double> Weights, double Bias)
{
    /// <summary>One number per input.</summary>
    public IReadOnlyList<double> Weights { get; init => field = ValueList.Of(value); } = ValueList.Of(Weights);

    // Of the sum of magnitudes: thousands of roundings, yet far below any real effect.
    private const double RoundingShare = 1e-12;

    /// <summary>
    /// Whether x distinguishes maps that differ along this direction: |v . z| > 1e-12 (sum of |v_k z_k|), z = [x; 1].
    /// When the sums overflow it does, to be on the safe side.
    /// </summary>
    /// <param name="x">One number per input.</param>
    /// <exception cref="ArgumentException">x has another length than the direction.</exception>
    public bool IsExcitedBy(ReadOnlySpan<double> x)
    {
        if (x.Length != Weights.Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"x has {x.Length} inputs, but the direction has {Weights.Count}."),
                nameof(x));
        }

        var sum = Bias;
        var magnitude = Math.Abs(Bias);
        for (var j = 0; j < x.Length; j++)
        {
            var term = Weights[j] * x[j];
            sum += term;
            magnitude += Math.Abs(term);
        }

        return !double.IsFinite(magnitude) || Math.Abs(sum) > RoundingShare * magnitude;
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Direction), PrintMembers);
}
