using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// A row's place among the rows of a fit: its coordinates o in an orthonormal basis of what the inputs (and the constant) span, so that |o|^2 is its leverage.
/// With a bias, o = [1/sqrt(n); L^-1 (x - mean)], L L' the moments about the mean.
/// </summary>
internal sealed class RowCoordinates
{
    private readonly int[] _inputs; // independent ones
    private readonly double[] _means;
    private readonly double[][] _lower; // row by row up to the diagonal
    private readonly double[] _scales;
    private readonly double[] _constant; // 1/sqrt(n), or nothing

    public RowCoordinates(Moments moments, NullSpace nullSpace, bool bias)
    {
        _inputs = nullSpace.SplitOfWeights.Independent;
        _constant = bias ? [1 / Math.Sqrt(moments.Rows)] : [];
        _means = [.. _inputs.Select(j => bias ? Dyadic.Ratio(moments.InputSum(j), moments.WeightSum) : 0)];
        var solver = _inputs.Length > 0 ? new PositiveDefiniteSolver(NormalEquations.Of(moments, bias, ridge: 0).Matrix.Submatrix(_inputs)) : null;
        _lower = solver is null ? [] : [.. solver.Lower.Select(row => row.Select(value => value.High).ToArray())];
        var factor = bias ? Math.Sqrt(moments.Rows) : 1; // the equations are n times the moments about the mean
        _scales = solver is null ? [] : [.. solver.Scales.Select(scale => Math.ScaleB(factor, -scale))];
    }

    /// <summary>The number of coordinates: the fit's rank.</summary>
    public int Count => _constant.Length + _inputs.Length;

    /// <summary>The coordinates of a row.</summary>
    /// <param name="x">One number an input.</param>
    /// <param name="coordinates">Receives them; the constant's comes first.</param>
    public void Of(ReadOnlySpan<double> x, Span<double> coordinates)
    {
        _constant.CopyTo(coordinates);
        var o = coordinates[_constant.Length..];
        for (var i = 0; i < _inputs.Length; i++)
        {
            var sum = (x[_inputs[i]] - _means[i]) * _scales[i];
            var row = _lower[i];
            for (var j = 0; j < i; j++)
            {
                sum -= row[j] * o[j];
            }

            o[i] = sum / row[i];
        }
    }
}
