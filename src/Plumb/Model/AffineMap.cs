using System.Globalization;

namespace Plumb;

/// <summary>
/// The affine map y = W x + b; also a point of the vector space of all such maps, so maps can be subtracted and
/// measured.
/// </summary>
public sealed class AffineMap : IEquatable<AffineMap>
{
    private readonly double[] _bias;
    private readonly Matrix _weights;

    /// <summary>The map with these weights and this bias, both copied.</summary>
    /// <param name="weights">W, targets x inputs.</param>
    /// <param name="bias">b, one number per target.</param>
    /// <param name="names">The names of inputs and targets; x1.., y1.. when left out.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public AffineMap(Matrix weights, ReadOnlySpan<double> bias, VariableNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (bias.Length != weights.Rows)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the bias has {bias.Length} elements, but the weights have {weights.Rows} rows (targets); give "
                        + $"one bias a target."), nameof(bias));
        }

        Names = names ?? VariableNames.Default(weights.Columns, weights.Rows);
        if (Names.Inputs.Count != weights.Columns || Names.Targets.Count != weights.Rows)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"there are names for {Names.Inputs.Count} inputs and {Names.Targets.Count} targets, but the "
                        + $"weights are {weights.Rows} x {weights.Columns} (targets x inputs)."), nameof(names));
        }

        _weights = weights.Clone();
        _bias = bias.ToArray();
    }

    /// <summary>The number of inputs: the length of x.</summary>
    public int InputCount => _weights.Columns;

    /// <summary>The number of targets: the length of y.</summary>
    public int TargetCount => _weights.Rows;

    /// <summary>The names of the inputs and targets.</summary>
    public VariableNames Names { get; }

    /// <summary>W, targets x inputs.</summary>
    public Matrix Weights => _weights;

    /// <summary>b, one number per target.</summary>
    public ReadOnlySpan<double> Bias => _bias;

    /// <summary>The weights of one target, one per input.</summary>
    public ReadOnlySpan<double> WeightsOf(int target) => _weights.Row(target);

    /// <summary>
    /// The Euclidean length over all weights and biases: the square root of the sum of their squares.
    /// </summary>
    public double Norm
    {
        get
        {
            var largest = 0.0;
            foreach (var value in _weights.Values)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            foreach (var value in _bias)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            if (largest == 0 || !double.IsFinite(largest))
            {
                return largest;
            }

            var sum = 0.0;
            foreach (var value in _weights.Values)
            {
                sum += value / largest * (value / largest);
            }

            foreach (var value in _bias)
            {
                sum += value / largest * (value / largest);
            }

            return largest * Math.Sqrt(sum);
        }
    }

    /// <summary>y = W x + b.</summary>
    /// <param name="x">One number per input.</param>
    /// <param name="y">Receives one number per target.</param>
    /// <exception cref="ArgumentException">A length is not the map's.</exception>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        Require(x.Length, InputCount, "x", "inputs");
        Require(y.Length, TargetCount, "y", "targets");
        for (var i = 0; i < y.Length; i++)
        {
            var row = _weights.Row(i);
            var sum = _bias[i];
            for (var j = 0; j < row.Length; j++)
            {
                sum += row[j] * x[j];
            }

            y[i] = sum;
        }
    }

    /// <summary>y = W x + b, as a new array.</summary>
    public double[] Apply(ReadOnlySpan<double> x)
    {
        var y = new double[TargetCount];
        Apply(x, y);
        return y;
    }

    /// <summary>
    /// A map whose weights and biases are drawn uniformly from [0, 1): weights row by row, then the bias.
    /// </summary>
    public static AffineMap Random(int inputs, int targets, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var weights = Matrix.Create(targets, inputs, (_, _) => random.NextDouble());
        var bias = new double[targets];
        for (var i = 0; i < targets; i++)
        {
            bias[i] = random.NextDouble();
        }

        return new AffineMap(weights, bias);
    }

    /// <summary>The map with all weights and biases zero.</summary>
    public static AffineMap Zero(int inputs, int targets) => new(new Matrix(targets, inputs), new double[targets]);

    /// <summary>The same map with other names.</summary>
    public AffineMap Named(VariableNames names) => new(_weights, _bias, names);

    /// <summary>The difference of two maps, parameter by parameter.</summary>
    public static AffineMap operator -(AffineMap left, AffineMap right) => Combine(left, right, -1);

    /// <summary>The sum of two maps, parameter by parameter.</summary>
    public static AffineMap operator +(AffineMap left, AffineMap right) => Combine(left, right, 1);

    /// <summary>The same weights and bias, to the bit; names are not compared.</summary>
    public bool Equals(AffineMap? other) => other is not null && _weights.Equals(other._weights)
        && _bias.AsSpan().SequenceEqual(other._bias);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AffineMap);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_weights, TargetCount > 0 ? _bias[0] : 0,
        InputCount * TargetCount > 0 ? _weights[0, 0] : 0);

    /// <summary>One equation per target, such as y = 2 x1 - 3 x2 + 1, in six digits.</summary>
    public override string ToString()
    {
        const int MostEquations = 4;
        var equations = Enumerable.Range(0, Math.Min(TargetCount, MostEquations)).Select(EquationOf);
        return string.Join("; ", equations) + (TargetCount <= MostEquations ? ""
            : $"; ... ({Shown.Count(TargetCount - MostEquations, "more target")})");
    }

    private string EquationOf(int target)
    {
        IEnumerable<(double, string)> terms = WeightsOf(target).ToArray().Zip(Names.Inputs);
        return Names.Targets[target] + " = " + LinearText.Sum(_bias[target] == 0 && InputCount > 0 ? terms
            : terms.Append((_bias[target], "")));
    }

    private static AffineMap Combine(AffineMap left, AffineMap right, double factor)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        Require(right.InputCount, left.InputCount, nameof(right), "inputs");
        Require(right.TargetCount, left.TargetCount, nameof(right), "targets");
        var weights = Matrix.Create(left.TargetCount, left.InputCount,
            (i, j) => left._weights[i, j] + factor * right._weights[i, j]);
        var bias = new double[left.TargetCount];
        for (var i = 0; i < bias.Length; i++)
        {
            bias[i] = left._bias[i] + factor * right._bias[i];
        }

        return new AffineMap(weights, bias, left.Names);
    }

    private static void Require(int found, int expected, string what, string unit)
    {
        if (found != expected)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{what}' has {found} {unit}, but the map has {expected}."), what);
        }
    }
}
