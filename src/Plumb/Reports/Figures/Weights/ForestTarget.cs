namespace Plumb.Reports;

/// <summary>The weights of a target.</summary>
/// <param name="Name">Of the target.</param>
/// <param name="Rows">In the order of the file, the same inputs for each target.</param>
internal sealed record ForestTarget(string Name, IReadOnlyList<ForestRow> Rows);
