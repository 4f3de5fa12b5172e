using System.Runtime.CompilerServices;
using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// A row's place among the rows of a fit: its coordinates o in an orthonormal basis of what the inputs (and the
/// constant) span, so that |o|^2 is its leverage.
/// With a bias, o = [1/sqrt(n); L^-1 (x - mean)], L L' the moments about the mean. With z = [x; 1] and M the sum of z
/// z', z' M^-1 z = |o|^2.
/// </summary>
internal sealed class RowCoordinates
{
    private readonly int[] _inputs; // independent ones
    private readonly double[] _means;
    private readonly double[] _meansLow; // what these lack
    private readonly double[][] _lower; // row by row up to the diagonal
    private readonly double[] _scales;
    private readonly double[] _constant; // 1/sqrt(n), or nothing

    public RowCoordinates(Moments moments, NullSpace nullSpace, bool bias)
    {
        // The equations are n times the moments about the mean.
        var root = Dyadic.SquareRootOfRatio(bias ? moments.WeightSum * moments.Unit : moments.Unit, Dyadic.One);
        _inputs = nullSpace.SplitOfWeights.Independent;
        _constant = bias ? [1 / Dyadic.SquareRootOfRatio(moments.WeightSum, moments.Unit)] : [];
        _means = [.. _inputs.Select(j => bias ? Dyadic.Ratio(moments.InputSum(j), moments.WeightSum) : 0)];
        _meansLow =
            [.. _inputs.Select((j, k) => bias
                ? Dyadic.Ratio(moments.InputSum(j) - (Dyadic)_means[k] * moments.WeightSum, moments.WeightSum) : 0)];
        var solver = _inputs.Length > 0
            ? new PositiveDefiniteSolver(NormalEquations.Of(moments, bias, ridge: 0).Matrix.Submatrix(_inputs)) : null;
        _lower = solver is null ? [] : [.. solver.Lower.Select(row => row.Select(value => value.High).ToArray())];
        _scales = solver is null ? [] : [.. solver.Scales.Select(scale => Math.ScaleB(root, -scale))];
    }

    /// <summary>The number of coordinates: the fit's rank.</summary>
    public int Count => _constant.Length + _inputs.Length;

    /// <summary>The independent inputs, one a coordinate other than the constant's.</summary>
    public IReadOnlyList<int> Inputs => _inputs;

    /// <summary>The coordinate of the constant; null without bias.</summary>
    public double? Constant => _constant.Length > 0 ? _constant[0] : null;

    /// <summary>The means of the independent inputs; zeros without bias.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>An element of L, lower triangular: L L' are the moments about the mean of independent inputs.</summary>
    public double Factor(int row, int column) => _lower[row][column] / _scales[row];

    /// <summary>What brings each independent input to about length 1, over all rows.</summary>
    public IReadOnlyList<double> Scales => _scales;

    /// <summary>The coordinates of several rows, but for the constant's.</summary>
    /// <param name="inputs">A column per input.</param>
    /// <param name="length">How many elements of each, in whole octets.</param>
    /// <param name="power">What is computed is in units of 2^-power.</param>
    /// <param name="scaled">Receives a column an independent input: it, less its mean, scaled to about length
    /// 1.</param>
    /// <param name="coordinates">Receives a column a coordinate.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OfColumns(double[][] inputs, int length, int power, double[][] scaled, double[][] coordinates)
    {
        for (var i = 0; i < _inputs.Length; i++)
        {
            var own = scaled[i].AsSpan(0, length);
            ColumnKernels.Standardize(inputs[_inputs[i]].AsSpan(0, length), _means[i], _meansLow[i],
                Math.ScaleB(_scales[i], power), own);
            ColumnKernels.Substitute(own, _lower[i].AsSpan(0, i), coordinates, 1 / _lower[i][i],
                coordinates[i].AsSpan(0, length));
        }
    }

    /// <summary>The coordinates of a row.</summary>
    /// <param name="x">One number per input.</param>
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

    /// <summary>M^-1 z of the row z with these coordinates, by independent inputs: 0 at the others.</summary>
    /// <param name="coordinates">The row's coordinates.</param>
    /// <param name="parameters">Receives a number per input, then one for the bias: 0 without.</param>
    public void Solve(ReadOnlySpan<double> coordinates, Span<double> parameters)
    {
        parameters.Clear();
        var o = coordinates[_constant.Length..];
        var atMeans = 0.0;
        for (var i = _inputs.Length - 1; i >= 0; i--)
        {
            var sum = o[i];
            for (var k = i + 1; k < _inputs.Length; k++)
            {
                sum -= _lower[k][i] * parameters[_inputs[k]] / _scales[k];
            }

            parameters[_inputs[i]] = sum / _lower[i][i] * _scales[i];
            atMeans += parameters[_inputs[i]] * _means[i];
        }

        parameters[^1] = _constant.Length > 0 ? coordinates[0] * _constant[0] - atMeans : 0;
    }

    /// <summary>
    /// The diagonal of M^-1, by independent inputs: the variances of the parameters in units of the noise's.
    /// </summary>
    /// <param name="variances">Receives a number per input, then one for the bias: 0 at dependent inputs, and without
    /// bias.</param>
    public void Variances(Span<double> variances)
    {
        variances.Clear();
        var (unit, column) = (new double[Count], new double[variances.Length]);
        for (var k = 0; k < Count; k++)
        {
            unit[k] = 1;
            Solve(unit, column);
            unit[k] = 0;
            for (var j = 0; j < column.Length; j++)
            {
                variances[j] += column[j] * column[j];
            }
        }
    }
}
