namespace Plumb.Fitting;

/// <summary>
/// Errors that hold where rows of one group are correlated, and groups are not: each group's sum of x r is one
/// observation. With one column they are CR2, free of bias under even noise, if nothing else is asked for. With two the
/// groups of both count, less those of their pairs, as CR1. Liang and Zeger, Biometrika 73, 1986; Cameron, Gelbach and
/// Miller, J. Business and Economic Statistics 29, 2011.
/// </summary>
/// <param name="Column">The column that says which group a row belongs to.</param>
/// <param name="Second">A second such column; null where there is one only.</param>
public sealed record ClusteredErrors(string Column, string? Second = null) : ErrorMethod
{
    /// <inheritdoc/>
    public override string Name => "clustered";

    /// <summary>How residuals, which are smaller than the noise, are made up for it.</summary>
    public ClusterKind Kind { get; init; } = ClusterKind.CR2;

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Columns => Second is null ? [Column] : [Column, Second];
}
