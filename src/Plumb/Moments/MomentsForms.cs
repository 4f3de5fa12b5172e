using Plumb.Numerics;

namespace Plumb;

/// <summary>Quadratic forms of moments, exact but for one rounding at the end.</summary>
internal static class MomentsForms
{
    /// <summary>The sum over rows of (w . x + b - y)^2 for each target of a map of the moments' shape.</summary>
    public static double[] SquaredResiduals(Moments moments, AffineMap map) =>
        [.. moments.ExactSquaredResiduals(map).Select(sum => Dyadic.Ratio(sum, moments.Unit))];

    /// <summary>The same exactly, in the moments' unit.</summary>
    public static Dyadic[] ExactSquaredResiduals(this Moments moments, AffineMap map)
    {
        var sums = new Dyadic[moments.TargetCount];
        for (var t = 0; t < sums.Length; t++)
        {
            var coefficients = ParametersOf(map, t);
            var sum = moments.TargetProduct(t, t);
            for (var i = 0; i < coefficients.Length; i++)
            {
                var cross = i < moments.InputCount ? moments.CrossProduct(i, t) : moments.TargetSum(t);
                var inner = -cross - cross;
                for (var j = 0; j < coefficients.Length; j++)
                {
                    inner += coefficients[j] * moments.ParameterProduct(i, j);
                }

                sum += coefficients[i] * inner;
            }

            sums[t] = sum;
        }

        return sums;
    }

    /// <summary>The root of the sum over rows of a map's squared predictions of one target.</summary>
    public static double PredictionLength(this Moments moments, AffineMap map, int target) =>
        moments.PredictionLength(ParametersOf(map, target));

    /// <summary>The root of the sum over rows of (v . [x; 1])^2.</summary>
    public static double PredictionLength(this Moments moments, Dyadic[] vector)
    {
        // v'Sv = sum over i of v[i] (S[i, i] v[i] + 2 (sum over j > i of S[i, j] v[j])); S is symmetric.
        var sum = Dyadic.Zero;
        for (var i = 0; i < vector.Length; i++)
        {
            if (vector[i].IsZero)
            {
                continue;
            }

            var rest = Dyadic.Zero;
            for (var j = i + 1; j < vector.Length; j++)
            {
                rest += vector[j].IsZero ? Dyadic.Zero : vector[j] * moments.ParameterProduct(i, j);
            }

            sum += vector[i] * (vector[i] * moments.ParameterProduct(i, i) + rest + rest);
        }

        return Dyadic.SquareRootOfRatio(sum, moments.Unit);
    }

    private static Dyadic[] ParametersOf(AffineMap map, int target) =>
        [.. map.WeightsOf(target).ToArray().Append(map.Bias[target]).Select(value => (Dyadic)value)];
}
