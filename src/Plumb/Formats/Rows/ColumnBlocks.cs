using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.Formats;

/// <summary>
/// Turns columns of numbers, as typed formats hold them, into blocks of rows, and collects what keeps them from it.
/// </summary>
internal sealed class ColumnBlocks
{
    /// <summary>
    /// Stands for a value that is missing; another not-a-number than a calculation gives, so that messages can tell
    /// them apart.
    /// </summary>
    public static readonly double Missing = BitConverter.UInt64BitsToDouble(0x7FF8_0000_4E55_4C4C);

    // Stands for a number beyond the doubles.
    private static readonly double s_tooLarge = BitConverter.UInt64BitsToDouble(0x7FF8_0000_4F56_464C);

    // Stands for a text that is no number.
    private static readonly double s_bad = BitConverter.UInt64BitsToDouble(0x7FF8_0000_4241_4443);

    // Stands, with the marker's index added, for a text that marks a missing value.
    private const ulong Marked = 0x7FF8_4D41_524B_0000;
    private const int BadKept = 20; // of each column: more than a message names

    private static readonly Matrix s_none = new(0, 0);
    private static readonly int s_null = MissingMarkers.IndexOf("NULL"u8);
    private static readonly int s_notANumber = MissingMarkers.IndexOf("NaN"u8);
    private readonly string _name;
    private readonly VariableNames _names;
    private readonly CellErrors _faults;
    private readonly RowCountFindings _findings = new();
    private readonly string[] _columns;
    private readonly SortedSet<int> _truthValues = [];
    private readonly SortedSet<int> _quoted = [];
    private readonly Queue<(string Text, CellErrorText Complaint)>[] _bad;
    private readonly bool _keepsMissing;
    private readonly MissingTexts[] _codes; // of each column
    private readonly int _capacity;
    private readonly double[] _values;
    private Matrix _inputs = s_none;
    private Matrix _targets = s_none;
    private int _count;
    private bool _suspect;

    /// <summary>No rows yet.</summary>
    /// <param name="name">What messages call the data.</param>
    /// <param name="selection">The columns.</param>
    /// <param name="dropMissing">Whether rows with a missing value are left out, and counted; otherwise they are
    /// refused.</param>
    /// <param name="firstRow">The rows before the first.</param>
    public ColumnBlocks(string name, ColumnSelection selection, bool dropMissing, long firstRow = 0)
    {
        FirstRow = firstRow;
        (_keepsMissing, MissingTexts) = (selection.KeepsMissing, selection.Missing);
        (_name, _names) = (name, selection.Names);
        _faults = new CellErrors(name, dropMissing || _keepsMissing, byRow: true, selection.Missing);
        _columns = [.. _names.Inputs, .. _names.Targets];
        _codes = [.. selection.Readings.Select(reading => reading is null ? MissingTexts : MissingTexts.Known)];
        _bad = [.. _columns.Select(_ => new Queue<(string, CellErrorText)>())];
        _findings.Selected(selection);
        _capacity = RowBlockBuffer.CapacityOf(_names);
        _values = new double[_capacity];
        MakeRoom();
    }

    /// <summary>The rows before the first.</summary>
    public long FirstRow { get; }

    /// <summary>What a user should know about the rows so far.</summary>
    public IReadOnlyList<Finding> Findings =>
    [
        .. Noted(_truthValues, "truth-values", "Truth values were read as 1 and 0"),
        .. Noted(_quoted, "numbers-in-quotes", "Numbers in quotes were read as numbers"),
        .. _findings.ToList(),
    ];

    /// <summary>The double of a value of the data, and counts how well it holds it.</summary>
    public double Counted(DecimalValue value)
    {
        if (value.Outcome != DecimalOutcome.Number)
        {
            _findings.Counts.Add(value.Outcome);
        }

        return value.Outcome == DecimalOutcome.Overflow ? s_tooLarge : value.Value;
    }

    /// <summary>Notes that a column holds truth values, which are given as 1 and 0.</summary>
    public void NoteTruthValues(int column) => _truthValues.Add(column);

    /// <summary>Notes that a column holds numbers as texts.</summary>
    public void NoteQuoted(int column) => _quoted.Add(column);

    /// <summary>Stands for a value that is a text, and no number; values of a column come in their order.</summary>
    /// <param name="column">The column.</param>
    /// <param name="text">The text, fit to be shown.</param>
    /// <param name="complaint">What is wrong with it.</param>
    public double Bad(int column, string text, CellErrorText complaint)
    {
        if (_bad[column].Count < BadKept)
        {
            _bad[column].Enqueue((text, complaint));
        }

        return s_bad;
    }

    /// <summary>Stands for a value that is missing, as a text says.</summary>
    /// <param name="marker">The text's index among <see cref="MissingTexts"/>.</param>
    public static double MarkedMissing(int marker) => BitConverter.UInt64BitsToDouble(Marked + (ulong)marker);

    /// <summary>The texts that stand for a missing value; those that were named come last.</summary>
    public MissingTexts MissingTexts { get; }

    /// <summary>Adds rows, and gives the blocks that they fill.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="read">Reads the values of a column.</param>
    public IEnumerable<Dataset> Add(int rows, ColumnValues read)
    {
        for (var start = 0; start < rows;)
        {
            var count = Math.Min(_capacity - _count, rows - start);
            for (var column = 0; column < _columns.Length; column++)
            {
                read(column, start, _values.AsSpan(0, count));
                _codes[column].Replace(_values.AsSpan(0, count), MarkedMissing);
                Set(column, count);
            }

            start += count;
            if (Add(count) is { } full)
            {
                yield return full;
            }
        }
    }

    /// <summary>The rows that filled no block.</summary>
    /// <param name="mayBeNone">Whether there may be no rows.</param>
    /// <returns>The last block, or null.</returns>
    /// <exception cref="InvalidDataException">A cell was not a number, or there are no rows.</exception>
    public Dataset? Finish(bool mayBeNone = false)
    {
        RequireRows(mayBeNone);
        return Rest();
    }

    /// <summary>The rows that filled no block, whatever was found.</summary>
    /// <returns>The last block, or null.</returns>
    public Dataset? Rest() => _count > 0 ? Take() : null;

    /// <summary>Adds what was found in the rows that follow.</summary>
    public void Add(ColumnBlocks later)
    {
        _faults.Add(later._faults);
        _findings.Counts.Add(later._findings.Counts);
    }

    /// <summary>Nothing, where there are rows, and all of their cells numbers.</summary>
    /// <param name="mayBeNone">Whether there may be no rows.</param>
    /// <exception cref="InvalidDataException">A cell was not a number, or there are no rows.</exception>
    public void RequireRows(bool mayBeNone = false)
    {
        if (_faults.Any)
        {
            throw _faults.ToException();
        }

        if (_findings.Counts.RowsSeen == 0 && !mayBeNone)
        {
            throw DataErrors.Of(_name, "0 rows, where at least one was expected; check what wrote the data.");
        }

        if (_findings.Counts.RowsSeen == _findings.Counts.RowsDropped && !mayBeNone)
        {
            throw DataErrors.Of(_name,
                string.Create(CultureInfo.InvariantCulture,
                    $"every one of the {_findings.Counts.RowsSeen} rows has a missing value, so none is left; "
                        + $"{Remedies.LeaveEmptyColumnsOut}."));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Set(int column, int count)
    {
        var inputs = _names.Inputs.Count;
        var (matrix, place) = column < inputs ? (_inputs, column) : (_targets, column - inputs);
        var stride = matrix.Columns;
        var target = matrix.Writable[(_count * stride + place)..];
        var values = _values.AsSpan(0, count);
        var check = 0.0; // becomes not-a-number with the first value that is not finite
        for (var i = 0; i < values.Length; i++)
        {
            target[i * stride] = values[i];
            check += values[i] * 0;
        }

        _suspect |= check != 0;
    }

    private Dataset? Add(int rows)
    {
        var complete = _suspect ? CompleteRows(rows) : rows;
        _suspect = false;
        _findings.Counts.RowsSeen += rows;
        _findings.Counts.RowsDropped += rows - complete;
        _count += _faults.Any ? 0 : complete;
        return _count == _capacity ? Take() : null;
    }

    // Moves the rows without a missing value together, in their order.
    private int CompleteRows(int rows)
    {
        var kept = _count;
        for (var i = 0; i < rows; i++)
        {
            var row = _count + i;
            var isComplete = IsComplete(_inputs.Row(row), 0, i) & IsComplete(_targets.Row(row), _inputs.Columns, i);
            if (isComplete || _keepsMissing)
            {
                _inputs.Row(row).CopyTo(_inputs.WritableRow(kept));
                _targets.Row(row).CopyTo(_targets.WritableRow(kept));
                kept++;
            }
        }

        return kept - _count;
    }

    private bool IsComplete(ReadOnlySpan<double> row, int firstColumn, int offset)
    {
        var complete = true;
        for (var i = 0; i < row.Length; i++)
        {
            if (double.IsFinite(row[i]))
            {
                continue;
            }

            var place = FirstRow + _findings.Counts.RowsSeen + offset + 1;
            var column = _columns[firstColumn + i];
            if (IsSame(row[i], s_tooLarge))
            {
                _faults.AddBad(place, column, "a number beyond 1.8e308", CellErrorText.Overflow);
            }
            else if (IsSame(row[i], s_bad))
            {
                AddBad(place, firstColumn + i);
            }
            else if (double.IsNaN(row[i]))
            {
                _findings.Counts.Missing[firstColumn + i]++;
                _faults.AddMissing(place, column, MarkerOf(row[i]));
                complete = false;
            }
            else
            {
                _faults.AddBad(place, column, row[i] > 0 ? "Infinity" : "-Infinity", CellErrorText.NotFinite);
            }
        }

        return complete;
    }

    private void AddBad(long place, int column)
    {
        if (_bad[column].TryDequeue(out var found))
        {
            _faults.AddBad(place, _columns[column], found.Text, found.Complaint);
        }
        else
        {
            _faults.AddBad(); // one of so many that none of them will be named
        }
    }

    private int MarkerOf(double value) =>
        BitConverter.DoubleToUInt64Bits(value) - Marked is var marker && marker < (ulong)MissingTexts.All.Count
            ? (int)marker : IsSame(value, Missing) ? s_null : s_notANumber;

    private static bool IsSame(double left, double right) =>
        BitConverter.DoubleToUInt64Bits(left) == BitConverter.DoubleToUInt64Bits(right);

    private Dataset Take()
    {
        var block = new Dataset(_inputs.Top(_count), _targets.Top(_count), _names);
        _count = 0;
        MakeRoom();
        return block;
    }

    private void MakeRoom() =>
        (_inputs, _targets) = (new Matrix(_capacity, _names.Inputs.Count), new Matrix(_capacity, _names.Targets.Count));

    private IEnumerable<Finding> Noted(SortedSet<int> columns, string code, string what) => columns.Count == 0 ? []
        : [new Finding(Severity.Information, code, $"{what}: "
            + $"{string.Join(", ", columns.Select(column => $"column '{Escaped.Of(_columns[column])}'"))}.", "")];
}
