using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The eigenvalues and eigenvectors of the sum over rows of z z', z = [x; 1] (or x without bias), in the units of the
/// data:
/// times a loss's scale, the Hessian that gradient descent sees. Computed from a factor of the exact matrix, so small
/// eigenvalues are right too.
/// </summary>
public sealed class Spectrum
{
    private readonly SingularValue[] _values; // of the matrix whose rows are the z
    private readonly SingularValue[] _scaledValues; // of the same once each column has length 1
    private readonly Matrix _factor; // column j of an R with R'R = the matrix, divided by 2^scales[j], is row j
    private readonly int[] _scales;

    private Spectrum(SingularValue[] values, SingularValue[] scaledValues, Matrix factor, int[] scales) =>
        (_values, _scaledValues, _factor, _scales, Eigenvalues) = (values, scaledValues, factor, scales,
            [.. values.Select(value => Math.ScaleB(value.Fraction * value.Fraction, 2 * value.Exponent))]);

    /// <summary>
    /// The positive eigenvalues, descending: as many as the rank (less those of columns that are 25 digits from
    /// dependence). Those beyond the range of doubles come out as 0 or infinity.
    /// </summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>The number of parameters per target: inputs, and 1 for the bias.</summary>
    public int Parameters { get; private init; }

    /// <summary>
    /// The ratio of the largest to the smallest positive singular value of the matrix of the inputs (and the column of
    /// ones) with each column scaled to length 1.
    /// Belsley, Kuh and Welsch, Regression Diagnostics, section 3.2.
    /// </summary>
    public double ConditionNumber { get; private init; }

    /// <summary>
    /// By what factor the singular values of the same matrix fall after so many; NaN where none is left, infinite where
    /// what is left cannot be told from 0.
    /// </summary>
    internal double GapAfter(int count, int rank) =>
        count < 1 || count >= rank ? double.NaN : count >= _scaledValues.Length ? double.PositiveInfinity
            : Ratio(_scaledValues[count - 1], _scaledValues[count]);

    /// <summary>One eigenvector: an element per input, then the bias if there is one.</summary>
    public ReadOnlySpan<double> Eigenvector(int index) => _values[index].Vector;

    /// <inheritdoc/>
    public override string ToString() =>
        $"condition number {Shown.Number(ConditionNumber)}, eigenvalues {Shown.List(Eigenvalues)}";

    /// <summary>The root of an eigenvalue.</summary>
    internal double RootOfEigenvalue(int index) => Math.ScaleB(_values[index].Fraction, _values[index].Exponent);

    /// <summary>
    /// The root of the sum over rows of a map's squared predictions of one target: |R v|, in doubles, which cost as
    /// much as a step of gradient descent.
    /// </summary>
    internal double PredictionLength(AffineMap map, int target)
    {
        var weights = map.WeightsOf(target);
        var sums = new double[_factor.Columns];
        for (var j = 0; j < _factor.Rows; j++)
        {
            var value = Math.ScaleB(j < weights.Length ? weights[j] : map.Bias[target], _scales[j]);
            var row = _factor.Row(j);
            for (var k = 0; value != 0 && k < row.Length; k++)
            {
                sums[k] += value * row[k];
            }
        }

        var length = 0.0;
        foreach (var sum in sums)
        {
            length = double.Hypot(length, sum);
        }

        return length;
    }

    /// <summary>
    /// A map's parts along the eigenvectors, each times what a function makes of its eigenvalue; nothing else of it is
    /// kept.
    /// </summary>
    /// <param name="map">The map.</param>
    /// <param name="factor">The factor of a part whose eigenvalue, scaled, is given.</param>
    /// <param name="scale">The scale of the eigenvalues.</param>
    internal AffineMap Filter(AffineMap map, Func<double, double> factor, double scale)
    {
        var weights = new Matrix(map.TargetCount, map.InputCount);
        var bias = new double[map.TargetCount];
        for (var i = 0; i < _values.Length; i++)
        {
            var vector = Eigenvector(i);
            var kept = factor(scale * Eigenvalues[i]);
            for (var t = 0; t < map.TargetCount; t++)
            {
                var length = vector.Length > map.InputCount ? vector[^1] * map.Bias[t] : 0;
                for (var j = 0; j < map.InputCount; j++)
                {
                    length += vector[j] * map.WeightsOf(t)[j];
                }

                for (var j = 0; j < map.InputCount; j++)
                {
                    weights[t, j] += kept * length * vector[j];
                }

                bias[t] += vector.Length > map.InputCount ? kept * length * vector[^1] : 0;
            }
        }

        return new AffineMap(weights, bias, map.Names);
    }

    internal static Spectrum Of(Moments moments, NullSpace nullSpace, bool bias)
    {
        // Columns are scaled by powers of two to a length near 1 until the very end, so that any range of units will
        // do.
        var parameters = moments.InputCount + (bias ? 1 : 0);
        var scales = Enumerable.Range(0, parameters)
            .Select(j => (moments.ParameterProduct(j, j).Magnitude - moments.Unit.Magnitude + 1) >> 1).ToArray();
        var columns = Factor(moments, nullSpace, bias, scales);
        var rank = columns.Length == 0 ? 0 : columns[0].Length;
        var scaled = ScaledValues([.. columns.Select(column => (DoubleDouble[])column.Clone())]);
        var factor = Matrix.Create(parameters, rank, (j, k) => columns[j][k].High);
        return new Spectrum(SingularValues.Of(columns, scales), scaled, factor, scales)
        {
            Parameters = parameters,
            ConditionNumber = rank == 0 ? double.NaN : scaled.Length < rank ? double.PositiveInfinity
                : Ratio(scaled[0], scaled[^1]),
        };
    }

    /// <summary>
    /// The columns of an R with R'R = the matrix, parameters x rank, column j divided by 2^scales[j]. With a bias its
    /// last row is that of the column of ones, and the others are
    /// the factor of the moments about the mean: these are exact, so an input far from 0 loses nothing.
    /// </summary>
    private static DoubleDouble[][] Factor(Moments moments, NullSpace nullSpace, bool bias, int[] scales)
    {
        var split = nullSpace.SplitOfWeights;
        var independent = split.Independent;
        var solver =
            new PositiveDefiniteSolver(NormalEquations.Of(moments, bias, ridge: 0).Matrix.Submatrix(independent));
        var unit = bias ? moments.WeightSum * moments.Unit : moments.Unit; // that of squares on the equations' scale
        var root = DoubleDouble.Sqrt(DoubleDouble.Of(unit));
        var columns = scales.Select(_ => new DoubleDouble[independent.Length + (bias ? 1 : 0)]).ToArray();
        for (var k = 0; k < independent.Length; k++)
        {
            var j = independent[k];
            for (var i = 0; i <= k; i++)
            {
                columns[j][i] = solver.Lower[k][i].Scale(solver.Scales[k] - scales[j]) / root;
            }
        }

        for (var d = 0; d < split.Dependent.Length; d++)
        {
            var dependent = split.Dependent[d];
            for (var k = 0; k < independent.Length; k++)
            {
                Add(columns[dependent], split.Factor(k, d).Scale(scales[independent[k]] - scales[dependent]),
                    columns[independent[k]]);
            }
        }

        for (var j = 0; bias && j < columns.Length; j++)
        {
            columns[j][^1] = DoubleDouble.Of(moments.ParameterProduct(j, moments.InputCount).Scale(-scales[j])) / root;
        }

        return columns;
    }

    private static void Add(DoubleDouble[] sum, DoubleDouble factor, DoubleDouble[] term)
    {
        for (var k = 0; k < sum.Length; k++)
        {
            sum[k] += factor * term[k];
        }
    }

    /// <summary>The singular values once each column has length 1; the columns are used up.</summary>
    private static SingularValue[] ScaledValues(DoubleDouble[][] columns)
    {
        foreach (var column in columns)
        {
            var length = DoubleDouble.Sqrt(column.Aggregate((DoubleDouble)0, (sum, value) => sum + value * value));
            for (var k = 0; k < column.Length && length.High > 0; k++)
            {
                column[k] /= length;
            }
        }

        return SingularValues.Of(columns, new int[columns.Length]);
    }

    private static double Ratio(SingularValue left, SingularValue right) =>
        Math.ScaleB(left.Fraction / right.Fraction, left.Exponent - right.Exponent);
}
