using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The directions in the space of one target's parameters (w, b) that change no prediction on any row: v with v . [x;
/// 1] = 0 throughout. Decided exactly.
/// The data say nothing about a map's part along them.
/// </summary>
public sealed class NullSpace
{
    private readonly Dyadic[][] _vectors; // count x (inputs + 1); the last is the bias
    private readonly Once<OrthogonalSplit> _split; // of weights and bias

    private NullSpace(IReadOnlyList<string> names, Dyadic[][] vectors, bool isProved, bool determinesBias,
        OrthogonalSplit splitOfWeights, Func<OrthogonalSplit> split)
    {
        (_vectors, IsProved, DeterminesBias, SplitOfWeights, _split) =
            (vectors, isProved, determinesBias, splitOfWeights, new Once<OrthogonalSplit>(split));
        Dependences = [.. vectors.Select(vector => ToDependence(names, vector))];
    }

    /// <summary>The number of such directions per target: parameters less rank.</summary>
    public int Count => _vectors.Length;

    /// <summary>
    /// Whether each direction was checked in fractions. Where these are long, as with more inputs than rows, two primes
    /// near 2^61 that agree tell instead: no proof, but none has been seen to err.
    /// </summary>
    public bool IsProved { get; }

    /// <summary>
    /// The relations between the inputs that leave the directions undetermined: each direction's elements are the
    /// relation's coefficients.
    /// </summary>
    public IReadOnlyList<Dependence> Dependences { get; }

    /// <summary>
    /// The split of weights, the bias left aside, at these directions. Its independent inputs are those to solve for.
    /// </summary>
    internal OrthogonalSplit SplitOfWeights { get; }

    /// <summary>Whether the data determine the weight of an input.</summary>
    public bool DeterminesWeight(int input) => Array.TrueForAll(_vectors, vector => vector[input].IsZero);

    /// <summary>Whether the data determine the bias.</summary>
    public bool DeterminesBias { get; }

    /// <summary>
    /// The part of a map (or of a difference of maps) along these directions: its orthogonal projection, lengths taken
    /// over weights and biases in the units of the data.
    /// </summary>
    public AffineMap Project(AffineMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return PartOf(map, AffineMap.Zero(map.InputCount, map.TargetCount), free: true);
    }

    /// <inheritdoc/>
    public override string ToString() => Count == 0 ? "every direction is determined"
        : $"{Shown.Count(Count, "undetermined direction")}: {Shown.Items(Dependences)}";

    /// <summary>
    /// The part of a difference of two maps along these directions, or orthogonal to them. The difference is taken
    /// exactly, so that little is lost where the two agree in many digits.
    /// </summary>
    internal AffineMap PartOf(AffineMap left, AffineMap right, bool free)
    {
        var weights = new Matrix(left.TargetCount, left.InputCount);
        var bias = new double[left.TargetCount];
        for (var t = 0; t < bias.Length; t++)
        {
            var difference = new DoubleDouble[left.InputCount + 1];
            for (var j = 0; j < left.InputCount; j++)
            {
                difference[j] = DoubleDouble.Sum(left.WeightsOf(t)[j], -right.WeightsOf(t)[j]);
            }

            difference[^1] = DoubleDouble.Sum(left.Bias[t], -right.Bias[t]);
            var orthogonal = Count == 0 ? difference : _split.Value.OrthogonalPart(difference);
            for (var j = 0; j < left.InputCount; j++)
            {
                weights[t, j] = (free ? difference[j] - orthogonal[j] : orthogonal[j]).High;
            }

            bias[t] = (free ? difference[^1] - orthogonal[^1] : orthogonal[^1]).High;
        }

        return new AffineMap(weights, bias, left.Names);
    }

    /// <summary>No directions: the equations have been proved nonsingular.</summary>
    internal static NullSpace None(Moments moments, NormalEquations equations)
    {
        var split = new OrthogonalSplit(equations.Matrix, equations.Matrix.Size);
        return new NullSpace(moments.Names.Inputs, [], isProved: true, determinesBias: true, split, () => split);
    }

    /// <summary>The directions of these equations.</summary>
    internal static NullSpace Of(Moments moments, NormalEquations equations, bool bias)
    {
        var rank = ExactRank.Of(equations.Matrix);
        var vectors = rank.NullVectors.Select(vector => WithBias(moments, vector, bias)).ToArray();
        var split = new OrthogonalSplit(equations.Matrix, rank.Independent.Count);
        var products = vectors.Length > 0 ? ParameterProducts(moments, bias) : null; // taken now: moments may change
        var isProved = rank.NullVectors.All(vector => vector.IsExact);

        // In a rounded null vector the bias can be lost to cancellation. It is undetermined where the inputs' own
        // products have a rank as high as with a bias.
        var determinesBias = Array.TrueForAll(vectors, vector => vector[^1].IsZero)
            && (isProved || !bias
                || !ExactRank.Exceeds(NormalEquations.Of(moments, bias: false, ridge: 0).Matrix,
                    rank.Independent.Count));
        return new NullSpace(moments.Names.Inputs, vectors, isProved, determinesBias, split,
            () => new OrthogonalSplit(products!, rank.Independent.Count + 1));
    }

    /// <summary>
    /// The sum over rows of z z', z = [x; 1]; a bias that there is not shares nothing with the inputs.
    /// </summary>
    private static ScaledMatrix ParameterProducts(Moments moments, bool bias)
    {
        var inputs = moments.InputCount;
        var products = new Dyadic[inputs + 1, inputs + 1];
        for (var i = 0; i <= inputs; i++)
        {
            for (var j = 0; j <= inputs; j++)
            {
                products[i, j] = bias || (i < inputs && j < inputs) ? moments.ParameterProduct(i, j) : Dyadic.Zero;
            }
        }

        products[inputs, inputs] = moments.WeightSum;
        return ScaledMatrix.Of(products);
    }

    /// <summary>One direction: weights, then bias; elements that are 0 are exactly 0.</summary>
    internal Dyadic[] Vector(int direction) => _vectors[direction];

    /// <summary>
    /// A null vector of the centred equations with the bias that keeps predictions the same: -(mean of x) . v.
    /// </summary>
    private static Dyadic[] WithBias(Moments moments, NullVector vector, bool bias)
    {
        var sum = Dyadic.Zero;
        var largest = sum.Magnitude;
        for (var j = 0; bias && j < vector.Elements.Length; j++)
        {
            var term = vector.Elements[j] * moments.InputSum(j);
            sum -= term;
            largest = Math.Max(largest, term.Magnitude);
        }

        if (!vector.IsExact)
        {
            var vanishes = sum.Magnitude < largest - PositiveDefiniteSolver.WantedBits;
            return [.. vector.Elements,
                vanishes ? Dyadic.Zero
                    : Dyadic.Quotient(sum, moments.WeightSum, 2 * PositiveDefiniteSolver.WantedBits)];
        }

        // In whole numbers throughout; the first is positive.
        Dyadic rows = bias ? moments.WeightSum : Dyadic.One;
        var whole = ExactRank.Primitive([.. vector.Elements.Select(value => rows * value), sum]);
        return whole.First(value => !value.IsZero).Sign < 0 ? [.. whole.Select(value => -value)] : whole;
    }

    private static Dependence ToDependence(IReadOnlyList<string> names, Dyadic[] vector)
    {
        // Small whole numbers stay as they are; others are given relative to the dependent column, the last one that is
        // not 0.
        const int SmallBits = 20;
        var unit = vector.All(value => value.Exponent >= 0 && value.Magnitude <= SmallBits) ? Dyadic.One
            : vector[..^1].Last(value => !value.IsZero);
        var numbers = Dependence.InRange(vector, unit);
        return new Dependence(names, numbers[..^1], numbers[^1], DependenceKind.Exact);
    }
}
