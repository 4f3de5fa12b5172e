namespace Plumb.Reports;

/// <summary>A residual and its place in order.</summary>
/// <param name="Rank">1 for the least of all rows.</param>
/// <param name="Row">Its number in the file; 0 where it stands for several.</param>
/// <param name="Residual">In units of its own standard deviation; not drawn where it is not finite.</param>
internal readonly record struct RankedResidual(long Rank, long Row, double Residual);
