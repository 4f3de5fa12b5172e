using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Durbin and Watson's statistic, the sum of squared differences of neighbouring residuals over the sum of their squares, about 2 where neighbours have nothing in common;
/// with the normal approximation by its exact mean and variance. Durbin and Watson, Biometrika 37, 1950.
/// </summary>
internal sealed class Autocorrelation(int rank, int targets)
{
    private const int FewestDegreesOfFreedom = 3;

    private readonly double[,] _products = new double[rank, rank]; // of differences of coordinates
    private readonly double[] _differences = new double[targets]; // of residuals, squared
    private readonly double[] _previousResiduals = new double[targets];
    private double[] _previous = new double[rank];
    private double[] _beforeThat = new double[rank];
    private double _bends; // squared lengths of second differences
    private long _count;

    public void Add(ReadOnlySpan<double> coordinates, ReadOnlySpan<double> residuals)
    {
        _count++;
        for (var t = 0; t < targets; t++)
        {
            var step = residuals[t] - _previousResiduals[t];
            _differences[t] += _count > 1 ? step * step : 0;
        }

        for (var i = 0; i < rank && _count > 1; i++)
        {
            var step = coordinates[i] - _previous[i];
            var bend = _count > 2 ? step - (_previous[i] - _beforeThat[i]) : step;
            _bends += bend * bend;
            for (var j = 0; j < rank; j++)
            {
                _products[i, j] += step * (coordinates[j] - _previous[j]);
            }
        }

        residuals.CopyTo(_previousResiduals);
        (_previous, _beforeThat) = (_beforeThat, _previous);
        coordinates.CopyTo(_previous);
    }

    /// <summary>The test of one target; null where it cannot be made.</summary>
    public HypothesisTest? Test(LinearFit fit, int target)
    {
        var (freedom, p, q) = ((double)fit.ResidualDegreesOfFreedom, 2.0 * (fit.Rows - 1), 6.0 * fit.Rows - 8 - 2 * Bends());
        for (var i = 0; i < rank; i++)
        {
            p -= _products[i, i];
            for (var j = 0; j < rank; j++)
            {
                q += _products[i, j] * _products[i, j];
            }
        }

        var mean = p / freedom;
        var variance = 2 * (q - p * mean) / (freedom * (freedom + 2));
        if (freedom < FewestDegreesOfFreedom || !(variance > 0))
        {
            return null;
        }

        var statistic = _differences[target] / fit.ResidualSumOfSquares[target];
        return new HypothesisTest("durbin-watson", "Durbin-Watson", fit.Names.Targets[target], statistic, [], ChiSquared.UpperTail((statistic - mean) * (statistic - mean) / variance, 1));
    }

    /// <summary>The squared lengths of all second differences; at the last row the next one is taken to be the same.</summary>
    private double Bends()
    {
        var sum = _bends;
        for (var i = 0; i < rank; i++)
        {
            var last = _previous[i] - _beforeThat[i];
            sum += last * last;
        }

        return sum;
    }
}
