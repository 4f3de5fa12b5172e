using Plumb.Numerics;

namespace Plumb.Experiments;

/// <summary>What a number of rows tell of the parameters, and how much another row would add.</summary>
internal sealed class RowInformation
{
    private readonly Moments _moments; // of the inputs alone
    private readonly LinearFit _fit;
    private readonly RowCoordinates _place;
    private readonly double[] _variances; // of weights and bias
    private readonly OrthonormalBasis? _free; // of the null space, in units of the candidates
    private readonly double[] _units; // of weights' inputs, then 1 for the bias
    private readonly double[] _coordinates;
    private readonly double[] _parameters;

    /// <summary>The information in rows.</summary>
    /// <param name="moments">The rows' moments, inputs alone.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="units">The largest magnitude that each input has among the candidates.</param>
    public RowInformation(Moments moments, bool bias, double[] units)
    {
        _moments = moments;
        _units = [.. units, 1];
        _fit = new LeastSquares { Bias = bias }.Fit(moments);
        _place = new RowCoordinates(moments, _fit.NullSpace, bias);
        _coordinates = new double[_place.Count];
        _parameters = new double[_units.Length];
        _variances = new double[_units.Length];
        _place.Variances(_variances);
        _free = _fit.IsIdentified ? null
            : OrthonormalBasis.Of([.. Enumerable.Range(0, _fit.NullSpace.Count).Select(FreeDirection)]);
    }

    public int Rank => _fit.Rank;

    public bool IsComplete => _fit.IsIdentified;

    /// <summary>The relation that holds on every row; only where something is free.</summary>
    public string Relation => _fit.NullSpace.Dependences[0].Text;

    /// <summary>Standard errors for noise of standard deviation 1.</summary>
    public double[] UnitErrors =>
        [.. _variances.Select((value, j) =>
            (j < _moments.InputCount ? _fit.NullSpace.DeterminesWeight(j)
                : _fit.Settings.Bias && _fit.NullSpace.DeterminesBias) ? Math.Sqrt(value) : double.NaN)];

    /// <summary>The information with another row.</summary>
    public RowInformation With(ReadOnlySpan<double> x)
    {
        var more = _moments.Clone();
        more.Add(x, []);
        return new RowInformation(more, _fit.Settings.Bias, _units[..^1]);
    }

    /// <summary>
    /// How far a row leaves what all others span, squared, relative to its own length: 0 where it adds nothing to the
    /// rank.
    /// </summary>
    public double Excitation(ReadOnlySpan<double> x)
    {
        var z = new DoubleDouble[_units.Length];
        var length = 0.0;
        for (var j = 0; j < z.Length; j++)
        {
            z[j] = j < x.Length ? x[j] / _units[j] : _fit.Settings.Bias ? 1 : 0;
            length += z[j].High * z[j].High;
        }

        const double Rounding = 1e-28; // of double-double arithmetic, squared, with room for cancellation
        var excited = _free!.Split(z).Sum(value => value.High * value.High);
        return excited > Rounding * length ? excited : 0;
    }

    /// <summary>
    /// By what factor a row would improve on a goal. Fedorov, Theory of Optimal Experiments, 1972, section 2.5: |M + z
    /// z'| = |M| (1 + z' M^-1 z), and (M + z z')^-1 = M^-1 - M^-1 z z' M^-1 / (1 + z' M^-1 z).
    /// </summary>
    public double Gain(ExperimentGoal goal, ReadOnlySpan<double> x)
    {
        _place.Of(x, _coordinates);
        var growth = 1 + SumOfSquares(_coordinates);
        if (goal is ExperimentGoal.Determinant)
        {
            return growth;
        }

        _place.Solve(_coordinates, _parameters);
        var (before, less) = goal is ExperimentGoal.OneParameter { Input: var input }
            ? (_variances[input], _parameters[input] * _parameters[input])
            : (_variances.Sum(), SumOfSquares(_parameters));
        return before / (before - less / growth);
    }

    private DoubleDouble[] FreeDirection(int index)
    {
        var vector = _fit.NullSpace.Vector(index);
        var largest = vector.Select((value, j) => (value * _units[j]).Abs()).Aggregate((a, b) => a > b ? a : b);
        return [.. vector.Select((value, j) =>
            DoubleDouble.Of(Dyadic.Quotient(value * _units[j], largest, PositiveDefiniteSolver.WantedBits)))];
    }

    private static double SumOfSquares(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}
