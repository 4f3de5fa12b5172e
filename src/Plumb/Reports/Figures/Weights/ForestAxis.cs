namespace Plumb.Reports;

/// <summary>In what the weights of a forest are measured.</summary>
internal enum ForestAxis
{
    /// <summary>In standard errors: how surely a weight differs from 0.</summary>
    StandardErrors,

    /// <summary>By what a standard deviation of the input adds to the target: how much a weight matters.</summary>
    Effect,
}
