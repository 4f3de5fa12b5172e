using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// Keeps the texts of a column, which one thread reads in their order, until its block is handed out.
/// </summary>
/// <param name="meaning">What the texts mean; null where only they are wanted.</param>
internal sealed class TextShelf(TextReading? meaning) : TextReading
{
    private readonly Queue<byte[]> _texts = [];

    /// <inheritdoc/>
    public override string Expected => meaning?.Expected ?? "a text";

    /// <inheritdoc/>
    public override string Remedy => meaning?.Remedy ?? base.Remedy;

    /// <inheritdoc/>
    internal override bool IsLasting => false;

    /// <inheritdoc/>
    public override string ExpectedFor(ReadOnlySpan<byte> cell) => meaning?.ExpectedFor(cell) ?? base.ExpectedFor(cell);

    /// <inheritdoc/>
    public override string RemedyFor(ReadOnlySpan<byte> cell) => meaning?.RemedyFor(cell) ?? base.RemedyFor(cell);

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> cell, out double number)
    {
        number = 0;
        if (meaning?.TryRead(cell, out number) == false)
        {
            return false;
        }

        _texts.Enqueue(cell.ToArray());
        return true;
    }

    /// <summary>The text of the next row that has one.</summary>
    public ReadOnlySpan<byte> Take() => _texts.Dequeue();

    /// <summary>The shortest digits of a number, as a text.</summary>
    public static byte[] Digits(double number) =>
        Encoding.UTF8.GetBytes(number.ToString("R", CultureInfo.InvariantCulture));
}
