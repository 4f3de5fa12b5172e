namespace Plumb.Cli;

/// <summary>What a part has of a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Share">Which bytes of it.</param>
/// <param name="IsCut">Whether it is less than the whole file.</param>
internal sealed record FilePiece(string Path, RowShare Share, bool IsCut)
{
    /// <summary>How many bytes it has.</summary>
    public long Bytes => Share.To - Share.From;
}
