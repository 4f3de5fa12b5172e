namespace Plumb.Fitting;

/// <summary>
/// What a residual is multiplied by, with h the row's leverage, n rows and k determined parameters, before its square
/// stands for the variance of the row's noise.
/// </summary>
public enum HeteroskedasticKind
{
    /// <summary>1: too small where rows are few.</summary>
    HC0,

    /// <summary>The root of n / (n - k).</summary>
    HC1,

    /// <summary>1 / root of (1 - h): right in the mean where the noise is even.</summary>
    HC2,

    /// <summary>1 / (1 - h): nearly the jackknife, and the best of these where rows are few.</summary>
    HC3,

    /// <summary>
    /// (1 - h)^(-d/2), d = min(4, h n / k): for rows of high leverage. Cribari-Neto, Computational Statistics and Data
    /// Analysis 45, 2004.
    /// </summary>
    HC4,
}
