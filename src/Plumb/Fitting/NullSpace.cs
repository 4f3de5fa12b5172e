using System.Numerics;
using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The directions in the space of one target's parameters (w, b) that change no prediction on any row: v with v . [x; 1] = 0 throughout. Decided exactly.
/// The data say nothing about a map's part along them.
/// </summary>
public sealed class NullSpace
{
    private readonly BigInteger[][] _vectors; // count x (inputs + 1), whole numbers; the last is the bias
    private readonly OrthonormalBasis _basis;

    private NullSpace(IReadOnlyList<string> names, int[] independent, BigInteger[][] vectors)
    {
        _vectors = vectors;
        _basis = OrthonormalBasis.Of([.. vectors.Select(vector => vector.Select(value => new Dyadic(value, 0)).ToArray())]);
        Independent = independent;
        Dependences = [.. vectors.Select(vector => ToDependence(names, vector))];
    }

    /// <summary>The number of such directions a target: parameters less rank.</summary>
    public int Count => _vectors.Length;

    /// <summary>The relations between the inputs that make the directions free: each direction's elements are the relation's coefficients.</summary>
    public IReadOnlyList<Dependence> Dependences { get; }

    /// <summary>Those inputs that do not depend on inputs before them.</summary>
    internal int[] Independent { get; }

    /// <summary>Whether the data determine the weight of an input.</summary>
    public bool DeterminesWeight(int input) => Array.TrueForAll(_vectors, vector => vector[input].IsZero);

    /// <summary>Whether the data determine the bias.</summary>
    public bool DeterminesBias => Array.TrueForAll(_vectors, vector => vector[^1].IsZero);

    /// <summary>The part of a map (or of a difference of maps) along these directions: its orthogonal projection, lengths taken over weights and biases in the units of the data.</summary>
    public AffineMap Project(AffineMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var weights = new Matrix(map.TargetCount, map.InputCount);
        var bias = new double[map.TargetCount];
        for (var t = 0; t < bias.Length; t++)
        {
            var parameters = new DoubleDouble[map.InputCount + 1];
            for (var j = 0; j < map.InputCount; j++)
            {
                parameters[j] = map.WeightsOf(t)[j];
            }

            parameters[^1] = map.Bias[t];
            var projection = _basis.Split(parameters);
            for (var j = 0; j < map.InputCount; j++)
            {
                weights[t, j] = projection[j].High;
            }

            bias[t] = projection[^1].High;
        }

        return new AffineMap(weights, bias, map.Names);
    }

    /// <summary>The directions of these equations.</summary>
    internal static NullSpace Of(Moments moments, NormalEquations equations, bool bias)
    {
        var rank = ExactRank.Of(equations.Matrix.Whole);
        var vectors = rank.NullVectors.Select(vector => WithBias(moments, equations.Matrix.Exponents, vector, bias));
        return new NullSpace(moments.Names.Inputs, [.. rank.Independent], [.. vectors]);
    }

    /// <summary>The weights' part of each direction, exactly.</summary>
    internal IReadOnlyList<Dyadic[]> WeightVectors() =>
        [.. _vectors.Select(vector => vector[..^1].Select(value => new Dyadic(value, 0)).ToArray())];

    /// <summary>One direction, exactly: weights, then bias.</summary>
    internal BigInteger[] Vector(int direction) => _vectors[direction];

    /// <summary>A null vector of the centred equations in the units of the data, with the bias that keeps predictions the same: -(mean of x) . v.</summary>
    private static BigInteger[] WithBias(Moments moments, int[] exponents, BigInteger[] vector, bool bias)
    {
        Dyadic rows = bias ? moments.Rows : 1L;
        var parameters = new Dyadic[vector.Length + 1];
        for (var j = 0; j < vector.Length; j++)
        {
            var element = new Dyadic(vector[j], -exponents[j]);
            parameters[j] = rows * element;
            parameters[^1] -= bias ? element * moments.InputSum(j) : Dyadic.Zero;
        }

        var grid = parameters.Where(value => !value.IsZero).Min(value => value.Exponent);
        var whole = ExactRank.Primitive([.. parameters.Select(value => value.OnGrid(grid))]);
        return whole.First(value => !value.IsZero).Sign < 0 ? [.. whole.Select(value => -value)] : whole;
    }

    private static Dependence ToDependence(IReadOnlyList<string> names, BigInteger[] vector)
    {
        // Whole numbers beyond a double's are given relative to the largest.
        var magnitude = vector.Max(value => new Dyadic(value, 0).Magnitude);
        var scale = magnitude > 53 ? -magnitude : 0;
        var numbers = vector.Select(value => new Dyadic(value, scale).ToDouble()).ToArray();
        return new Dependence(names, numbers[..^1], numbers[^1], DependenceKind.Exact);
    }
}
