using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The bias of the smallest weights to all its digits, also where it is little beside what it is the difference of. Of
/// all solutions of C w = c the smallest is orthogonal to the null vectors v,
/// and so the only one of (C + sum of s v v') w = c, s > 0: equations that are not singular, are known exactly, and can
/// be solved to any digit.
/// </summary>
internal sealed class ExactBias
{
    private readonly NormalEquations _equations;
    private readonly int[] _columns;
    private readonly FitEquations _whole; // with the null vectors added

    /// <summary>Sets up the equations.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="nullSpace">The null vectors, which must be proved.</param>
    public ExactBias(Moments moments, NullSpace nullSpace)
    {
        _equations = NormalEquations.Of(moments, bias: true, ridge: 0);
        _columns = [.. Enumerable.Range(0, moments.InputCount)];
        var matrix = new Dyadic[_columns.Length, _columns.Length];
        foreach (var i in _columns)
        {
            foreach (var j in _columns)
            {
                matrix[i, j] = _equations.Matrix[i, j];
            }
        }

        for (var k = 0; k < nullSpace.Count; k++)
        {
            Add(matrix, nullSpace.Vector(k));
        }

        _whole = new FitEquations(moments, _equations, new PositiveDefiniteSolver(ScaledMatrix.Of(matrix)), _columns)
        {
            Bias = true,
            Penalty = Dyadic.Zero,
        };
    }

    /// <summary>The bias of a target times the sum of the rows' weights.</summary>
    public Dyadic SumOf(int target) => TargetFit.Of(_whole, target).BiasSum.Midpoint;

    /// <summary>
    /// Adds s v v', s a power of two such that no diagonal element grows by more than itself or so: columns of all
    /// units keep theirs.
    /// </summary>
    private void Add(Dyadic[,] matrix, Dyadic[] vector)
    {
        bool Counts(int j) => !vector[j].IsZero && !_equations.Matrix[j, j].IsZero;
        int PowerOf(int j) => _equations.Matrix[j, j].Magnitude - 2 * vector[j].Magnitude;
        int[] powers = [.. _columns.Where(Counts).Select(PowerOf)];
        var power = powers.Length > 0 ? powers.Min() : 0;
        foreach (var i in _columns)
        {
            foreach (var j in _columns)
            {
                matrix[i, j] += (vector[i] * vector[j]).Scale(power);
            }
        }
    }
}
