using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Durbin and Watson's statistic, the sum of squared differences of neighbouring residuals over the sum of their
/// squares, about 2
/// where neighbours have nothing in common. Durbin and Watson, Biometrika 37, 1950.
/// </summary>
internal sealed class OrderTests
{
    private const int FewestDegreesOfFreedom = 3;

    private readonly RowFrame _frame;
    private readonly RowSums _sums;
    private readonly NeighbourSums _neighbours;
    private readonly IReadOnlyList<(double Statistic, double PValue)>? _exact; // a target, where rows are few
    private readonly double _mean;
    private readonly double _variance;

    /// <summary>The moments of the statistic, which depend on the inputs alone.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="sums">The sums over all rows.</param>
    /// <param name="neighbours">The sums over neighbouring rows.</param>
    /// <param name="exact">Statistics with exact probabilities, per target, where rows are few; null elsewhere.</param>
    public OrderTests(RowFrame frame, RowSums sums, NeighbourSums neighbours,
        IReadOnlyList<(double Statistic, double PValue)>? exact)
    {
        (_frame, _sums, _neighbours, _exact) = (frame, sums, neighbours, exact);
        var (rows, freedom) = (frame.Fit.Rows, (double)frame.Fit.ResidualDegreesOfFreedom);
        var unit = Math.ScaleB(1, -2 * frame.Power);
        var trace = neighbours.Steps() * unit;
        var p = 2.0 * (rows - 1) - trace;
        var products = neighbours.HasCoordinates ? SumOfSquaredProducts(unit) : trace * trace / frame.Place.Count;
        var q = 6.0 * rows - 8 - 2 * neighbours.Bends() * unit + products;
        _mean = p / freedom;
        _variance = 2 * (q - p * _mean) / (freedom * (freedom + 2));
    }

    /// <summary>The test of a target; null where it cannot be made.</summary>
    public HypothesisTest? DurbinWatson(int target)
    {
        var (residual, step) = (_frame.PlaceOfTarget(target) + 2, NeighbourSums.PlaceOfTarget(target) + 2);
        var statistic = (_neighbours[step, step] / _sums.Weighted(residual, residual)).High;
        return _frame.Fit.ResidualDegreesOfFreedom >= FewestDegreesOfFreedom && _variance > 0
            ? new HypothesisTest("durbin-watson", "Durbin-Watson", _frame.Names.Targets[target], statistic, [],
                _exact?[target].PValue ?? PValue(statistic))
            : null;
    }

    /// <summary>
    /// How probable the statistic would be of residuals of a fit with square and cube of the predictions too: where it
    /// is no longer
    /// small, it is the form of the relation that neighbours have in common.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="columns">Products without what the inputs explain.</param>
    /// <param name="form">The fit with these powers.</param>
    public double PValueWithPowers(int target, ProjectedColumns columns, FormTests form)
    {
        var (place, step) = (_frame.PlaceOfTarget(target), NeighbourSums.PlaceOfTarget(target));
        var weights = new DoubleDouble[_neighbours.Width]; // of the steps: those of what is left of the residual
        weights[step + 2] = 1;
        for (var a = 0; a < form.PowerCoefficients.Count; a++)
        {
            var factor = form.PowerCoefficients[a];
            weights[step + a] = -factor;
            var explained = columns.Coefficients(place + a);
            for (var k = 0; explained is not null && _neighbours.HasCoordinates && k < explained.Length; k++)
            {
                weights[_neighbours.PlaceOfCoordinate(k)] += factor * explained[k];
            }
        }

        DoubleDouble sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            for (var j = 0; j < weights.Length; j++)
            {
                sum += weights[i].High == 0 || weights[j].High == 0 ? 0 : weights[i] * weights[j] * _neighbours[i, j];
            }
        }

        return PValue((sum / form.SumOfSquaresWithPowers).High);
    }

    // Of the steps in all pairs of coordinates.
    private double SumOfSquaredProducts(double unit)
    {
        var (sum, last) = (0.0, _frame.Coordinates);
        for (var i = 0; i <= last; i++)
        {
            for (var j = 0; j <= last; j++)
            {
                var product = _neighbours[_neighbours.PlaceOfCoordinate(i), _neighbours.PlaceOfCoordinate(j)].High
                    * unit
                    * (i == last ? _frame.Constant : 1) * (j == last ? _frame.Constant : 1);
                sum += product * product;
            }
        }

        return sum;
    }

    /// <summary>The normal approximation by the exact mean and variance.</summary>
    public double PValue(double statistic) =>
        ChiSquared.UpperTail((statistic - _mean) * (statistic - _mean) / _variance, 1);
}
