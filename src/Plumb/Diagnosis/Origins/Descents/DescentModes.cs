using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// The directions along which gradient descent on a sum of squares goes its way alone: the eigenvectors of X'X, X the
/// rows of [(x - centre) / unit; 1]. In doubles, as the descent itself was: rounding X'X by a part u of its largest
/// eigenvalue moves predictions after k steps by a part 2 k u.
/// </summary>
internal sealed class DescentModes
{
    private const double Least = 1e-15; // of the largest eigenvalue, per parameter: below, nothing moves

    private readonly double[] _lengths; // of the columns, in the scaling's units
    private readonly double[] _offsets; // of the columns' means from the centres, in these units, times the root of n
    private readonly double[][] _vectors;

    private DescentModes(GradientAtMap at, ColumnScaling scaling)
    {
        Scaling = scaling;
        _lengths = [.. Enumerable.Range(0, at.Size).Select(j => at.Lengths[j]
            / (j < at.InputCount ? scaling.InputUnits[j] : 1))];
        _offsets = [.. Enumerable.Range(0, at.InputCount).Select(j => at.Bias == BiasRole.None ? 0
            : (at.InputMeans[j] - scaling.InputCentres[j]) / scaling.InputUnits[j] * Math.Sqrt(at.Count))];
        double[][] gram = [.. Enumerable.Range(0, at.Size).Select(i => Enumerable.Range(0, at.Size).Select(j =>
            _lengths[i] * at.Hessian[i, j] * _lengths[j]
            + (at.Bias == BiasRole.None ? 0 : ShiftOf(at, i) * ShiftOf(at, j))
            - (i == j && i == at.InputCount ? at.Count : 0)).ToArray())];
        (Eigenvalues, _vectors) = JacobiEigenvectors.Of(gram);
        var count = Eigenvalues.Count(value => value > Least * at.Size * Eigenvalues[0]);
        Eigenvalues = Eigenvalues[..count];
    }

    /// <summary>How inputs were taken.</summary>
    public ColumnScaling Scaling { get; }

    /// <summary>Descending, positive.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>The directions for a gradient's data; null where an input does not vary, or is out of range.</summary>
    /// <param name="at">A gradient without bias, or with the bias at the means.</param>
    /// <param name="scaling">How inputs were taken; without bias, not centred.</param>
    public static DescentModes? Of(GradientAtMap at, ColumnScaling scaling) =>
        at.Lengths.All(length => length > 0) && new DescentModes(at, scaling) is var modes
            && double.IsFinite(modes.Eigenvalues.Sum()) && modes.Eigenvalues.Length > 0 ? modes : null;

    /// <summary>A gradient's parts.</summary>
    public double[] OfGradient(double[] gradient) =>
        Turned([.. gradient.Select((value, j) => j < _offsets.Length
            ? _lengths[j] * value + (gradient.Length > _offsets.Length ? _offsets[j] * gradient[^1] : 0)
            : _lengths[j] * value)]);

    /// <summary>The parts of weights, as <see cref="GradientAtMap.Weights"/> has them.</summary>
    public double[] OfWeights(double[] weights)
    {
        double[] own = [.. weights.Select((value, j) => value / _lengths[j])];
        if (own.Length > _offsets.Length)
        {
            own[^1] -= _offsets.Select((offset, j) => offset * own[j]).Sum() / _lengths[^1];
        }

        return Turned(own);
    }

    /// <summary>Weights of parts.</summary>
    public double[] ToWeights(double[] parts)
    {
        var own = new double[_lengths.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            for (var j = 0; j < own.Length; j++)
            {
                own[j] += parts[i] * _vectors[i][j];
            }
        }

        var shift = _offsets.Select((offset, j) => offset * own[j]).Sum();
        return [.. own.Select((value, j) => _lengths[j] * value + (j == _offsets.Length ? shift : 0))];
    }

    private double ShiftOf(GradientAtMap at, int j) => j < at.InputCount ? _offsets[j] : Math.Sqrt(at.Count);

    private double[] Turned(double[] values) => [.. Eigenvalues.Select((_, i) =>
        _vectors[i].Select((element, j) => element * values[j]).Sum())];
}
