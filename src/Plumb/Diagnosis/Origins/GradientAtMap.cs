using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// The gradient of half the sum of squares at a map, X'(y - X w), and its Hessian X'X, formed from exact moments and
/// rounded once, in units that rescaling columns does not change:
/// each column over its own length, each target over its own. With a bias that goes free, columns are taken about their
/// means, and what the bias leaves stands apart.
/// </summary>
internal sealed class GradientAtMap
{
    private readonly Moments _moments;
    private readonly Dyadic _count; // on the scale of the sums
    private readonly bool _isCentred;

    private GradientAtMap(Moments moments, AffineMap map, BiasRole bias)
    {
        (_moments, Map, Bias, _count) = (moments, map, bias, moments.WeightSum);
        _isCentred = bias is BiasRole.Free or BiasRole.PenalizedAtMeans;
        InputCount = moments.InputCount;
        Size = InputCount + (bias is BiasRole.Penalized or BiasRole.PenalizedAtMeans ? 1 : 0);
        Count = Dyadic.Ratio(_count, moments.Unit);
        InputMeans = [.. Enumerable.Range(0, InputCount).Select(j => Dyadic.Ratio(moments.InputSum(j), _count))];
        var scales = new int[Size];
        Lengths = new double[Size];
        for (var j = 0; j < Size; j++)
        {
            var square = Product(j, j);
            scales[j] = square.IsZero ? 0 : (square.Magnitude + 1) >> 1;
            Lengths[j] = Dyadic.SquareRootOfRatio(square, Denominator);
        }

        Hessian = new double[Size, Size];
        double[] units = [.. Enumerable.Range(0, Size).Select(j =>
            Dyadic.SquareRootOfRatio(Product(j, j).Scale(-2 * scales[j]), Denominator))];
        for (var j = 0; j < Size; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                Hessian[j, k] = Hessian[k, j] = Lengths[j] == 0 || Lengths[k] == 0 ? 0
                    : Dyadic.Ratio(Product(j, k).Scale(-scales[j] - scales[k]), Denominator) / (units[j] * units[k]);
            }
        }

        TargetLengths = new double[map.TargetCount];
        (Weights, Gradients, BiasLeft) = (new double[map.TargetCount][], new double[map.TargetCount][],
            new double[map.TargetCount]);
        for (var t = 0; t < map.TargetCount; t++)
        {
            SetTarget(t, scales, units);
        }
    }

    /// <summary>The map.</summary>
    public AffineMap Map { get; }

    /// <summary>What becomes of its bias.</summary>
    public BiasRole Bias { get; }

    /// <summary>The sum of the rows' weights.</summary>
    public double Count { get; }

    /// <summary>The number of inputs; those that do not vary included, with length 0.</summary>
    public int InputCount { get; }

    /// <summary>The number of parameters that can be penalised: <see cref="InputCount"/>, and 1 for a bias that
    /// is.</summary>
    public int Size { get; }

    /// <summary>The columns' lengths, about their means where the bias goes free.</summary>
    public double[] Lengths { get; }

    /// <summary>The targets' lengths, likewise.</summary>
    public double[] TargetLengths { get; }

    /// <summary>The inputs' means.</summary>
    public double[] InputMeans { get; }

    /// <summary>Size x size, with a diagonal of ones.</summary>
    public double[,] Hessian { get; }

    /// <summary>Targets x size: weights times the column's length over the target's.</summary>
    public double[][] Weights { get; }

    /// <summary>Targets x size.</summary>
    public double[][] Gradients { get; }

    /// <summary>The mean residual times the root of the number of rows, over the target's length, where the bias goes
    /// free; else 0.</summary>
    public double[] BiasLeft { get; }

    /// <summary>The gradient at a map.</summary>
    public static GradientAtMap Of(Moments moments, AffineMap map, BiasRole bias) => new(moments, map, bias);

    /// <summary>The map that lies so far from this one.</summary>
    /// <param name="steps">Targets x size, in this gradient's units.</param>
    public AffineMap Step(double[][] steps)
    {
        var weights = Matrix.Create(Map.TargetCount, InputCount, (t, j) => Lengths[j] == 0 ? 0
            : steps[t][j] * (TargetLengths[t] / Lengths[j]));
        var bias = new double[Map.TargetCount];
        for (var t = 0; t < bias.Length; t++)
        {
            bias[t] = Bias switch
            {
                BiasRole.None => 0,
                BiasRole.Free => BiasLeft[t] * TargetLengths[t] / Math.Sqrt(Count) - AtMeans(weights, t),
                BiasRole.Penalized => steps[t][^1] * TargetLengths[t] / Lengths[^1],
                _ => steps[t][^1] * TargetLengths[t] / Lengths[^1] - AtMeans(weights, t),
            };
        }

        return new AffineMap(weights, bias, Map.Names);
    }

    /// <summary>The length of predictions, x' Hessian x, of one target's weights in these units.</summary>
    public double Length(double[] weights) => Math.Sqrt(Math.Max(0, Inner(weights, weights)));

    /// <summary>The inner product of the predictions of two sets of weights.</summary>
    public double Inner(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var j = 0; j < Size; j++)
        {
            var row = 0.0;
            for (var k = 0; k < Size; k++)
            {
                row += Hessian[j, k] * right[k];
            }

            sum += left[j] * row;
        }

        return sum;
    }

    private double AtMeans(Matrix weights, int target) =>
        Enumerable.Range(0, InputCount).Sum(j => weights[target, j] * InputMeans[j]);

    private Dyadic Denominator => _isCentred ? _count * _moments.Unit : _moments.Unit;

    /// <summary>The sum of products of two columns, times what the denominator takes off.</summary>
    private Dyadic Product(int left, int right) => !_isCentred ? _moments.ParameterProduct(left, right)
        : left == InputCount || right == InputCount ? left == right ? _count * _count : Dyadic.Zero
        : _count * _moments.InputProduct(left, right) - _moments.InputSum(left) * _moments.InputSum(right);

    private void SetTarget(int target, int[] scales, double[] units)
    {
        Dyadic[] parameters = [.. Map.WeightsOf(target).ToArray().Append(Map.Bias[target]).Select(value =>
            (Dyadic)value)];
        Dyadic Residual(int j)
        {
            var left = j < InputCount ? _moments.CrossProduct(j, target) : _moments.TargetSum(target);
            for (var k = 0; k < parameters.Length; k++)
            {
                left -= _moments.ParameterProduct(j, k) * parameters[k];
            }

            return left;
        }

        var (square, sum) = (_moments.TargetProduct(target, target), _moments.TargetSum(target));
        square = _isCentred ? _count * square - sum * sum : square;
        TargetLengths[target] = Dyadic.SquareRootOfRatio(square, Denominator);
        var scale = square.IsZero ? 0 : (square.Magnitude + 1) >> 1;
        var unit = Dyadic.SquareRootOfRatio(square.Scale(-2 * scale), Denominator);
        var (gradient, weights) = (Gradients[target] = new double[Size], Weights[target] = new double[Size]);
        if (unit == 0)
        {
            return;
        }

        var atOne = Residual(InputCount);
        for (var j = 0; j < Size; j++)
        {
            if (Lengths[j] == 0)
            {
                continue;
            }

            var value = j == InputCount ? atOne : Residual(j);
            value = !_isCentred ? value : j == InputCount ? _count * value
                : _count * value - _moments.InputSum(j) * atOne;
            gradient[j] = Dyadic.Ratio(value.Scale(-scales[j] - scale), Denominator) / (units[j] * unit);
            weights[j] = j < InputCount ? Map.WeightsOf(target)[j] * (Lengths[j] / TargetLengths[target])
                : (Map.Bias[target]
                    + (_isCentred ? AtMeans(Map.Weights, target) : 0)) * (Lengths[j] / TargetLengths[target]);
        }

        if (Bias == BiasRole.Free)
        {
            BiasLeft[target] = Dyadic.Ratio(atOne.Scale(-scale), _moments.Unit) / (Math.Sqrt(Count) * unit);
        }
    }
}
