namespace Plumb.Formats;

/// <summary>
/// The texts that stand for a missing value in some data: those that do so everywhere, and those that were named.
/// </summary>
internal sealed class MissingTexts
{
    private readonly byte[][] _more;
    private readonly double[] _codes;

    /// <summary>The texts.</summary>
    /// <param name="more">Texts beside those known everywhere; a number stands for missing however it is
    /// written.</param>
    public MissingTexts(IReadOnlyList<string> more)
    {
        _more = [.. more.Select(text => System.Text.Encoding.UTF8.GetBytes(text))];
        All = [.. MissingMarkers.All, .. more];
        _codes = [.. CodesIn(_more)];
    }

    /// <summary>Those known everywhere.</summary>
    public static MissingTexts Known { get; } = new([]);

    /// <summary>All texts, those known everywhere first.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>The numbers among those that were named.</summary>
    public ReadOnlySpan<double> Codes => _codes;

    /// <summary>The index of a cell's text among them all, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> cell)
    {
        var known = MissingMarkers.IndexOf(cell);
        for (var i = 0; i < _more.Length && known < 0; i++)
        {
            known = cell.SequenceEqual(_more[i]) ? MissingMarkers.All.Count + i : -1;
        }

        return known >= 0 || _codes.Length == 0 ? known : IndexOfNumber(cell);
    }

    /// <summary>Whether a number stands for missing.</summary>
    public bool Contains(double number) => _codes.AsSpan().Contains(number);

    /// <summary>Puts what stands for a missing value in place of the numbers that were named.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="missing">What stands for the text of an index.</param>
    public void Replace(Span<double> values, Func<int, double> missing)
    {
        foreach (var code in _codes)
        {
            values.Replace(code, missing(IndexOf(code)));
        }
    }

    /// <summary>The index of a number among all texts, or -1.</summary>
    public int IndexOf(double number)
    {
        for (var i = 0; i < _more.Length; i++)
        {
            if (NumberIn(_more[i]) == number)
            {
                return MissingMarkers.All.Count + i;
            }
        }

        return -1;
    }

    private int IndexOfNumber(ReadOnlySpan<byte> cell) => NumberIn(cell.ToArray()) is { } number ? IndexOf(number) : -1;

    private static IEnumerable<double> CodesIn(byte[][] texts)
    {
        foreach (var text in texts)
        {
            if (NumberIn(text) is { } number)
            {
                yield return number;
            }
        }
    }

    private static double? NumberIn(byte[] text) => DecimalExact.Parse(text, (byte)'.') is
    { Outcome: not (DecimalOutcome.NotANumber or DecimalOutcome.Overflow), Value: var value } ? value : null;
}
