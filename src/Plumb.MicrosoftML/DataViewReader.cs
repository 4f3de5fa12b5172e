using System.Runtime.CompilerServices;
using Microsoft.ML;

namespace Plumb.MicrosoftML;

/// <summary>
/// One pass over the rows of an <see cref="IDataView"/> of ML.NET. A scalar column keeps its name; a slot of a vector
/// column is Features[name], or Features[0] where slots have no names.
/// </summary>
public sealed class DataViewReader : RowReader
{
    private const int BatchRows = 256;

    private readonly IDataView _data;
    private readonly IReadOnlyList<DataViewColumn> _columns;
    private readonly bool _dropMissing;
    private readonly long? _expected;
    private ColumnBlocks? _blocks;

    private DataViewReader(IDataView data, string name, IReadOnlyList<DataViewColumn> columns, bool dropMissing)
        : base(name, [.. columns.SelectMany(column => column.Slots)]) =>
        (_data, _columns, _dropMissing, _expected) = (data, columns, dropMissing, data.GetRowCount());

    /// <inheritdoc/>
    public override double? Fraction => _expected > 0 ? Math.Min(1, (double)Rows / _expected.Value) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings => _blocks?.Findings ?? [];

    /// <summary>Looks at the schema.</summary>
    /// <param name="data">The rows; a pass runs whatever pipeline they come from.</param>
    /// <param name="name">What to call them in messages.</param>
    /// <param name="dropMissing">Whether rows with a missing value (not-a-number) in a used column are left out, and
    /// counted; otherwise they are refused.</param>
    /// <exception cref="InvalidDataException">Two columns have one name.</exception>
    public static DataViewReader Open(IDataView data, string name = "data view", bool dropMissing = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(name);
        DataViewColumn[] columns =
            [.. data.Schema.Where(column => !column.IsHidden).Select(column => new DataViewColumn(column))];
        ColumnSelection.RequireDistinct(columns.SelectMany(column => column.Slots), name);
        return new DataViewReader(data, name, columns, dropMissing);
    }

    /// <summary>
    /// The names in <see cref="RowReader.Columns"/> of a column's slots, or of the column itself where it is a scalar.
    /// </summary>
    /// <param name="column">The column's name in the schema.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<string> ColumnsOf(string column) =>
        _columns.FirstOrDefault(candidate => candidate.Name == column)?.Slots
        ?? throw new ArgumentException(
            $"column '{Escaped.Of(column)}' of {Escaped.InFull(Name)} is not there; its columns are "
                + $"{string.Join(", ", _columns.Select(candidate => $"'{Escaped.Of(candidate.Name)}'"))}.",
            nameof(column));

    /// <inheritdoc/>
    public override IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        return ReadBlocksAsync(Select(inputs, targets), cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask; // each pass lets go of its cursor

#pragma warning disable CS1998 // a cursor has no asynchronous way to move on
    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
#pragma warning restore CS1998
    {
        Begin();
        var blocks = _blocks = new ColumnBlocks(Name, selection, _dropMissing);
        int[] places = [.. selection.Inputs, .. selection.Targets];
        var values = new double[places.Length][]; // a column each: those of a batch of rows
        Array.Fill(values, []);
        var fills = FillsOf(places, values, blocks);
        using var cursor = _data.GetRowCursor(fills.Select(fill => fill.Column.Schema));
        Action<int>[] readers = [.. fills.Select(fill => fill.Column.ReaderOf(cursor, fill.Slots, values, blocks))];
        for (var isEnd = false; !isEnd;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = 0;
            while (rows < BatchRows && !(isEnd = !cursor.MoveNext()))
            {
                foreach (var read in readers)
                {
                    read(rows);
                }

                rows++;
            }

            foreach (var block in blocks.Add(rows,
                (column, start, into) => values[column].AsSpan(start, into.Length).CopyTo(into)))
            {
                yield return HandOut(block);
            }
        }

        if (blocks.Finish() is { } last)
        {
            yield return HandOut(last);
        }
    }

    /// <summary>For each column of the schema that is used: which of its slots go where.</summary>
    private List<(DataViewColumn Column, List<(int Slot, int Place)> Slots)> FillsOf(int[] places, double[][] values,
        ColumnBlocks blocks)
    {
        var fills = new List<(DataViewColumn Column, List<(int Slot, int Place)> Slots)>();
        var first = 0;
        foreach (var column in _columns)
        {
            List<(int Slot, int Place)> slots = [];
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] >= first && places[i] < first + column.Slots.Count)
                {
                    slots.Add((places[i] - first, i));
                    values[i] = new double[BatchRows];
                    if (column.HoldsTruthValues)
                    {
                        blocks.NoteTruthValues(i);
                    }
                }
            }

            if (slots.Count > 0)
            {
                fills.Add(
                    column.IsNumeric ? (column, slots)
                        : throw DataErrors.NotNumbers(Name, column.Name, $"values of type {column.Schema.Type}"));
            }

            first += column.Slots.Count;
        }

        return fills;
    }
}
