namespace Plumb;

/// <summary>
/// What becomes of a column whose cells are no numbers: a number a cell. Threads share one, so it must bear that.
/// </summary>
public abstract class TextReading
{
    /// <summary>What a cell must be, for a message: "a date such as 2026-11-29".</summary>
    public abstract string Expected { get; }

    /// <summary>The number that a cell stands for; false where it stands for none.</summary>
    /// <param name="cell">The cell's text as UTF-8, without blanks around it, and not a missing value.</param>
    /// <param name="number">A finite number.</param>
    public abstract bool TryRead(ReadOnlySpan<byte> cell, out double number);
}
