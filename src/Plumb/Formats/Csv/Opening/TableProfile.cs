namespace Plumb.Formats;

/// <summary>
/// What rows of a table look like: so many fields, with numbers in the same ones. Taken from the longest block of
/// consecutive lines that are alike and hold numbers.
/// </summary>
internal sealed class TableProfile
{
    private readonly char[] _kinds;

    private TableProfile(int first, int count, char[] kinds) => (First, Count, _kinds) = (first, count, kinds);

    /// <summary>The first line of the block.</summary>
    public int First { get; }

    /// <summary>The lines of the block.</summary>
    public int Count { get; }

    /// <summary>The number of fields.</summary>
    public int Width => _kinds.Length;

    /// <summary>The columns of texts.</summary>
    public IEnumerable<int> Texts => Enumerable.Range(0, Width).Where(column => _kinds[column] == 'T');

    /// <summary>Whether a column holds numbers.</summary>
    public bool IsNumeric(int column) => _kinds[column] == 'N';

    /// <summary>Whether a column holds numbers or dates.</summary>
    public bool IsMeasured(int column) => _kinds[column] is 'N' or 'D';

    /// <summary>The profile; null where no line holds a number.</summary>
    public static TableProfile? Of(IReadOnlyList<SampledLine> lines)
    {
        TableProfile? best = null;
        for (var first = 0; first < lines.Count;)
        {
            var kinds = (char[])lines[first].Kinds.Clone();
            var end = first + 1;
            while (end < lines.Count && Merge(kinds, lines[end].Kinds))
            {
                end++;
            }

            // Of blocks as long as each other the last: what is above a table is not.
            if (Array.IndexOf(kinds, 'N') >= 0 && end - first >= (best?.Count ?? 0))
            {
                best = new TableProfile(first, end - first, kinds);
            }

            first = end;
        }

        return best;
    }

    /// <summary>Whether a line is a row of the table, with a number.</summary>
    public bool Fits(SampledLine line) => FitsLoosely(line)
        && Enumerable.Range(0, Width).Any(column => IsNumeric(column) && line.Kinds[column] == 'N');

    /// <summary>Whether a line may be a row of the table, also one that lacks all values.</summary>
    public bool FitsLoosely(SampledLine line)
    {
        if (line.Width != Width)
        {
            return false;
        }

        for (var column = 0; column < Width; column++)
        {
            if (_kinds[column] is 'N' or 'D' && line.Kinds[column] != _kinds[column] && line.Kinds[column] != 'M')
            {
                return false;
            }
        }

        return true;
    }

    private static bool Merge(char[] kinds, char[] others)
    {
        if (kinds.Length != others.Length)
        {
            return false;
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] != others[i] && kinds[i] != 'M' && others[i] != 'M')
            {
                return false;
            }
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = kinds[i] == 'M' ? others[i] : kinds[i];
        }

        return true;
    }
}
