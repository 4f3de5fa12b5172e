namespace Plumb.Reports;

/// <summary>A cell of a table.</summary>
/// <param name="Text">As people read it.</param>
/// <param name="Tone">How it is meant.</param>
internal readonly record struct PageCell(string Text, Tone Tone = Tone.Plain)
{
    /// <summary>A plain cell.</summary>
    public static implicit operator PageCell(string text) => new(text);
}
