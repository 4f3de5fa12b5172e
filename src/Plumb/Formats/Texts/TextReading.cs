namespace Plumb.Formats;

/// <summary>
/// What becomes of a column whose cells are no numbers: a number a cell. Threads share one, so it must bear that.
/// </summary>
/// <remarks>One reader at a time: what a text means may be learnt while it is read.</remarks>
public abstract class TextReading
{
    /// <summary>What a cell must be, for a message: "a date such as 2026-11-29".</summary>
    public abstract string Expected { get; }

    /// <summary>What to do about a cell that is refused, half a sentence.</summary>
    public virtual string Remedy => "correct it, or " + Remedies.LeaveColumnOut;

    /// <summary>What one cell that is refused was expected to be.</summary>
    /// <param name="cell">The cell.</param>
    public virtual string ExpectedFor(ReadOnlySpan<byte> cell) => Expected;

    /// <summary>What to do about one cell that is refused.</summary>
    /// <param name="cell">The cell.</param>
    public virtual string RemedyFor(ReadOnlySpan<byte> cell) => Remedy;

    /// <summary>
    /// Looks at a cell of the first rows, before any is read: in their order, on one thread. What it holds may decide
    /// what others mean.
    /// </summary>
    /// <param name="cell">The cell's text as <see cref="TryRead"/> is given it.</param>
    public virtual void Look(ReadOnlySpan<byte> cell)
    {
    }

    /// <summary>Whether a text stands for the same number throughout, so that it may be remembered.</summary>
    internal virtual bool IsLasting => true;

    /// <summary>The number that a cell stands for; false where it stands for none.</summary>
    /// <param name="cell">The cell's text as UTF-8, without blanks around it, and not a missing value.</param>
    /// <param name="number">A finite number.</param>
    public abstract bool TryRead(ReadOnlySpan<byte> cell, out double number);

    /// <inheritdoc/>
    public override string ToString() => Expected;
}
