namespace Plumb.Diagnosis;

/// <summary>What is kept of a chunk of rows for windows that reach into its neighbours.</summary>
/// <param name="Rows">How many rows the chunk has.</param>
/// <param name="Head">The scores of its first rows, as many as there are lags, or fewer.</param>
/// <param name="Tail">Those of its last rows.</param>
internal sealed record WindowEnds(long Rows, IReadOnlyList<double[]> Head, IReadOnlyList<double[]> Tail);
