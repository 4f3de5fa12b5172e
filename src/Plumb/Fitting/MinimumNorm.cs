using Plumb.Numerics;

namespace Plumb;

/// <summary>Of all maps that fit equally well, the one with the smallest weights (least sum of squares); the bias goes free.</summary>
internal sealed class MinimumNorm(Moments moments, NullSpace nullSpace, bool bias)
{
    private const int QuotientBits = 200;

    /// <summary>The map of weights that fit, one array a target.</summary>
    /// <exception cref="ArithmeticException">A coefficient is too large for a double.</exception>
    public AffineMap MapOf(Dyadic[][] weights)
    {
        var matrix = new Matrix(weights.Length, moments.InputCount);
        var biases = new double[weights.Length];
        for (var t = 0; t < weights.Length; t++)
        {
            var smallest = nullSpace.Count == 0 ? weights[t] : Reduce(weights[t]);
            for (var j = 0; j < smallest.Length; j++)
            {
                matrix[t, j] = ToDouble(smallest[j], moments.Names.Inputs[j], t);
            }

            biases[t] = bias ? ToDouble(Bias(t, smallest), "bias", t) : 0;
        }

        return new AffineMap(matrix, biases, moments.Names);
    }

    private Dyadic[] Reduce(Dyadic[] weights)
    {
        var magnitude = weights.Max(value => value.Magnitude);
        var smallest = nullSpace.SplitOfWeights.OrthogonalPart([.. weights.Select(value => DoubleDouble.Of(value.Scale(-magnitude)))]);
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

        return sum.Magnitude < largest - PositiveDefiniteSolver.WantedBits ? Dyadic.Zero : Dyadic.Quotient(sum, moments.WeightSum, QuotientBits);
    }

    private double ToDouble(Dyadic value, string input, int target)
    {
        var result = value.ToDouble();
        if (double.IsFinite(result))
        {
            return result;
        }

        var logarithm = value.Log10();
        var exponent = Math.Floor(logarithm);
        throw new ArithmeticException(FormattableString.Invariant($"the coefficient of '{input}' for target '{moments.Names.Targets[target]}' is about {value.Sign * Math.Pow(10, logarithm - exponent):F1}e{exponent}, which no double holds; give '{input}' or the target in other units."));
    }
}
