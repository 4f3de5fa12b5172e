namespace Plumb.Fitting;

/// <summary>How p-values allow for several tests made at once.</summary>
public enum AdjustmentMethod
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Bonferroni's: times the number of tests.</summary>
    Bonferroni,

    /// <summary>
    /// Holm's, which never gives a larger p-value than Bonferroni's. Scandinavian J. of Statistics 6, 1979.
    /// </summary>
    Holm,

    /// <summary>
    /// Scheffé's, for single equations: valid for every contrast in the space that the tested ones span, chosen before
    /// or after seeing the data. The Analysis of Variance, 1959, section 3.5.
    /// </summary>
    Scheffe,

    /// <summary>
    /// Tukey's and Kramer's, for all differences of two among several parameters, by the studentized range. Exact for
    /// means of groups of one size; for others it errs on the safe side. Hayter, Annals of Statistics 12, 1984.
    /// </summary>
    Tukey,
}
