using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>Turns records into rows of numbers, block by block, and collects what keeps them from it.</summary>
internal sealed class CsvRecordReader
{
    private readonly CsvTable _table;
    private readonly CsvLayout _layout;
    private readonly RowCounts _counts;
    private readonly RowBlockBuffer _rows;
    private readonly CellErrors _faults;
    private readonly string[] _columns;
    private readonly PrintedPrecision? _precision;
    private CsvRecords _records;
    private RowTexts? _texts;

    /// <summary>An empty block of the columns asked for.</summary>
    public CsvRecordReader(CsvTable table, CsvRecords records, CsvLayout layout, RowCounts counts,
        PrintedPrecision? precision)
    {
        (_table, _records, _layout, _counts, _precision) = (table, records, layout, counts, precision);
        _faults = new CellErrors(table.Name, layout.Format.DropMissing || layout.Selection.KeepsMissing,
            texts: layout.Missing);
        _rows = new RowBlockBuffer(layout.RowNames, layout.Selection.Texts?.Length ?? 0);
        _columns = [.. layout.Selection.Names.Inputs, .. layout.Selection.Names.Targets];
    }

    /// <summary>Whether the block must be taken before the next row is added.</summary>
    public bool IsFull => _rows.IsFull;

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Whether bad cells were found: rows are only checked from then on.</summary>
    public bool HasFaults => _faults.Any;

    /// <summary>The exception that names all bad cells.</summary>
    public InvalidDataException Fault() => _faults.ToException();

    /// <summary>Goes on with other records of the same file.</summary>
    public void GoOn(CsvRecords records) => _records = records;

    /// <summary>Adds the current record as a row.</summary>
    /// <exception cref="InvalidDataException">The record is the header once more, or has not one field a
    /// column.</exception>
    public void Add()
    {
        RequireWidth();
        _counts.RowsSeen++;
        var (inputs, targets) = (_layout.Selection.Inputs, _layout.Selection.Targets);
        var complete = Parse(inputs, _rows.NextInputs, 0) & Parse(targets, _rows.NextTargets, inputs.Length);
        if (!complete && !_layout.Selection.KeepsMissing)
        {
            _counts.RowsDropped++;
        }
        else if (!HasFaults)
        {
            _rows.Add();
            AddTexts();
            Measure(inputs, 0);
            Measure(targets, inputs.Length);
        }
    }

    /// <summary>Adds as many rows of numbers as there is room for, and says how many.</summary>
    public int Add(ReadOnlySpan<double> numbers) => _rows.Add(numbers);

    /// <summary>The rows so far, as a block of their own; the next row begins a new one.</summary>
    public Dataset Take() => _rows.Take();

    /// <summary>The texts of the rows so far, where they are wanted; to be taken with the rows.</summary>
    public RowTexts? TakeTexts()
    {
        var texts = _texts;
        _texts = null;
        return texts;
    }

    private void AddTexts()
    {
        if (_layout.Selection.Texts is not { } places)
        {
            return;
        }

        _texts ??= new RowTexts(places.Length);
        foreach (var place in places)
        {
            var field = _records.Fields[place];
            if (field.Escaped)
            {
                _texts.AddEscaped(_records.Bytes(field));
            }
            else
            {
                _texts.Add(_records.Bytes(field));
            }
        }
    }

    private bool Parse(int[] places, Span<double> row, int firstColumn)
    {
        var complete = true;
        for (var i = 0; i < places.Length; i++)
        {
            var field = _records.Fields[places[i]];
            complete &= _layout.Selection.Readings[firstColumn + i] is { } reading
                ? ReadText(reading, field, row, i, firstColumn + i) : ReadNumber(field, row, i, firstColumn + i);
        }

        return complete;
    }

    private bool ReadNumber(CsvField field, Span<double> row, int slot, int column)
    {
        var cell = Cell(field);
        var outcome = _layout.Read(cell, row, slot);
        if ((outcome & DecimalOutcome.Refused) == 0)
        {
            _counts.Add(outcome);
            return !_layout.IsCode(row, slot)
                || LeaveOut(_layout.Missing.IndexOf(_layout.ValueIn(row, slot)), field, row, slot, column);
        }

        if (_layout.Missing.IndexOf(cell) is >= 0 and var marker)
        {
            return LeaveOut(marker, field, row, slot, column);
        }

        AddBad(cell, field, column, null, outcome);
        return true;
    }

    private bool ReadText(TextReading reading, CsvField field, Span<double> row, int slot, int column)
    {
        var cell = field.Escaped ? CsvCell.Unescaped(Cell(field)) : Cell(field);
        if (_layout.Missing.IndexOf(cell) is >= 0 and var marker)
        {
            return LeaveOut(marker, field, row, slot, column);
        }

        if (reading.TryRead(cell, out var number) && double.IsFinite(number))
        {
            _layout.Keep(number, row, slot);
        }
        else
        {
            AddBad(Cell(field), field, column, reading);
        }

        return true;
    }

    private Span<byte> Cell(CsvField field) => field.Quoted ? CsvCell.Trim(_records.Bytes(field))
        : _records.Bytes(field);

    private void Measure(int[] places, int firstColumn)
    {
        for (var i = 0; i < places.Length && _precision is { } precision; i++)
        {
            if (_layout.Selection.Readings[firstColumn + i] is not null)
            {
                continue; // exact, as no numbers are printed
            }

            precision.Add(firstColumn + i, _layout.PlacesOf(Cell(_records.Fields[places[i]])));
        }
    }

    private bool LeaveOut(int marker, CsvField field, Span<double> row, int slot, int column)
    {
        row[_layout.AsDecimals ? DecimalNumber.Parts * slot : slot] = double.NaN;
        _counts.Missing[column]++;
        _faults.AddMissing(_faults.HasMissing ? 0 : _records.LineOf(field), _columns[column], marker);
        return false;
    }

    private void AddBad(ReadOnlySpan<byte> cell, CsvField field, int column, TextReading? reading,
        DecimalOutcome outcome = DecimalOutcome.Number)
    {
        if (!_faults.WantsBad)
        {
            _faults.AddBad();
            return;
        }

        RequireNoHeader();
        var offset = _records.OffsetOf(field);
        var complaint = reading is null ? CellErrorText.About(cell, outcome, offset, _layout.Format.DecimalSeparator,
            (char)_layout.Delimiter) : CellErrorText.About(cell, reading, offset);
        _faults.AddBad(_records.LineOf(field), _columns[column], Escaped.Of(cell, field.Escaped), complaint);
    }

    private void RequireWidth()
    {
        var found = _records.Fields.Length;
        var expected = _table.Width;
        if (found != expected)
        {
            var comment = _records.Bytes(_records.Fields[0]) is [(byte)'#', ..];
            var remedy = comment ? "if it is a comment, " + Remedies.SkipComments
                : _table.Hint.Length > 0 ? _table.Hint
                : DecimalExact.LooksNumeric(Cell(_records.Fields[0]))
                ? "correct the row, or " + Remedies.NameSeparator
                : $"correct the row, {Remedies.NameSeparator}, or {Remedies.LeaveLastLineOut} where it is below the "
                    + "table";
            throw _records.Refuse(
                string.Create(CultureInfo.InvariantCulture,
                    $"line {_records.Line} has {found} {(found == 1 ? "field" : "fields")}, expected {expected}, one "
                        + $"for every column; {remedy}."));
        }

        for (var i = 0; i < found && _table.Columns.Count < found; i++)
        {
            if (_layout.Slots[i] == CsvLayout.Empty && _records.Fields[i].Length > 0)
            {
                throw _records.Refuse(
                    string.Create(CultureInfo.InvariantCulture,
                        $"line {_records.Line} holds '{Escaped.Of(_records.Bytes(_records.Fields[i]), false)}' in "
                            + $"field {i + 1}, which has no name and was empty before, where nothing was expected; "
                            + $"correct the row, or name the column."));
            }
        }
    }

    private void RequireNoHeader()
    {
        if (RepeatsHeader())
        {
            var mark = _records.Bytes(_records.Fields[_table.Fields[0]]).StartsWith(Encoding.UTF8.Preamble)
                ? " behind a byte order mark, U+FEFF" : "";
            throw _records.Refuse(
                $"this line looks like a repeated header{mark} (concatenated files), where a row of data was expected; "
                    + "remove it.");
        }

        if (_records.Line == _table.HintLine)
        {
            throw _records.Refuse($"this line looks like names, where a row of data was expected; {_table.Hint}.");
        }
    }

    private bool RepeatsHeader()
    {
        for (var i = 0; i < _table.Columns.Count; i++)
        {
            var field = _records.Fields[_table.Fields[i]];
            var text = Encoding.UTF8.GetString(_records.Bytes(field));
            text = i == 0 ? text.TrimStart('\uFEFF') : text;
            // A column without a name repeats none.
            if (text.Length > 0
                && (field.Escaped ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text) != _table.Columns[i])
            {
                return false;
            }
        }

        return true;
    }
}
