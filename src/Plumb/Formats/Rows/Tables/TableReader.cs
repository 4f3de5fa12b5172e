using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// A reader that anybody can write, of a database, a format or a device that Plumb does not know: a subclass names the
/// columns and hands out their numbers. That rows are read once and in blocks, what is missing, findings and messages
/// come from here.
/// </summary>
public abstract class TableReader : RowReader
{
    private readonly bool _dropMissing;
    private ColumnBlocks? _blocks;
    private ColumnSelection? _selection;

    /// <summary>A reader of rows that have these columns.</summary>
    /// <param name="name">What messages call the rows' origin.</param>
    /// <param name="columns">The names of all columns, in their order.</param>
    /// <param name="dropMissing">Whether rows with a missing value in a used column are left out, and counted;
    /// otherwise they are refused.</param>
    /// <exception cref="InvalidDataException">Two columns have one name.</exception>
    protected TableReader(string name, IReadOnlyList<string> columns, bool dropMissing = false)
        : base(name ?? throw new ArgumentNullException(nameof(name)), Distinct(columns, name)) =>
        _dropMissing = dropMissing;

    /// <inheritdoc/>
    public override double? Fraction => ExpectedRows is > 0 and var all ? Math.Min(1, (double)Rows / all) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings => _blocks?.Findings ?? [];

    /// <inheritdoc/>
    public sealed override IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        return ReadBlocksAsync(Select(inputs, targets), cancellationToken);
    }

    /// <summary>
    /// All rows, in their order, some at a time: as many columns as are asked for, in that order. Not-a-number is a
    /// missing value. The array behind a matrix that was handed out may be filled again.
    /// </summary>
    /// <param name="columns">The places in <see cref="RowReader.Columns"/> of the columns asked for, from 0.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    protected abstract IAsyncEnumerable<Matrix> ReadRowsAsync(IReadOnlyList<int> columns,
        CancellationToken cancellationToken);

    /// <summary>
    /// The number that a text stands for in the rows that are handed out: one that is written there, a missing value,
    /// or what <see cref="RowReader.ReadAs"/> makes of it. Where it is none, the row is refused, with all others that
    /// are.
    /// </summary>
    /// <param name="column">The column's place among those asked for, from 0; its texts come in their order.</param>
    /// <param name="text">The text; null for a missing value.</param>
    /// <exception cref="InvalidOperationException">No rows are being read.</exception>
    protected double NumberOf(int column, string? text)
    {
        if (_blocks is not { } blocks || _selection is not { } selection)
        {
            throw new InvalidOperationException("texts become numbers only while rows are read.");
        }

        if (text is null)
        {
            return ColumnBlocks.Missing;
        }

        var cell = Encoding.UTF8.GetBytes(text);
        if (blocks.MissingTexts.IndexOf(cell) is >= 0 and var marker)
        {
            return ColumnBlocks.MarkedMissing(marker);
        }

        if (selection.Readings[column] is { } reading)
        {
            return reading.TryRead(cell, out var meant) ? meant : blocks.Bad(column, text, Complaint(cell));
        }

        if (!TryNumber(cell, out var number))
        {
            return blocks.Bad(column, text, Complaint(cell));
        }

        blocks.NoteQuoted(column);
        return number;
    }

    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        _selection = selection;
        var blocks = _blocks = new ColumnBlocks(Name, selection, _dropMissing);
        int[] places = [.. selection.Inputs, .. selection.Targets];
        await foreach (var rows in ReadRowsAsync(places, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequireShape(rows, places.Length);
            foreach (var block in blocks.Add(rows.Rows, (column, start, into) =>
            {
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = rows[start + i, column];
                }
            }))
            {
                yield return HandOut(block);
            }
        }

        if (blocks.Finish() is { } last)
        {
            yield return HandOut(last);
        }
    }

    private void RequireShape(Matrix? rows, int columns)
    {
        if (rows?.Columns != columns)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{GetType().Name} handed out rows of {rows?.Columns ?? 0} columns, and was asked for {columns}."));
        }
    }

    private static IReadOnlyList<string> Distinct(IReadOnlyList<string> columns, string name)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ColumnSelection.RequireDistinct(columns, name);
        return [.. columns];
    }
}
