using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether the noise of a target makes the classical standard errors wrong: for each parameter, whether the squared
/// residuals are larger, or smaller, on the rows that decide it. With u the share of each row in the parameter,
/// sum of u^2 = 1, the robust variance is the classical one times 1 + S, S = sum of u^2 (r^2 / mean - 1). White,
/// Econometrica 48, 1980, compares these two, element by element.
/// </summary>
/// <remarks>
/// Two bounds of how probable S is by chance, and the better one counts. Over all rows, Bernstein's inequality with the
/// largest leverage and the largest squared residual: it needs nothing but sums, and never sounds a false alarm,
/// however long the tails. Over rows that are kept, S^2 / sum of (each row's part in S)^2, which no single row can move
/// beyond 1: de la Pena, Lai and Shao, Self-Normalized Processes, 2009. That one only where noise is larger, as the
/// parts are skew the other way.
/// </remarks>
internal sealed class ErrorRatioTests
{
    private const double LargestShare = 0.5; // of a row in a direction: with more, its leverage decides everything

    private readonly RowFrame _frame;
    private readonly RowSums _sums;
    private readonly RobustErrors _robust;
    private readonly SampledRows _sample;
    private readonly double _leverage;
    private readonly Matrix _weightErrors;

    /// <summary>Tests of all targets.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="sums">The sums over all rows.</param>
    /// <param name="robust">The robust errors.</param>
    /// <param name="sample">Rows that were kept.</param>
    /// <param name="leverage">The largest leverage.</param>
    public ErrorRatioTests(RowFrame frame, RowSums sums, RobustErrors robust, SampledRows sample, double leverage)
    {
        (_frame, _sums, _robust, _sample, _leverage) = (frame, sums, robust, sample, leverage);
        _weightErrors = frame.Fit.WeightErrors;
    }

    /// <summary>
    /// The test of the parameter where chance is the least probable cause: its statistic is the robust error over the
    /// classical one, its p-value that of the least of so many. Null where nothing varies.
    /// </summary>
    public HypothesisTest? Of(int target)
    {
        var sampled = _sample.SharesAgainstSquares(target);
        var (worst, least, tested) = (-1, double.PositiveInfinity, 0);
        for (var parameter = 0; parameter <= _frame.Names.Inputs.Count; parameter++)
        {
            var ratio = Ratio(target, parameter);
            if (!double.IsFinite(ratio))
            {
                continue;
            }

            tested++;
            var p = Math.Min(1,
                2 * Math.Min(OverAllRows(target, ratio), ChiSquared.UpperTail(Math.Max(0, sampled[parameter]), 1)));
            if (p < least)
            {
                (worst, least) = (parameter, p);
            }
        }

        return worst < 0 ? null
            : new HypothesisTest("white", "White's comparison of standard errors", _frame.Names.Targets[target],
                Ratio(target, worst), [], Math.Min(1, tested * least))
            { Input = worst < _frame.Names.Inputs.Count ? _frame.Names.Inputs[worst] : null };
    }

    /// <summary>The robust error of a parameter over the classical one; the bias comes last.</summary>
    private double Ratio(int target, int parameter)
    {
        var inputs = _frame.Names.Inputs.Count;
        return parameter < inputs
            ? _robust.Weights[target, parameter] / _weightErrors[target, parameter]
            : _frame.Fit.Settings.Bias ? _robust.Bias[target] / _frame.Fit.BiasErrors[target] : double.NaN;
    }

    // Bernstein: P(|S| >= s) <= 2 exp(-s^2 / 2 / (h V + h D s / 3)), with V the variance and D the largest of
    // r^2 / mean - 1, and no u^2 above h, the largest leverage. HC3 divides by up to (1 - h)^2 too much, and residuals
    // lack up to h of the noise; the ratio is moved toward 1 by as much.
    private double OverAllRows(int target, double ratio)
    {
        var (fit, squares) = (_frame.Fit, _frame.Coordinates + target);
        var mean = _sums.Plain(_sums.One, squares) / _sums.Plain(_sums.One, _sums.One);
        var variance = (_sums.Plain(squares, squares) / _sums.Plain(_sums.One, _sums.One) / (mean * mean)).High - 1;
        var largest = Math.Max(1, _sums.LargestSquare(target) / mean.High - 1);
        if (_leverage > LargestShare || !(variance > 0))
        {
            return 1;
        }

        var ofVariances = ratio * ratio * fit.Rows / fit.ResidualDegreesOfFreedom;
        var rest = 1 - _leverage;
        var surplus = ofVariances > 1 ? Math.Max(0, ofVariances * rest * rest - 1)
            : Math.Max(0, 1 - ofVariances - _leverage);
        return Math.Min(1,
            2 * Math.Exp(-surplus * surplus / 2 / (_leverage * (variance + largest * surplus / 3))));
    }
}
