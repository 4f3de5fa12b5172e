namespace Plumb.Reports;

/// <summary>A line of text, in pieces of one tone each.</summary>
/// <param name="Pieces">From left to right, without blanks at the end.</param>
/// <param name="IsCommand">Whether it is to be copied, and so is one line however long it is.</param>
internal sealed record TextLine(IReadOnlyList<TextPiece> Pieces, bool IsCommand = false)
{
    /// <summary>The text alone.</summary>
    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text));
}
