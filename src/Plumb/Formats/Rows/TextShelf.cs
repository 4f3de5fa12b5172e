using System.Globalization;
using System.Text;

namespace Plumb;

/// <summary>
/// Keeps the texts of a column, which one thread reads in their order, until its block is handed out.
/// </summary>
internal sealed class TextShelf : TextReading
{
    private readonly List<byte[]> _texts = [];
    private long _before; // texts that were taken away

    /// <inheritdoc/>
    public override string Expected => "a text";

    /// <inheritdoc/>
    internal override bool IsLasting => false;

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> cell, out double number)
    {
        number = _before + _texts.Count;
        _texts.Add(cell.ToArray());
        return true;
    }

    /// <summary>The text that a number stands for.</summary>
    public ReadOnlySpan<byte> this[double number] => _texts[(int)((long)number - _before)];

    /// <summary>Takes the texts away.</summary>
    public void Clear()
    {
        _before += _texts.Count;
        _texts.Clear();
    }

    /// <summary>The shortest digits of a number, as a text.</summary>
    public static byte[] Digits(double number) =>
        Encoding.UTF8.GetBytes(number.ToString("R", CultureInfo.InvariantCulture));
}
