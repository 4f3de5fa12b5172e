using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// Rows in JSON: objects, one per line or in a list, whose keys are the columns. They are gone through twice: for the
/// columns, and for the rows.
/// </summary>
public sealed class JsonReader : RowReader
{
    private const int MostRows = 2048;
    private const int MostValues = 1 << 20; // of one chunk
    private const int MostBytes = CsvFormat.MaxRowBytes;
    private readonly Func<Stream> _open;
    private readonly IReadOnlyList<JsonColumn> _keys;
    private readonly bool _dropMissing;
    private ColumnBlocks? _blocks;
    private CsvSource? _source;

    private JsonReader(Func<Stream> open, string name, IReadOnlyList<JsonColumn> keys, bool dropMissing, long rows)
        : base(name, [.. keys.SelectMany(key => key.Columns)]) =>
        (_open, _keys, _dropMissing, ExpectedRows) = (open, keys, dropMissing, rows);

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnKind> Kinds =>
        [.. _keys.SelectMany(key => key.Columns.Select(column => KindOf(column, key.Kind)))];

    /// <inheritdoc/>
    public override long? ExpectedRows { get; }

    /// <inheritdoc/>
    public override double? Fraction => ExpectedRows > 0 ? (double)Rows / ExpectedRows : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings => _blocks?.Findings ?? [];

    /// <summary>Goes through the file for its columns.</summary>
    /// <param name="open">Opens the file, once here and once for the rows.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="dropMissing">Whether rows with a missing value (null, or a key that is absent) in a used column are
    /// left out, and counted; otherwise they are refused.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The file is no JSON, or holds no objects.</exception>
    public static async Task<JsonReader> OpenAsync(Func<Stream> open, string name, bool dropMissing = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(name);
        await using var source = new CsvSource(name, open());
        var keys = new JsonKeys<JsonColumn>(found => new JsonColumn(found));
        var (row, line) = (0L, 1L);
        await foreach (var fields in ObjectsAsync(source, name, cancellationToken).ConfigureAwait(false))
        {
            row++;
            Look(fields, source.Rest, row, line);
            line += source.Rest[..fields.Consumed].Count((byte)'\n');
        }

        if (row == 0)
        {
            throw DataErrors.Of(name, "holds no objects, where one for each row was expected; check what wrote it.");
        }

        var reader = new JsonReader(open, name, keys.All, dropMissing, row);
        foreach (var key in keys.All.Where(key => key.Kind == ColumnKind.Text))
        {
            reader.Keep(key.Name, key.First);
        }

        return reader;

        void Look(JsonScanner found, Span<byte> bytes, long row, long line)
        {
            for (var i = 0; i < found.Fields.Count; i++)
            {
                var field = found.Fields[i];
                var column = keys.Of(i, field.Key, bytes)!;
                if (column.LastRow == row)
                {
                    throw DataErrors.At(name, line + bytes[..field.Key.Start].Count((byte)'\n'),
                        $"the key '{Escaped.Of(column.Name)}' occurs twice in one object, where every name was "
                            + "expected once; remove one of them.");
                }

                column.Add(row, field, bytes);
            }
        }
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        return ReadBlocksAsync(Select(inputs, targets), cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        var blocks = _blocks = new ColumnBlocks(Name, selection, _dropMissing);
        var source = _source = new CsvSource(Name, _open());
        var cells = CellsOf(selection, blocks);
        var keys = new JsonKeys<JsonCells>(_ => null);
        foreach (var one in cells)
        {
            keys.Add(one.Column.Name, one);
        }

        var capacity = Math.Clamp(MostValues / selection.Readings.Count, 1, MostRows);
        double[][] values = [.. selection.Readings.Select(_ => new double[capacity])];
        ColumnValues copy = (column, start, into) => values[column].AsSpan(start, into.Length).CopyTo(into);
        var row = 0;
        await foreach (var fields in ObjectsAsync(source, Name, cancellationToken).ConfigureAwait(false))
        {
            foreach (var column in values)
            {
                column[row] = ColumnBlocks.Missing;
            }

            Read(fields, source.Rest, keys, values, row);
            if (++row < capacity)
            {
                continue;
            }

            foreach (var block in blocks.Add(row, copy))
            {
                yield return HandOut(block);
            }

            row = 0;
        }

        foreach (var block in blocks.Add(row, copy))
        {
            yield return HandOut(block);
        }

        if (blocks.Finish() is { } last)
        {
            yield return HandOut(last);
        }
    }

    private static void Read(JsonScanner found, Span<byte> bytes, JsonKeys<JsonCells> keys, double[][] values, int row)
    {
        for (var i = 0; i < found.Fields.Count; i++)
        {
            keys.Of(i, found.Fields[i].Key, bytes)?.Read(found.Fields[i], bytes, values, row);
        }
    }

    private List<JsonCells> CellsOf(ColumnSelection selection, ColumnBlocks blocks)
    {
        int[] places = [.. selection.Inputs, .. selection.Targets];
        var cells = new List<JsonCells>();
        var first = 0;
        foreach (var key in _keys)
        {
            var width = Math.Max(key.Slots, 1);
            var slots = new List<(int Slot, int Place)>();
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] >= first && places[i] < first + width)
                {
                    slots.Add((places[i] - first, i));
                }
            }

            if (slots.Count > 0)
            {
                cells.Add(key.Odd.Row == 0 ? new JsonCells(key, slots, selection.Readings, blocks)
                    : throw key.Refused(Name));
            }

            first += width;
        }

        return cells;
    }

    // Each object stands at the beginning of the rest while it is looked at.
    private static async IAsyncEnumerable<JsonScanner> ObjectsAsync(CsvSource source, string name,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = 0L;
        try
        {
            if (await source.BeginAsync(cancellationToken).ConfigureAwait(false) is { Name: not "JSON" } other)
            {
                throw DataErrors.Of(name, $"{other.Name} file, by its first bytes, where JSON was expected; "
                    + $"{other.Remedy}.");
            }
        }
        catch (DecoderFallbackException)
        {
            throw DataErrors.NotUtf16(name, 1);
        }

        var scanner = new JsonScanner();
        while (true)
        {
            switch (scanner.Next(source.Rest, source.AtEnd))
            {
                case JsonToken.Row:
                    yield return scanner;
                    lines += source.Rest[..scanner.Consumed].Count((byte)'\n');
                    source.Advance(scanner.Consumed);
                    break;
                case JsonToken.NeedMore:
                    await FillAsync(source, name, lines + 1, cancellationToken).ConfigureAwait(false);
                    break;
                case JsonToken.End:
                    yield break;
                default:
                    throw DataErrors.At(name,
                        lines + 1 + source.Rest[..Math.Max(scanner.Fault!.Place, 0)].Count((byte)'\n'),
                        scanner.Fault.Message + ".");
            }
        }
    }

    private static async ValueTask FillAsync(CsvSource source, string name, long line,
        CancellationToken cancellationToken)
    {
        var wanted = 2 * source.Rest.Length; // so that a long object is not scanned again and again
        if (source.Rest.Length > MostBytes)
        {
            throw DataErrors.At(name, line, string.Create(CultureInfo.InvariantCulture,
                $"an object of more than {MostBytes} bytes begins here, where one for each row was expected; give one "
                    + $"object a row, as pandas does with to_json(orient=\"records\", lines=True)."));
        }

        try
        {
            do
            {
                await source.FillAsync(cancellationToken).ConfigureAwait(false);
            }
            while (source.Rest.Length < wanted && !source.AtEnd);
        }
        catch (DecoderFallbackException)
        {
            throw DataErrors.NotUtf16(name, line);
        }
    }
}
