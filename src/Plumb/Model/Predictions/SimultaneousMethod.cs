namespace Plumb;

/// <summary>How intervals are widened so that all of them hold at once.</summary>
public enum SimultaneousMethod
{
    /// <summary>Not at all: each holds with its own probability.</summary>
    None,

    /// <summary>
    /// By Scheffé's: for means, over all points there are; for new observations, over as many as are asked for.
    /// Scheffé, The Analysis of Variance, 1959, section 3.5; Miller, Simultaneous Statistical Inference, 1981, ch. 3.
    /// </summary>
    Scheffe,

    /// <summary>By Bonferroni's: each of k holds with probability 1 - (1 - level) / k.</summary>
    Bonferroni,
}
