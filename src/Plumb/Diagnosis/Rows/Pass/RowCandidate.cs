namespace Plumb.Diagnosis;

/// <summary>A row that may stand out.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Target">The target; -1 for leverage alone.</param>
/// <param name="Size">What it stands out by: the larger, the more.</param>
/// <param name="Leverage">Its leverage.</param>
/// <param name="Residual">Its residual, weighted and in the frame's units.</param>
/// <param name="Coordinates">Its coordinates without weights, but for the constant's.</param>
/// <param name="Constant">Its leverage of the constant alone.</param>
/// <param name="Count">How many rows it stands for.</param>
internal sealed record RowCandidate(
    RowPosition Position,
    int Target,
    double Size,
    double Leverage,
    double Residual,
    double[] Coordinates,
    double Constant,
    long Count);
