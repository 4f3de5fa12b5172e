using System.Text;

namespace Plumb;

/// <summary>Turns records into rows of numbers, block by block, and collects what keeps them from it.</summary>
internal sealed class CsvBlock
{
    private const int MostRows = 2048; // the block that exact moments work on: 2^21 * 2^21 * 2^11 = 2^53
    private const int MostNumbers = 1 << 22; // 32 MiB: blocks of very wide files have fewer rows
    private static readonly Matrix s_none = new(0, 0);
    private readonly CsvRecords _records;
    private readonly CsvReader _reader;
    private readonly CsvFormat _format;
    private readonly CsvSelection _selection;
    private readonly CsvFindings _findings;
    private readonly CsvFaults _faults;
    private readonly (string Column, long Count)[] _missing;
    private readonly int _capacity;
    private readonly byte _separator;
    private Matrix _inputs = s_none;
    private Matrix _targets = s_none;
    private int _count;

    /// <summary>An empty block of the columns asked for.</summary>
    public CsvBlock(CsvReader reader, CsvRecords records, CsvFormat format, CsvSelection selection, CsvFindings findings)
    {
        (_reader, _records, _format, _selection, _findings) = (reader, records, format, selection, findings);
        _separator = (byte)format.DecimalSeparator;
        _faults = new CsvFaults(reader.Name, format.DropMissing);
        _capacity = Math.Clamp(MostNumbers / (selection.Inputs.Length + selection.Targets.Length), 1, MostRows);
        _missing = [.. selection.Names.Inputs.Concat(selection.Names.Targets).Select(name => (name, 0L))];
        findings.Missing = _missing;
    }

    /// <summary>Whether the block must be taken before the next row is added.</summary>
    public bool IsFull => _count == _capacity;

    /// <summary>The number of rows.</summary>
    public int Count => _count;

    /// <summary>Whether bad cells were found: rows are only checked from then on.</summary>
    public bool HasFaults => _faults.Any;

    /// <summary>The exception that tells of all bad cells.</summary>
    public InvalidDataException Fault() => _faults.ToException();

    /// <summary>Adds the current record as a row.</summary>
    /// <exception cref="InvalidDataException">The record is the header once more, or has not one field a column.</exception>
    public void Add()
    {
        RequireWidth();
        if (ReferenceEquals(_inputs, s_none))
        {
            _inputs = new Matrix(_capacity, _selection.Inputs.Length);
            _targets = new Matrix(_capacity, _selection.Targets.Length);
        }

        _findings.RowsSeen++;
        var complete = Parse(_selection.Inputs, _inputs.Row(_count), 0) & Parse(_selection.Targets, _targets.Row(_count), _selection.Inputs.Length);
        if (!complete)
        {
            _findings.RowsDropped++;
        }
        else if (!HasFaults)
        {
            _count++;
            Measure(_selection.Inputs, 0);
            Measure(_selection.Targets, _selection.Inputs.Length);
        }
    }

    /// <summary>The rows so far, as a block of their own; the next row begins a new one.</summary>
    public Dataset Take()
    {
        var block = new Dataset(Top(_inputs, _count), Top(_targets, _count), _selection.Names);
        (_inputs, _targets, _count) = (s_none, s_none, 0);
        return block;
    }

    private bool Parse(int[] places, Span<double> row, int firstColumn)
    {
        var complete = true;
        for (var i = 0; i < places.Length; i++)
        {
            var field = _records.Fields[places[i]];
            var cell = Cell(field);
            var number = DecimalText.Parse(cell, _separator);
            row[i] = number.Value;
            if (number.Outcome == DecimalOutcome.Number)
            {
                continue;
            }

            if (number.Outcome is not (DecimalOutcome.NotANumber or DecimalOutcome.Overflow))
            {
                _findings.Count(number.Outcome);
            }
            else if (MissingMarkers.IndexOf(cell) is >= 0 and var marker)
            {
                AddMissing(marker, field, firstColumn + i);
                complete = false;
            }
            else
            {
                AddBad(cell, field, number.Outcome, firstColumn + i);
            }
        }

        return complete;
    }

    private Span<byte> Cell(CsvField field) => field.Quoted ? CsvCell.Trim(_records.Bytes(field)) : _records.Bytes(field);

    private void Measure(int[] places, int firstColumn)
    {
        for (var i = 0; i < places.Length && _reader.Precision is { } precision; i++)
        {
            precision.Add(firstColumn + i, DecimalPlaces.Of(Cell(_records.Fields[places[i]]), _separator));
        }
    }

    private void AddMissing(int marker, CsvField field, int column)
    {
        _missing[column].Count++;
        _faults.AddMissing(_faults.HasMissing ? 0 : _records.LineOf(field), _missing[column].Column, marker);
    }

    private void AddBad(ReadOnlySpan<byte> cell, CsvField field, DecimalOutcome outcome, int column)
    {
        if (!_faults.WantsBad)
        {
            _faults.AddBad();
            return;
        }

        RequireNoHeader();
        var complaint = CellComplaint.About(cell, outcome, _records.OffsetOf(field), _format, _reader.Delimiter);
        _faults.AddBad(_records.LineOf(field), _missing[column].Column, ShownText.Of(cell, field.Escaped), complaint);
    }

    private void RequireWidth()
    {
        var found = _records.Fields.Length;
        var expected = _reader.Columns.Count;
        if (found != expected)
        {
            var comment = _records.Bytes(_records.Fields[0]) is [(byte)'#', ..];
            var remedy = comment ? "if it is a comment, --comment \"#\" skips such lines" : "mend the row, or name another separator with --delimiter";
            throw _records.Refuse(FormattableString.Invariant($"line {_records.Line} has {found} {(found == 1 ? "field" : "fields")}, expected {expected}, one for every column; {remedy}."));
        }
    }

    private void RequireNoHeader()
    {
        for (var i = 0; i < _reader.Columns.Count; i++)
        {
            var field = _records.Fields[i];
            var text = Encoding.UTF8.GetString(_records.Bytes(field));
            if ((field.Escaped ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text) != _reader.Columns[i])
            {
                return;
            }
        }

        throw _records.Refuse("this line looks like a repeated header (concatenated files), where a row of data was expected; remove it.");
    }

    private static Matrix Top(Matrix full, int rows)
    {
        if (rows == full.Rows)
        {
            return full;
        }

        var top = new Matrix(rows, full.Columns);
        full.Values[..top.Values.Length].CopyTo(top.Values);
        return top;
    }
}
