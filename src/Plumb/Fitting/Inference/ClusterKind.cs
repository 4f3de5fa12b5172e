namespace Plumb.Fitting;

/// <summary>How clustered errors make up for residuals being smaller than the noise.</summary>
public enum ClusterKind
{
    /// <summary>G / (G - 1) times (n - 1) / (n - k), and G - 1 degrees of freedom: for many groups.</summary>
    CR1,

    /// <summary>
    /// Group by group, free of bias under even noise, with Satterthwaite's degrees of freedom for each weight: for few
    /// groups as well. Two groupings, and so many groups that their products have no room, get CR1.
    /// </summary>
    CR2,
}
