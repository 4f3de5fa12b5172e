using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>Finds what rows say of a fit, and how far it would move without each: from the fit alone.</summary>
internal sealed class RowEffects
{
    private const double Alone = 1e-9; // of 1 - leverage: what rounding leaves of 0

    private readonly LinearFit _fit;
    private readonly RowCoordinates _place;
    private readonly double[] _coordinates;
    private readonly double[] _moved; // M^-1 z: a number per input, then the bias's
    private readonly double[] _variances;
    private readonly bool[] _isDetermined; // likewise

    /// <summary>Of the rows of a fit that has standard errors.</summary>
    public RowEffects(LinearFit fit)
    {
        _fit = fit;
        _place = new RowCoordinates(fit.Moments, fit.NullSpace, fit.Settings.Bias);
        var inputs = fit.Names.Inputs.Count;
        (_coordinates, _moved, _variances) = (new double[_place.Count], new double[inputs + 1], new double[inputs + 1]);
        _place.Variances(_variances);
        _isDetermined = [.. Enumerable.Range(0, inputs).Select(fit.Determines),
            fit.Settings.Bias && fit.DeterminesBias];
    }

    /// <summary>A row's effects, one per target; none where it has weight 0.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="i">Which.</param>
    /// <param name="number">Its number among all, from 1.</param>
    public RowEffect[] Of(Dataset rows, int i, long number)
    {
        var weight = rows.Weights is not { } weights ? 1 : weights.Values[i] == 0 ? 0
            : weights.AreFrequencies ? 1 : weights.Values[i];
        if (weight == 0)
        {
            return [];
        }

        var x = rows.Inputs.Row(i);
        _place.Of(x, _coordinates);
        _place.Solve(_coordinates, _moved);
        var leverage = 0.0;
        foreach (var coordinate in _coordinates)
        {
            leverage += weight * coordinate * coordinate;
        }

        var effects = new RowEffect[_fit.Names.Targets.Count];
        for (var t = 0; t < effects.Length; t++)
        {
            effects[t] = Of(t, x, rows.Targets[i, t], number, weight, Math.Min(1, leverage));
        }

        return effects;
    }

    private RowEffect Of(int target, ReadOnlySpan<double> x, double measured, long number, double weight,
        double leverage)
    {
        var fitted = Fitted(_fit.Map, target, x);
        var residual = (measured - fitted).High;
        var effect = new RowEffect(number, _fit.Names.Targets[target], measured, fitted.High)
        {
            Residual = residual,
            Leverage = leverage,
        };
        var (rest, freedom) = (1 - leverage, _fit.ResidualDegreesOfFreedom);
        var spread = _fit.ResidualStandardDeviation[target];
        if (rest <= Alone || !_fit.HasNoise(target))
        {
            return effect with { Dfbetas = Unknown };
        }

        var standardized = Math.Sqrt(weight) * residual / (spread * Math.Sqrt(rest));
        // (df - 1) s_(i)^2 = df s^2 - w e^2 / (1 - h)
        var others = freedom - standardized * standardized;
        var deleted = freedom > 1 && others > Alone * freedom ? Math.Sqrt(others / (freedom - 1)) : double.NaN;
        var studentized = standardized / deleted;
        return effect with
        {
            Standardized = standardized,
            Studentized = studentized,
            Deleted = residual / rest,
            CooksDistance = standardized * standardized * leverage / (rest * _place.Count),
            Dffits = studentized * Math.Sqrt(leverage / rest),
            Dfbetas = Dfbetas(weight * residual / rest / (spread * deleted)),
        };
    }

    /// <summary>What a map predicts, to twice the digits of a double, as residuals cancel most of them.</summary>
    public static DoubleDouble Fitted(AffineMap map, int target, ReadOnlySpan<double> x)
    {
        DoubleDouble sum = map.Bias[target];
        var weights = map.WeightsOf(target);
        for (var j = 0; j < weights.Length; j++)
        {
            sum += (DoubleDouble)weights[j] * x[j];
        }

        return sum;
    }

    private double[] Unknown => [.. _moved.Select(_ => double.NaN)];

    private double[] Dfbetas(double residual)
    {
        var inputs = _moved.Length - 1;
        double Of(int j) => _isDetermined[j] ? _moved[j] * residual / Math.Sqrt(_variances[j]) : double.NaN;
        return [Of(inputs), .. Enumerable.Range(0, inputs).Select(Of)];
    }
}
