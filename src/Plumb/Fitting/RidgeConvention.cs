using System.Globalization;

namespace Plumb.Fitting;

/// <summary>
/// What a ridge penalty is called elsewhere: programs divide the sum of squared residuals by different numbers, and so
/// need different penalties for one map.
/// </summary>
public static class RidgeConvention
{
    private const string Digits = "G6";

    /// <summary>
    /// The penalty L in the sum of squared residuals + L (sum of squared weights), in other programs' words.
    /// scikit-learn's Ridge minimises the same sum with alpha = L;
    /// glmnet's formula is the sum of squared residuals / 2n + lambda / 2 (sum of squared weights), so lambda = L / n,
    /// for a target that is scaled to variance 1,
    /// as glmnet does before it solves: Friedman, Hastie and Tibshirani, Journal of Statistical Software 33, 2010.
    /// </summary>
    /// <param name="penalty">L, 0 or more.</param>
    /// <param name="rows">The number of rows n, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static string Describe(double penalty, long rows)
    {
        if (!(penalty >= 0 && double.IsFinite(penalty)))
        {
            const string Expected = "the ridge penalty must be 0 or a positive number.";
            throw new ArgumentOutOfRangeException(nameof(penalty), penalty, Expected);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var own = penalty.ToString(Digits, CultureInfo.InvariantCulture);
        var glmnet = (penalty / rows).ToString(Digits, CultureInfo.InvariantCulture);
        return $"penalty {own} on the sum of squared weights beside the sum of squared residuals, bias unpenalized: "
            + $"scikit-learn Ridge(alpha={own}), glmnet lambda = {glmnet} "
            + $"({own} / {rows.ToString(CultureInfo.InvariantCulture)}; standardize = FALSE, a target of variance 1)";
    }
}
