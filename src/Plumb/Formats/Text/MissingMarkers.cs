namespace Plumb.Formats;

/// <summary>The texts that stand for a missing value.</summary>
internal static class MissingMarkers
{
    /// <summary>All of them, spelled exactly so; the first is the empty cell.</summary>
    public static IReadOnlyList<string> All { get; } = ["", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None",
        "?", "-", ".", "#N/A", "#VALUE!", "#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "<NA>", "\\N", "NaT", "NAN",
        "-nan", "nan(ind)", "-nan(ind)", "1.#IND", "-1.#IND", "-1.#IND00", "1.#QNAN", "-1.#QNAN",
        .. Enumerable.Range('a', 26).Select(letter => $".{(char)letter}")]; // Stata's

    private const int Longest = 9;

    /// <summary>The index of the marker in the list, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<byte> cell)
    {
        if (cell.Length is 0 or > Longest)
        {
            return cell.Length == 0 ? 0 : -1;
        }

        for (var i = 1; i < All.Count; i++)
        {
            if (All[i].Length == cell.Length && System.Text.Ascii.Equals(cell, All[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
