namespace Plumb.Reports;

/// <summary>A paragraph.</summary>
/// <param name="Text">Sentences, without line breaks.</param>
/// <param name="Tone">How it is meant.</param>
internal sealed record PageText(string Text, Tone Tone = Tone.Plain) : PagePart;
