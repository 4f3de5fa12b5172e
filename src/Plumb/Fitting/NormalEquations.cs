using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The least-squares equations C w = c for the weights, exactly: with a bias, moments about the mean times the number
/// of rows, n Sxx - Sx Sx' and n Sxy - Sx Sy;
/// without one, the plain moments.
/// </summary>
internal sealed class NormalEquations
{
    private NormalEquations(ScaledMatrix matrix, Dyadic[][] rightHandSides, Dyadic[] totals) =>
        (Matrix, RightHandSides, Totals) = (matrix, rightHandSides, totals);

    /// <summary>C, inputs x inputs.</summary>
    public ScaledMatrix Matrix { get; }

    /// <summary>c, targets x inputs.</summary>
    public Dyadic[][] RightHandSides { get; }

    /// <summary>Each target's sum of squares, on C's scale: n Syy - Sy Sy or Syy.</summary>
    public Dyadic[] Totals { get; }

    /// <summary>Whether a sum of squares is negative, which that of rows never is.</summary>
    public bool HasNegativeSquares =>
        Totals.Any(total => total.Sign < 0) || Enumerable.Range(0, Matrix.Size).Any(j => Matrix.SignOf(j, j) < 0);

    /// <summary>The equations of these moments.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="bias">Whether the map has a bias.</param>
    /// <param name="ridge">Added to the sum of squares for each weight squared; the bias goes free.</param>
    public static NormalEquations Of(Moments moments, bool bias, double ridge) =>
        Of(moments, bias, [.. Enumerable.Repeat((Dyadic)ridge, moments.InputCount)]);

    /// <summary>The equations of these moments.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="bias">Whether the map has a bias.</param>
    /// <param name="penalties">One an input: added to the sum of squares for its weight squared; negative ones take
    /// away what noise in the input added.</param>
    public static NormalEquations Of(Moments moments, bool bias, Dyadic[] penalties)
    {
        Dyadic rows = moments.WeightSum;
        var unit = moments.Unit;
        ExactSum count = rows;
        ExactSum Centre(in ExactSum product, in ExactSum left, in ExactSum right) => bias
            ? ExactSum.Determinant(count, product, left, right) : product;

        var inputs = moments.InputCount;
        var triangle = new ExactSums(UpperTriangle.Length(inputs));
        ExactSum[] sums = [.. Enumerable.Range(0, inputs).Select(moments.InputSum)];
        ParallelFor.ForEach(inputs, i =>
        {
            for (var (j, place) = (i, UpperTriangle.Place(i, i, inputs)); j < inputs; j++, place++)
            {
                triangle[place] = Centre(moments.InputProductSum(i, j), sums[i], sums[j]);
            }

            triangle.Add(UpperTriangle.Place(i, i, inputs), (bias ? rows * penalties[i] : penalties[i]) * unit, 1);
        });

        var rightHandSides = new Dyadic[moments.TargetCount][];
        var totals = new Dyadic[moments.TargetCount];
        for (var t = 0; t < rightHandSides.Length; t++)
        {
            ExactSum sum = moments.TargetSum(t);
            rightHandSides[t] = new Dyadic[inputs];
            for (var j = 0; j < inputs; j++)
            {
                rightHandSides[t][j] = Centre(moments.CrossProduct(j, t), sums[j], sum).Value;
            }

            totals[t] = Centre(moments.TargetProduct(t, t), sum, sum).Value;
        }

        return new NormalEquations(ScaledMatrix.Of(triangle, inputs), rightHandSides, totals);
    }

    /// <summary>
    /// Whether a target is an exact combination of the inputs (and the constant), so that all residuals are 0.
    /// </summary>
    public bool IsConsistent(int target)
    {
        var inputs = Matrix.Size;
        var extended = new Dyadic[inputs + 1, inputs + 1];
        for (var i = 0; i < inputs; i++)
        {
            for (var j = 0; j < inputs; j++)
            {
                extended[i, j] = Matrix[i, j];
            }

            extended[i, inputs] = extended[inputs, i] = RightHandSides[target][i];
        }

        extended[inputs, inputs] = Totals[target];
        return !ExactRank.Of(ScaledMatrix.Of(extended)).Independent.Contains(inputs);
    }
}
