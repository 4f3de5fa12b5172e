using System.Globalization;
using System.Runtime.Intrinsics;
using Plumb.Numerics;

namespace Plumb.Training;

/// <summary>
/// Least squares on moments, in the error E = [W b] - limit: the loss is least + c (sum of E S E') and its gradient 2c
/// E S, S the sum of z z' over the rows, c the loss's scale.
/// The limit is the certified minimiser closest to the start, so no digit of it is lost in S's rounding. A gradient
/// costs the same however many rows there are.
/// </summary>
internal sealed class MomentProblem
{
    private readonly AffineMap _limit;
    private readonly double[] _sums; // S, (inputs + 1) x (inputs + 1); zeros for a bias that there is not
    private readonly int[] _places; // 0, 1, ..., inputs
    private readonly double _scale;
    private readonly double _leastSum;

    /// <exception cref="ArgumentException">The shapes disagree, the fit is of other settings, or losses are beyond the
    /// range of doubles.</exception>
    public MomentProblem(Loss loss, bool bias, AffineMap initial, LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Settings.Ridge != 0 || fit.Settings.Bias != bias)
        {
            throw new ArgumentException(
                "the fit must be without ridge, and with a bias just if one is trained.",
                nameof(fit));
        }

        var moments = fit.Moments;
        var inputs = moments.InputCount;
        if (initial.InputCount != inputs || initial.TargetCount != moments.TargetCount)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {inputs} inputs and {moments.TargetCount} targets, but the map has {initial.InputCount} "
                        + $"and {initial.TargetCount}."));
        }

        if (!bias && initial.Bias.ContainsAnyExcept(0.0))
        {
            throw new ArgumentException(
                "the map is trained without bias, but its start has one; start from a bias of 0.", nameof(initial));
        }

        _limit = fit.ClosestTo(initial);
        _scale = loss.Scale(moments.Rows, moments.TargetCount);
        _leastSum = fit.ResidualSumOfSquares.Sum();
        _places = [.. Enumerable.Range(0, inputs + 1)];
        _sums =
            Matrix.Create(inputs + 1, inputs + 1,
                (i, j) => bias || (i < inputs && j < inputs)
                    ? Dyadic.Ratio(moments.ParameterProduct(i, j), moments.Unit) : 0).Values.ToArray();
        Limit = ParameterBlock.Of(_limit);
        Start = ParameterBlock.Of(initial - _limit);
        TargetLoss =
            _scale
                * Enumerable.Range(0, moments.TargetCount)
                    .Sum(t => Dyadic.Ratio(moments.TargetProduct(t, t), moments.Unit));
        LossRange.Require(TargetLoss, "targets", nameof(fit));
        var gradient = new ParameterBlock(Start.Inputs, Start.Targets);
        Gradient(Start, gradient);
        StartLoss = Loss(Start, gradient);
        LossRange.Require(StartLoss, "residuals of the start", nameof(initial));
    }

    /// <summary>Of all minimisers the one closest to the start.</summary>
    public ParameterBlock Limit { get; }

    /// <summary>The error at the start.</summary>
    public ParameterBlock Start { get; }

    /// <summary>The loss at the start.</summary>
    public double StartLoss { get; }

    /// <summary>The loss of the map that predicts 0.</summary>
    public double TargetLoss { get; }

    /// <summary>The gradient at an error: 2c E S.</summary>
    public void Gradient(ParameterBlock error, ParameterBlock gradient)
    {
        gradient.Values.Clear();
        BatchKernel.AddGradient(error.Values, error.Stride, _sums, _places.Length, _places, gradient.Values);
        foreach (ref var value in gradient.Values)
        {
            value *= 2 * _scale;
        }
    }

    /// <summary>The loss at an error whose gradient is known.</summary>
    // Near an exact fit, rounding.
    public double Loss(ParameterBlock error,
        ParameterBlock gradient) => _scale * _leastSum + Math.Max(0, Dot(error.Values, gradient.Values) / 2);

    /// <summary>W and b at an error.</summary>
    public AffineMap Map(ParameterBlock error) => _limit + error.ToMap(_limit.Names);

    /// <summary>
    /// The sum of the products, element by element, in an order that does not depend on the width of vectors.
    /// </summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < left.Length; i += Vector256<double>.Count)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(in left[i]), Vector256.LoadUnsafe(in right[i]), sum);
        }

        return RowKernel.SumOf(sum);
    }
}
