namespace Plumb.Formats;

/// <summary>Makes numbers of the values of one key.</summary>
internal sealed class JsonCells
{
    private const string Remedy = "correct it, or " + Remedies.LeaveColumnOut;
    private static readonly CellErrorText s_text = new("which is a text, not a number", Remedy);
    private static readonly CellErrorText s_truth = new("which is a truth value, not a number", Remedy);
    private static readonly CellErrorText s_nested = new("which holds further values, and is no number", Remedy);
    private readonly List<(int Slot, int Place)> _slots;
    private readonly TextCells? _cells;
    private readonly ColumnBlocks _blocks;

    /// <summary>Nothing is read yet.</summary>
    /// <param name="column">The column.</param>
    /// <param name="slots">Which of its values go where.</param>
    /// <param name="readings">What texts mean, for each column asked for.</param>
    /// <param name="blocks">Counts what doubles do not hold, and keeps what is no number.</param>
    public JsonCells(JsonColumn column, List<(int Slot, int Place)> slots, IReadOnlyList<TextReading?> readings,
        ColumnBlocks blocks)
    {
        (Column, _slots, _blocks) = (column, slots, blocks);
        _cells = readings[slots[0].Place] is { } reading ? new TextCells(reading) : null;
        foreach (var (_, place) in slots)
        {
            if (column.IsTruthValue && _cells is null)
            {
                blocks.NoteTruthValues(place);
            }

            if (column.HasQuoted && _cells is null)
            {
                blocks.NoteQuoted(place);
            }
        }
    }

    /// <summary>The column.</summary>
    public JsonColumn Column { get; }

    /// <summary>Reads the value of a row.</summary>
    /// <param name="field">The value.</param>
    /// <param name="bytes">The bytes that it is in.</param>
    /// <param name="values">Receives it: columns asked for x rows.</param>
    /// <param name="row">The row.</param>
    public void Read(JsonField field, Span<byte> bytes, double[][] values, int row)
    {
        if (field.Kind != JsonKind.List || Column.Slots == 0)
        {
            foreach (var (_, place) in _slots)
            {
                values[place][row] = Value(field, bytes, place);
            }

            return;
        }

        ReadOnlySpan<byte> rest = field.Value.In(bytes)[1..];
        var slot = 0;
        for (var value = JsonList.NextOf(ref rest); value.Length > 0; value = JsonList.NextOf(ref rest), slot++)
        {
            foreach (var (wanted, place) in _slots)
            {
                if (wanted == slot)
                {
                    values[place][row] = Element(value, place);
                }
            }
        }
    }

    private double Element(ReadOnlySpan<byte> value, int place) => (char)value[0] switch
    {
        '"' => Text(value[1..^1], place), // numbers need no escapes
        't' or 'f' => _blocks.Bad(place, Escaped.Of(value, doubledQuotes: false), s_truth),
        '[' or '{' => _blocks.Bad(place, Escaped.Of(value, doubledQuotes: false), s_nested),
        'n' when value.SequenceEqual("null"u8) => ColumnBlocks.Missing,
        _ => Number(value.ToArray(), place),
    };

    private double Value(JsonField field, Span<byte> bytes, int place)
    {
        var value = field.Value.In(bytes);
        if (field.Kind == JsonKind.Null)
        {
            return ColumnBlocks.Missing;
        }

        if (_cells is not null)
        {
            return _cells.Read(field.Value.TextIn(bytes), place, _blocks);
        }

        if (field.Kind is JsonKind.List or JsonKind.Object)
        {
            return _blocks.Bad(place, Escaped.Of(value, doubledQuotes: false), s_nested);
        }

        return field.Kind switch
        {
            JsonKind.Number => Number(value, place),
            JsonKind.TruthValue when Column.IsTruthValue => value[0] == 't' ? 1 : 0,
            JsonKind.TruthValue => _blocks.Bad(place, Escaped.Of(value, doubledQuotes: false), s_truth),
            _ => Text(field.Value.TextIn(bytes), place),
        };
    }

    private double Text(ReadOnlySpan<byte> text, int place)
    {
        text = text.Trim(" \t"u8);
        return _blocks.MissingTexts.IndexOf(text) is >= 0 and var marker ? ColumnBlocks.MarkedMissing(marker)
            : Column.HasQuoted && DecimalExact.Matches(text, (byte)'.') ? Number(text.ToArray(), place)
            : _blocks.Bad(place, Escaped.Of(text, doubledQuotes: false), s_text);
    }

    private double Number(Span<byte> text, int place)
    {
        var value = DecimalExact.Parse(text, (byte)'.');
        return value.Outcome switch
        {
            DecimalOutcome.Overflow =>
                _blocks.Bad(place, Escaped.Of(text, doubledQuotes: false), CellErrorText.Overflow),
            DecimalOutcome.NotANumber => Word(text),
            _ => _blocks.Counted(value),
        };
    }

    // As Python writes what JSON has no number for.
    private static double Word(ReadOnlySpan<byte> text) => text.EndsWith("Infinity"u8)
        ? text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity : double.NaN;
}
