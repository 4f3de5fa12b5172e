namespace Plumb.Reports;

/// <summary>Text in one tone.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tone">How it is meant.</param>
/// <param name="IsBold">Whether it stands out.</param>
internal readonly record struct TextPiece(string Text, Tone Tone = Tone.Plain, bool IsBold = false);
