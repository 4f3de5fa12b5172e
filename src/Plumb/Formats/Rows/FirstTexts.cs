using System.Text;

namespace Plumb.Formats;

/// <summary>
/// The first texts of a column that a database or a file keeps as texts: dates, truth values and amounts are told by
/// them as in CSV. Numbers are not: whoever keeps 02139 as a text means it.
/// </summary>
internal sealed class FirstTexts
{
    /// <summary>As many rows are looked at.</summary>
    public const int Rows = 1000;

    /// <summary>As many bytes of each are looked at.</summary>
    public const int Longest = 128;

    private readonly IReadOnlyList<byte[]> _texts;

    /// <summary>Looks at texts.</summary>
    /// <param name="texts">Those of the first rows, in their order; what is missing is left out.</param>
    public FirstTexts(IReadOnlyList<string> texts)
    {
        _texts = [.. texts.Select(text => Encoding.UTF8.GetBytes(text.Trim(' ', '\t'))).Where(text => text.Length > 0)];
        var kinds = new CellKinds(MissingTexts.Known);
        foreach (var text in _texts)
        {
            kinds.Add(text);
        }

        Kind = kinds.Kind is var kind and not ColumnKind.Number ? kind : ColumnKind.Text;
    }

    /// <summary>What they are.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Lets a reading look at them, as they may decide what others mean.</summary>
    public void ShowTo(TextReading reading)
    {
        foreach (var text in _texts)
        {
            reading.Look(text);
        }
    }
}
