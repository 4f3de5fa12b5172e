using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>A key of the objects, and what its values are, once all have been looked at.</summary>
/// <param name="name">The key.</param>
internal sealed class JsonColumn(string name)
{
    private readonly long[] _kinds = new long[6]; // by JsonKind
    private long _numericTexts;
    private readonly List<string> _first = [];
    private int _length = -1; // of the lists

    /// <summary>The key.</summary>
    public string Name { get; } = name;

    /// <summary>The key as it is in the file, where it has no backslashes.</summary>
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The row that had it last, from 1.</summary>
    public long LastRow { get; private set; }

    /// <summary>The first row whose list is not as long as the first one, with its length; 0 where there is
    /// none.</summary>
    public (long Row, int Length) Odd { get; private set; }

    /// <summary>The length of its lists, where it has lists of one length and nothing else; otherwise 0.</summary>
    public int Slots => Count(JsonKind.List) > 0 && Odd.Row == 0 && _length > 0
        && Count(JsonKind.List) + Count(JsonKind.Null) == _kinds.Sum() ? _length : 0;

    /// <summary>Whether truth values are all that it has.</summary>
    public bool IsTruthValue => Count(JsonKind.TruthValue) > 0
        && Count(JsonKind.TruthValue) + Count(JsonKind.Null) == _kinds.Sum();

    /// <summary>Whether it has texts, all of which are numbers or mark a missing value.</summary>
    public bool HasQuoted => _numericTexts > 0 && _numericTexts == Count(JsonKind.Text);

    /// <summary>Its first texts.</summary>
    public FirstTexts First => new(_first);

    /// <summary>The names in which it is read.</summary>
    public IEnumerable<string> Columns => Slots == 0 ? [Name]
        : Enumerable.Range(0, Slots).Select(slot => string.Create(CultureInfo.InvariantCulture, $"{Name}[{slot}]"));

    /// <summary>What it holds.</summary>
    public ColumnKind Kind => IsTruthValue ? ColumnKind.TruthValue
        : Slots > 0 ? ColumnKind.Number
        : Count(JsonKind.List) + Count(JsonKind.Object) > 0 ? ColumnKind.Other
        : Count(JsonKind.Number) > 0 || Count(JsonKind.Text) == 0 || HasQuoted ? ColumnKind.Number
        : ColumnKind.Text;

    /// <summary>Looks at a value.</summary>
    /// <param name="row">Its row, from 1.</param>
    /// <param name="field">Its field.</param>
    /// <param name="bytes">The bytes that the field is in.</param>
    public void Add(long row, JsonField field, Span<byte> bytes)
    {
        LastRow = row;
        _kinds[(int)field.Kind]++;
        if (field.Kind == JsonKind.Text)
        {
            var text = CsvCell.Trim(field.Value.TextIn(bytes));
            _numericTexts += DecimalExact.Matches(text, (byte)'.') ? 1 : 0;
            _first.AddRange(_first.Count < FirstTexts.Rows ? [Encoding.UTF8.GetString(
                text[..Math.Min(text.Length, FirstTexts.Longest)])] : []);
            _kinds[(int)field.Kind] -= MissingMarkers.IndexOf(text) >= 0 ? 1 : 0; // nothing can be said by it
        }
        else if (field.Kind == JsonKind.List)
        {
            var length = JsonList.Length(field.Value.In(bytes));
            _length = _length < 0 ? length : _length;
            Odd = Odd.Row == 0 && length != _length ? (row, length) : Odd;
        }
    }

    /// <summary>The exception for a column whose lists differ.</summary>
    public InvalidDataException Refused(string file) => DataErrors.AtRow(file, Odd.Row,
        string.Create(CultureInfo.InvariantCulture,
            $"column '{Escaped.Of(Name)}' holds a list of {RowCountFindings.Counted(Odd.Length, "value")}, where "
                + $"{_length} were expected, as in the rows before; make the lists equally long."));

    private long Count(JsonKind kind) => _kinds[(int)kind];
}
