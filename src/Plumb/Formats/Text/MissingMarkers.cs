namespace Plumb;

/// <summary>The texts that stand for a missing value.</summary>
internal static class MissingMarkers
{
    /// <summary>All of them, spelled exactly so; the first is the empty cell.</summary>
    public static IReadOnlyList<string> All { get; } = ["", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None",
        "?", "-", ".", "#N/A", "#VALUE!"];

    /// <summary>The index of the marker in the list, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<byte> cell) => cell.Length switch
    {
        0 => 0,
        1 => cell[0] switch { (byte)'?' => 9, (byte)'-' => 10, (byte)'.' => 11, _ => -1 },
        2 => cell.SequenceEqual("NA"u8) ? 1 : -1,
        3 => Among(cell, 2, 5),
        4 => cell.SequenceEqual("#N/A"u8) ? 12 : Among(cell, 6, 8),
        7 => Among(cell, 13, 13),
        _ => -1,
    };

    private static int Among(ReadOnlySpan<byte> cell, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (System.Text.Ascii.Equals(cell, All[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
