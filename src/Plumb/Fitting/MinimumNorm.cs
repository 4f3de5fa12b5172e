using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// Of all maps that fit equally well, the one with the smallest weights (least sum of squares); the bias goes free.
/// </summary>
internal sealed class MinimumNorm(Moments moments, NullSpace nullSpace, LeastSquares settings)
{
    private const int QuotientBits = 200;
    private const int CancelledBits = 40; // of a double-double's, so that the rest are a double's and some
    private const int MostInputs = 64; // with more, the equations that give all digits are large numbers, and many

    private readonly List<CoefficientTooLarge> _tooLarge = [];
    private readonly Once<ExactBias> _exactBias = new(() => new ExactBias(moments, nullSpace));

    /// <summary>The coefficients so far that no double holds.</summary>
    public IReadOnlyList<CoefficientTooLarge> TooLarge => _tooLarge;

    /// <summary>The map of one solution a target; what the data determine is taken from it as it is.</summary>
    /// <exception cref="ArithmeticException">A coefficient is too large for a double, and none is to be
    /// withheld.</exception>
    public AffineMap MapOf(TargetFit[] fits)
    {
        var matrix = new Matrix(fits.Length, moments.InputCount);
        var biases = new double[fits.Length];
        var isUnique = nullSpace.Count == 0 || settings.Ridge > 0;
        for (var t = 0; t < fits.Length; t++)
        {
            Dyadic[] weights = [.. fits[t].Weights.Select(weight => weight.Midpoint)];
            var smallest = isUnique ? weights : Reduce(weights);
            for (var j = 0; j < smallest.Length; j++)
            {
                smallest[j] = nullSpace.DeterminesWeight(j) ? weights[j] : smallest[j];
                matrix[t, j] = ToDouble(smallest[j], moments.Names.Inputs[j], t);
            }

            var bias = isUnique || nullSpace.DeterminesBias
                ? Dyadic.Quotient(fits[t].BiasSum.Midpoint, moments.WeightSum, QuotientBits) : Bias(t, smallest);
            biases[t] = settings.Bias ? ToDouble(bias, "bias", t) : 0;
        }

        return new AffineMap(matrix, biases, moments.Names);
    }

    private Dyadic[] Reduce(Dyadic[] weights)
    {
        var magnitude = weights.Max(value => value.Magnitude);
        var smallest =
            nullSpace.SplitOfWeights.OrthogonalPart(
                [.. weights.Select(value => DoubleDouble.Of(value.Scale(-magnitude)))]);
        return [.. smallest.Select(value => value.ToDyadic().Scale(magnitude))];
    }

    /// <summary>mean y - w . mean x; 0 where that is below the last digit that the weights let it have.</summary>
    private Dyadic Bias(int target, Dyadic[] weights)
    {
        var sum = moments.TargetSum(target);
        var largest = sum.Magnitude;
        for (var j = 0; j < weights.Length; j++)
        {
            var term = weights[j] * moments.InputSum(j);
            sum -= term;
            largest = Math.Max(largest, term.Magnitude);
        }

        if (sum.Magnitude < largest - CancelledBits && nullSpace.IsProved && moments.InputCount <= MostInputs)
        {
            return Dyadic.Quotient(_exactBias.Value.SumOf(target), moments.WeightSum, QuotientBits);
        }

        return sum.Magnitude < largest - PositiveDefiniteSolver.WantedBits ? Dyadic.Zero
            : Dyadic.Quotient(sum, moments.WeightSum, QuotientBits);
    }

    private double ToDouble(Dyadic value, string input, int target)
    {
        var result = value.ToDouble();
        if (!double.IsFinite(result))
        {
            var tooLarge = new CoefficientTooLarge(moments.Names.Targets[target], input, value.Sign, value.Log10());
            _tooLarge.Add(settings.WithholdTooLarge ? tooLarge : throw new ArithmeticException(tooLarge.ToString()));
        }

        return result;
    }
}
