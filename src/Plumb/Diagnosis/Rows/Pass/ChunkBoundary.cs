namespace Plumb.Diagnosis;

/// <summary>What is kept of a block of rows until its neighbours are known.</summary>
/// <param name="Rows">How many rows the block has, those of weight 0 as well.</param>
/// <param name="Head">Its first two rows, or fewer.</param>
/// <param name="Tail">Its last two rows, or fewer.</param>
internal sealed record ChunkBoundary(long Rows, RowEnd Head, RowEnd Tail)
{
    /// <summary>The same for windows of rows, one a window of the frame.</summary>
    public IReadOnlyList<WindowEnds> Windows { get; init; } = [];
}
