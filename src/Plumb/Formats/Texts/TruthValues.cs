using System.Text;

namespace Plumb.Formats;

/// <summary>Truth values as words, in any case: yes, true, t and y are 1; no, false, f and n are 0.</summary>
public sealed class TruthValues : TextReading
{
    /// <inheritdoc/>
    public override string Expected => "yes or no, true or false, t or f, y or n";

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> cell, out double number)
    {
        number = Is(cell, "yes") || Is(cell, "true") || Is(cell, "t") || Is(cell, "y") ? 1 : 0;
        return number == 1 || Is(cell, "no") || Is(cell, "false") || Is(cell, "f") || Is(cell, "n");
    }

    private static bool Is(ReadOnlySpan<byte> cell, string word) => Ascii.EqualsIgnoreCase(cell, word);
}
