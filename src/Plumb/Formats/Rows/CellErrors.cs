using System.Globalization;

namespace Plumb.Formats;

/// <summary>Collects cells that are not numbers, so that one message can tell of all of them.</summary>
/// <param name="name">What the file is called.</param>
/// <param name="dropMissing">Whether rows with missing values are left out.</param>
/// <param name="byRow">Whether places are rows, from 1, and not the lines of a text.</param>
/// <param name="texts">The texts that stand for a missing value; those known everywhere when left out.</param>
internal sealed class CellErrors(string name, bool dropMissing, bool byRow = false, MissingTexts? texts = null)
{
    private const int CellsNamed = 5; // enough to see the pattern
    private readonly List<(long Line, string Column, string Text)> _named = [];
    private readonly IReadOnlyList<string> _texts = (texts ?? MissingTexts.Known).All;
    private readonly long[] _markers = new long[(texts ?? MissingTexts.Known).All.Count];
    private (long Line, string Column, int Marker) _firstMissing;
    private CellErrorText? _complaint;
    private long _bad;
    private long _missing;

    /// <summary>Whether the file must be refused.</summary>
    public bool Any => _bad > 0 || (_missing > 0 && !dropMissing);

    /// <summary>Whether the next bad cell will be named.</summary>
    public bool WantsBad => _bad < CellsNamed;

    /// <summary>Whether a missing value was counted: only the first one's line is told.</summary>
    public bool HasMissing => _missing > 0;

    /// <summary>Counts a bad cell.</summary>
    public void AddBad() => _bad++;

    /// <summary>Counts a bad cell, and keeps it for the message.</summary>
    public void AddBad(long line, string column, string text, CellErrorText complaint)
    {
        _complaint ??= complaint;
        _bad++;
        if (_named.Count < CellsNamed)
        {
            _named.Add((line, column, text));
        }
    }

    /// <summary>Counts a missing value.</summary>
    public void AddMissing(long line, string column, int marker)
    {
        if (_missing++ == 0)
        {
            _firstMissing = (line, column, marker);
        }

        _markers[marker]++;
    }

    /// <summary>Adds those of the rows that follow.</summary>
    public void Add(CellErrors later)
    {
        _complaint ??= later._complaint;
        _firstMissing = _missing > 0 ? _firstMissing : later._firstMissing;
        _named.AddRange(later._named.Take(CellsNamed - _named.Count));
        (_bad, _missing) = (_bad + later._bad, _missing + later._missing);
        for (var i = 0; i < _markers.Length; i++)
        {
            _markers[i] += later._markers[i];
        }
    }

    /// <summary>The exception that names all of them.</summary>
    public InvalidDataException ToException()
    {
        if (_complaint is null)
        {
            return MissingException();
        }

        var (line, column, text) = _named[0];
        var message =
            FormattableString.Invariant($"column '{Escaped.Of(column)}' holds '{text}', {_complaint.Reason}");
        if (_bad > 1)
        {
            var cells =
                _named.Select(cell =>
                    string.Create(CultureInfo.InvariantCulture,
                        $"'{cell.Text}' in column '{Escaped.Of(cell.Column)}' at {(byRow ? "row" : "line")} "
                            + $"{cell.Line}"));
            message += string.Create(CultureInfo.InvariantCulture,
                $"; {_bad} cells {_complaint.Others}: {string.Join(", ", cells)}"
                    + $"{(_bad > _named.Count ? ", ..." : "")}");
        }

        var missing = _missing == 0 || dropMissing ? "" : FormattableString.Invariant($"; missing besides: {_missing}");
        return At(line, message + missing + "; " + _complaint.Remedy + ".");
    }

    private InvalidDataException MissingException()
    {
        var (line, column, first) = _firstMissing;
        var found = first == 0 ? "is empty, where a number was expected"
            : FormattableString.Invariant($"holds {Marker(first)}, which marks a missing value");
        var counts = _markers.Select((count, marker) => (Text: Marker(marker), Count: count))
            .Where(marker => marker.Count > 0)
            .Select(marker => FormattableString.Invariant($"{marker.Text} {marker.Count}"));
        var all = _missing == 1 ? "the only value missing"
            : FormattableString.Invariant($"{_missing} missing in all ({string.Join(", ", counts)})");
        return At(line, $"column '{Escaped.Of(column)}' {found}; {all}; fill it in, or {Remedies.DropRows}.");
    }

    private InvalidDataException At(long place, string message) => byRow ? DataErrors.AtRow(name, place, message)
        : DataErrors.At(name, place, message);

    private string Marker(int index) => index == 0 ? "empty" : "'" + Escaped.Of(_texts[index]) + "'";
}
