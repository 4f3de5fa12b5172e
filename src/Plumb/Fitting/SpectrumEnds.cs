using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The largest and the least eigenvalue of the sum over rows of z z', z = [x; 1] (or x without bias), without those
/// between: by products with the equations' matrix, and with its inverse factor, which is proved. With d the scales and
/// e the means, each times a unit, z z' sums to [d C d + e e', e u; u e', u u] and the inverse follows from that of C.
/// </summary>
internal sealed class SpectrumEnds
{
    private const int MostRange = 400; // of powers of two: squares of doubles hold twice that

    private readonly CertifiedInverse _inverse;
    private readonly PaddedRows _matrix; // C, scaled by powers of two
    private readonly double[] _scales; // d
    private readonly double[] _means; // e
    private readonly double _one; // u; 0 without bias
    private readonly int _size; // the inputs

    private SpectrumEnds(CertifiedInverse inverse, PaddedRows matrix, double[] scales, double[] means, double one) =>
        (_inverse, _matrix, _scales, _means, _one, _size) = (inverse, matrix, scales, means, one, matrix.Rows);

    /// <summary>The square roots of the largest and least eigenvalue; null where doubles do not tell them.</summary>
    /// <param name="moments">The data, in which no input depends on others.</param>
    /// <param name="solver">Solves the equations of all inputs.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="lengths">What each parameter's column is divided by, or 1.</param>
    public static (double Largest, double Least)? Of(Moments moments, PositiveDefiniteSolver solver, bool bias,
        Func<int, Dyadic>? lengths)
    {
        if (solver.Inverse is not CertifiedInverse inverse || solver.Scales.Any(scale => Math.Abs(scale) > MostRange))
        {
            return null;
        }

        var inputs = moments.InputCount;
        var root = Math.Sqrt((bias ? moments.WeightSum * moments.Unit : moments.Unit).ToDouble());
        var (scales, means) = (new double[inputs], new double[inputs]);
        for (var j = 0; j < inputs; j++)
        {
            var length = lengths is null ? 1 : Dyadic.SquareRootOfRatio(lengths(j), moments.Unit);
            scales[j] = Math.ScaleB(1 / root, solver.Scales[j]) / length;
            means[j] = bias ? moments.InputSum(j).ToDouble() / root / length : 0;
        }

        var one = !bias ? 0
            : lengths is null ? Dyadic.SquareRootOfRatio(moments.WeightSum, moments.Unit) : 1;
        var ends = new SpectrumEnds(inverse, solver.Packed.ToDoubleDouble().High, scales, means, one);
        var parameters = inputs + (bias ? 1 : 0);
        return Lanczos.Largest(parameters, ends.Multiply) is { } largest
            && Lanczos.Largest(parameters, ends.Solve) is { } inverseOfLeast
            && double.IsNormal(largest) && double.IsNormal(inverseOfLeast)
            ? (Math.Sqrt(largest), 1 / Math.Sqrt(inverseOfLeast)) : null;
    }

    private void Multiply(double[] x, double[] product)
    {
        var scaled = new double[_matrix.Stride];
        var sum = _one == 0 ? 0 : _one * x[_size];
        for (var j = 0; j < _size; j++)
        {
            scaled[j] = _scales[j] * x[j];
            sum += _means[j] * x[j];
        }

        var image = RowProducts.Multiply(_matrix, scaled);
        for (var j = 0; j < _size; j++)
        {
            product[j] = _scales[j] * image[j] + _means[j] * sum;
        }

        if (_one != 0)
        {
            product[_size] = _one * sum;
        }
    }

    private void Solve(double[] x, double[] product)
    {
        var scaled = new double[_matrix.Stride];
        var share = _one == 0 ? 0 : x[_size] / _one;
        for (var j = 0; j < _size; j++)
        {
            scaled[j] = (x[j] - _means[j] * share) / _scales[j];
        }

        var solution = _inverse.Solve(scaled);
        var sum = 0.0;
        for (var j = 0; j < _size; j++)
        {
            product[j] = solution[j] / _scales[j];
            sum += _means[j] * product[j];
        }

        if (_one != 0)
        {
            product[_size] = (share - sum) / _one;
        }
    }
}
