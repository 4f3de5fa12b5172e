using Plumb.Numerics;

namespace Plumb.Training;

/// <summary>
/// Inputs centred at their means and divided by the power of two next to their standard deviation: x' = (x - centre)
/// 2^-exponent. Gradient descent needs fewer steps on such inputs,
/// and what it learns is folded back into the units of the data: W = W' 2^-exponent, which is exact, and b = b' - W
/// centre, which rounds once.
/// </summary>
public sealed class Standardization
{
    private readonly double[] _centres;
    private readonly int[] _exponents;

    private Standardization(double[] centres, int[] exponents) => (_centres, _exponents) = (centres, exponents);

    /// <summary>What is subtracted from each input.</summary>
    public IReadOnlyList<double> Centres => _centres;

    /// <summary>Each input is divided by 2 to this power.</summary>
    public IReadOnlyList<int> Exponents => _exponents;

    /// <summary>The standardization of these data.</summary>
    /// <param name="moments">The data, one row or more.</param>
    /// <param name="bias">Whether the map has a bias; without one, nothing can make up for a centre, and inputs are
    /// only divided, by what is next to their root mean square.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static Standardization Of(Moments moments, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Rows < 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"there are {moments.Rows} rows; scales need one or more."),
                nameof(moments));
        }

        var (centres, exponents) = (new double[moments.InputCount], new int[moments.InputCount]);
        for (var j = 0; j < centres.Length; j++)
        {
            centres[j] = bias ? Dyadic.Ratio(moments.InputSum(j), moments.WeightSum) : 0;
            var deviation = Dyadic.SquareRootOfRatio(Product(moments, j, j, centres[j], centres[j]), moments.WeightSum);
            exponents[j] = deviation > 0 && double.IsFinite(deviation) ? (int)Math.Round(Math.Log2(deviation)) : 0;
        }

        return new Standardization(centres, exponents);
    }

    /// <summary>The rows with standardized inputs; each value rounds once.</summary>
    public Dataset Apply(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Require(data.Inputs.Columns);
        return new Dataset(
            Matrix.Create(data.Rows, _centres.Length,
                (i, j) => Math.ScaleB(data.Inputs[i, j] - _centres[j], -_exponents[j])), data.Targets, data.Names)
        {
            Weights = data.Weights,
        };
    }

    /// <summary>The moments of the rows with standardized inputs, exactly.</summary>
    public Moments Apply(Moments moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        Require(moments.InputCount);
        var (inputs, targets) = (moments.InputCount, moments.TargetCount);
        var gram = new ExactGram(inputs + targets + 1);
        for (var j = 0; j < inputs; j++)
        {
            for (var i = 0; i <= j; i++)
            {
                gram.Add(i, j, Product(moments, i, j, _centres[i], _centres[j]).Scale(-_exponents[i] - _exponents[j]));
            }

            for (var t = 0; t < targets; t++)
            {
                gram.Add(j, inputs + t,
                    (moments.CrossProduct(j, t) - _centres[j] * moments.TargetSum(t)).Scale(-_exponents[j]));
            }

            gram.Add(j, inputs + targets,
                (moments.InputSum(j) - _centres[j] * moments.WeightSum).Scale(-_exponents[j]));
        }

        for (var t = 0; t < targets; t++)
        {
            for (var s = 0; s <= t; s++)
            {
                gram.Add(inputs + s, inputs + t, moments.TargetProduct(s, t));
            }

            gram.Add(inputs + t, inputs + targets, moments.TargetSum(t));
        }

        gram.Add(inputs + targets, inputs + targets, moments.WeightSum);
        return moments.WithSums(gram);
    }

    /// <summary>The same map for standardized inputs.</summary>
    public AffineMap Apply(AffineMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        Require(map.InputCount);
        return new AffineMap(
            Matrix.Create(map.TargetCount, map.InputCount, (t, j) => Math.ScaleB(map.WeightsOf(t)[j], _exponents[j])),
            Shifted(map, map.Weights, 1),
            map.Names);
    }

    /// <summary>The same map for the inputs as they are, from one for standardized inputs.</summary>
    public AffineMap Fold(AffineMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        Require(map.InputCount);
        var weights = Matrix.Create(map.TargetCount, map.InputCount,
            (t, j) => Math.ScaleB(map.WeightsOf(t)[j], -_exponents[j]));
        return new AffineMap(weights, Shifted(map, weights, -1), map.Names);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"centres {Shown.Numbers(_centres)}, units of powers {Shown.List(Exponents)} of 2";

    /// <summary>The sum over rows of (x_i - a) (x_j - b).</summary>
    private static Dyadic Product(Moments moments, int i, int j, double a, double b) =>
        moments.ParameterProduct(i, j) - a * moments.InputSum(j) - b * moments.InputSum(i)
            + (Dyadic)a * b * moments.WeightSum;

    /// <summary>b + sign W centre, with W in the units of the data; one rounding.</summary>
    private double[] Shifted(AffineMap map, Matrix weights, int sign)
    {
        var bias = new double[map.TargetCount];
        for (var t = 0; t < bias.Length; t++)
        {
            var sum = (Dyadic)map.Bias[t];
            for (var j = 0; j < _centres.Length; j++)
            {
                sum += (Dyadic)(sign * weights[t, j]) * _centres[j];
            }

            bias[t] = sum.ToDouble();
        }

        return bias;
    }

    private void Require(int inputs)
    {
        if (inputs != _centres.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"found {inputs} inputs, but the standardization has {_centres.Length}."));
        }
    }
}
