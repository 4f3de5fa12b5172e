namespace Plumb.Diagnosis;

/// <summary>
/// Up to how many rows apart rows are correlated, by Andrews' rule for Bartlett's weights: each parameter's influence
/// over the rows is taken for an autoregression of order 1, by Yule and Walker, and the largest integer below
/// 1.1447 (n a)^(1/3) is the number of lags; a is the sum of 4 rho^2 v^2 / ((1 - rho)^6 (1 + rho)^2) over that of
/// v^2 / (1 - rho)^4, with v = 1 - rho^2, as every influence is scaled to variance 1. Andrews, Econometrica 59, 1991,
/// section 6.
/// </summary>
/// <remarks>
/// The mean prediction counts as a parameter beside the weights, and the bias not: where inputs begin changes nothing.
/// </remarks>
internal static class AutomaticLags
{
    private const double MostCorrelated = 0.97; // Andrews, section 9: beyond that the rule would take all rows

    /// <summary>The lags of each target.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="squares">Sums of products of scores, by target.</param>
    /// <param name="pairs">The same of sums over two rows that follow each other, and over each end.</param>
    public static int[] Of(RowFrame frame, Func<int, double[][]> squares, Func<int, double[][]> pairs)
    {
        var inverse = SandwichErrors.Inverse(frame);
        var (fit, inputs) = (frame.Fit, frame.Names.Inputs.Count);
        double[][] parameters =
        [
            .. Enumerable.Range(0, inputs).Where(fit.NullSpace.DeterminesWeight).Select(j => inverse[j]),
            .. fit.Settings.Bias ? [[1, .. new double[frame.Place.Count - 1]]] : Array.Empty<double[]>(),
        ];
        return [.. Enumerable.Range(0, frame.Targets.Length)
            .Select(t => Of(fit.Rows, parameters, squares(t), pairs(t)))];
    }

    private static int Of(long rows, double[][] parameters, double[][] squares, double[][] pairs)
    {
        var (above, below) = (0.0, 0.0);
        foreach (var parameter in parameters)
        {
            var variance = SandwichErrors.Form(parameter, squares);
            if (!(variance > 0))
            {
                continue;
            }

            // The sum of (s[i] + s[i - 1])^2 is 2 variance + 2 covariance.
            var covariance = SandwichErrors.Form(parameter, pairs) / 2 - variance;
            var rho = Math.Clamp(covariance / variance, -MostCorrelated, MostCorrelated);
            var v = 1 - rho * rho;
            above += 4 * rho * rho * v * v / (Math.Pow(1 - rho, 6) * (1 + rho) * (1 + rho));
            below += v * v / Math.Pow(1 - rho, 4);
        }

        return below > 0
            ? (int)Math.Min(Math.Floor(1.1447 * Math.Cbrt(rows * above / below)),
                Math.Min(rows - 1, AutocorrelatedErrors.MostLags))
            : 0;
    }
}
