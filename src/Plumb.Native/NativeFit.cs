namespace Plumb.Native;

/// <summary>A fit, and what its rows say once they were looked at.</summary>
/// <param name="fit">The fit.</param>
internal sealed class NativeFit(LinearFit fit)
{
    public LinearFit Fit { get; } = fit;

    public RowReport? Rows { get; set; }

    /// <summary>
    /// Estimate, standard error, low, high and p-value of each parameter, by the errors that reports give; NaN where
    /// there is none.
    /// </summary>
    public double[] Coefficients()
    {
        var (errors, map, inputs) = (ReportedErrors.Of(Fit, Rows), Fit.Map, Fit.Names.Inputs.Count);
        var numbers = new List<double>();
        for (var t = 0; t < Fit.Names.Targets.Count; t++)
        {
            for (var j = 0; j < Fit.ParametersPerTarget; j++)
            {
                var isBias = j == inputs;
                var isGiven = Fit.Settings.Ridge > 0
                    || (isBias ? Fit.NullSpace.DeterminesBias : Fit.NullSpace.DeterminesWeight(j));
                var estimate = isBias ? map.Bias[t] : map.WeightsOf(t)[j];
                var error = isBias ? errors.OfBias(t) : errors.OfWeight(t, j);
                var (low, high) = errors.Interval(t, j);
                double[] told = [isGiven ? estimate : double.NaN, error, low, high,
                    errors.PValue(t, j, estimate, error)];
                numbers.AddRange(told.Select(value => double.IsFinite(value) ? value : double.NaN));
            }
        }

        return [.. numbers];
    }
}
