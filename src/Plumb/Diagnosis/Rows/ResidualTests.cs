using Plumb.Numerics;

namespace Plumb;

/// <summary>Tests of one target's residuals, from sums over the rows.</summary>
internal sealed class ResidualTests
{
    private const double Dependent = 1e-10; // squared residuals that vary by less of their mean square are equal
    private const double Cancelled = 1e-13; // of the residual sum of squares: what is left of it below that is rounding

    private readonly LinearFit _fit;
    private readonly string _target;
    private readonly double _sumOfSquares;
    private readonly double[] _squares; // coordinates' products with the squared residuals
    private readonly PredictionPowers _powers;
    private double _sumOfSquaresSeen;
    private double _sumOfFourths;

    public ResidualTests(LinearFit fit, Moments moments, int target, int rank)
    {
        (_fit, _target, _sumOfSquares) = (fit, fit.Names.Targets[target], fit.ResidualSumOfSquares[target]);
        _squares = new double[rank];
        var bias = fit.Settings.Bias;
        var sum = bias ? moments.TargetSum(target) : Dyadic.Zero;
        var total = Dyadic.Ratio(moments.WeightSum * moments.TargetProduct(target, target) - sum * sum, moments.WeightSum * moments.Unit);
        _powers = new PredictionPowers(rank, Dyadic.Ratio(sum, moments.WeightSum), Math.Sqrt(Math.Max(0, total - _sumOfSquares) / fit.Rows));
    }

    public void Add(ReadOnlySpan<double> coordinates, double prediction, double residual)
    {
        var square = residual * residual;
        _sumOfSquaresSeen += square;
        _sumOfFourths += square * square;
        for (var k = 0; k < coordinates.Length; k++)
        {
            _squares[k] += coordinates[k] * square;
        }

        _powers.Add(coordinates, prediction, residual);
    }

    /// <summary>The tests that can be made.</summary>
    /// <param name="freedomWithin">Rows less groups of rows with equal inputs.</param>
    /// <param name="within">The target's sum of squares within these groups.</param>
    public IEnumerable<HypothesisTest> Report(long freedomWithin, double within) =>
        ((HypothesisTest?[])[LackOfFit(freedomWithin, within), Reset(), BreuschPagan()]).OfType<HypothesisTest>();

    // Draper and Smith, Applied Regression Analysis, section 2.1.
    private HypothesisTest? LackOfFit(long freedomWithin, double within)
    {
        var freedom = _fit.ResidualDegreesOfFreedom - freedomWithin;
        return freedomWithin > 0 && freedom > 0 && within > 0
            ? TestOfF("lack-of-fit", "lack of fit, from replicates", Math.Max(0, _sumOfSquares - within) / freedom / (within / freedomWithin), freedom, freedomWithin)
            : null;
    }

    private HypothesisTest? Reset()
    {
        var (gain, count) = _powers.Gain();
        var freedom = _fit.ResidualDegreesOfFreedom - count;
        return count > 0 && freedom > 0
            ? TestOfF("reset", "Ramsey's RESET", gain / count / (Math.Max(_sumOfSquares - gain, Cancelled * _sumOfSquares) / freedom), count, freedom)
            : null;
    }

    // Koenker, J. Econometrics 17, 1981: n R^2 of the squared residuals on the inputs. It is made for maps with a bias.
    private HypothesisTest? BreuschPagan()
    {
        var about = _sumOfSquaresSeen * _sumOfSquaresSeen / _fit.Rows;
        var total = _sumOfFourths - about;
        var freedom = _squares.Length - 1; // the constant comes first
        if (!_fit.Settings.Bias || freedom < 1 || !(total > Dependent * about))
        {
            return null;
        }

        var statistic = _fit.Rows * _squares.Skip(1).Sum(value => value * value) / total;
        return new HypothesisTest("breusch-pagan", "Breusch-Pagan, Koenker's form", _target, statistic, [freedom], ChiSquared.UpperTail(statistic, freedom));
    }

    private HypothesisTest TestOfF(string code, string name, double f, long numerator, long denominator) =>
        new(code, name, _target, f, [numerator, denominator], FisherF.UpperTail(f, numerator, denominator));
}
