using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.Formats;

/// <summary>
/// One pass over arrays as rows: NumPy's NPY and NPZ, and safetensors, a megabyte at a time. An array of one length is
/// a column of its name, one of two lengths is the columns name[0], name[1], ...;
/// the columns of an NPY file, which has no names, are x1, x2, ..., y.
/// </summary>
public sealed class ArrayReader : RowReader
{
    private const int MostRows = 2048;
    private const int MostBytes = 1 << 20; // read at once

    private readonly Stream _stream;
    private readonly ArrayFile _file;
    private readonly IReadOnlyList<ArrayData> _tables;
    private readonly bool _dropMissing;
    private readonly List<Finding> _findings;
    private ColumnBlocks? _blocks;
    private long _expected;

    private ArrayReader(string name, Stream stream, ArrayFile file, IReadOnlyList<ArrayData> tables,
        IReadOnlyList<string> columns, bool dropMissing)
        : base(name, columns) =>
        (_stream, _file, _tables, _dropMissing, _findings) = (stream, file, tables, dropMissing, [.. file.Findings]);

    /// <inheritdoc/>
    public override double? Fraction => _expected > 0 ? (double)Rows / _expected : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings => [.. _findings, .. _blocks?.Findings ?? []];

    /// <summary>Reads the headers.</summary>
    /// <param name="stream">The bytes, which can be sought in; the reader owns it from now on, and disposes of it, also
    /// when it throws.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <param name="dropMissing">Whether rows with a missing value (not-a-number) in a used column are left out, and
    /// counted; otherwise they are refused.</param>
    /// <exception cref="ArgumentException">The stream cannot be sought in.</exception>
    /// <exception cref="InvalidDataException">The file is none of these, or damaged, or holds no array of one or two
    /// lengths.</exception>
    public static ArrayReader Open(Stream stream, string name, bool dropMissing = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            if (!stream.CanSeek)
            {
                throw new ArgumentException(
                    "the stream cannot be sought in, and arrays are not read in the order of their bytes; save it as a "
                        + "file first.", nameof(stream));
            }

            var file = ArrayFile.Open(stream, name);
            ArrayData[] tables = [.. file.Arrays.Where(array => array.IsTable)];
            string[] columns = [.. tables.SelectMany(ColumnsOf)];
            if (columns.Length == 0)
            {
                var first = file.Arrays.Count == 0 ? null : file.Arrays[0].Array;
                var found = first is null ? "no array"
                    : first.ShapeText + (first.Name.Length == 0 ? "" : $" as '{Escaped.Of(first.Name)}'");
                throw DataErrors.Of(name, $"holds {found}, expected rows, or rows x columns; reshape what is written.");
            }

            ColumnSelection.RequireDistinct(columns, name);
            return new ArrayReader(name, stream, file, tables, columns, dropMissing);
        }
        catch
        {
            stream.Dispose();
            throw;
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
    public override ValueTask DisposeAsync()
    {
        _file.Archive?.Dispose();
        return _stream.DisposeAsync();
    }

    private static IEnumerable<string> ColumnsOf(ArrayData table) =>
        table.Array.Name.Length == 0 ? ColumnNames.Numbered(table.Columns)
        : table.Array.Shape.Count == 1 ? [table.Array.Name]
        : Enumerable.Range(0, table.Columns)
            .Select(column => FormattableString.Invariant($"{table.Array.Name}[{column}]"));

#pragma warning disable CS1998 // bytes that are at hand are not waited for
    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
#pragma warning restore CS1998
    {
        Begin();
        var blocks = _blocks = new ColumnBlocks(Name, selection, _dropMissing);
        int[] places = [.. selection.Inputs, .. selection.Targets];
        var lanes = LanesOf(places, blocks);
        var batch = Math.Clamp(MostBytes / lanes.Sum(lane => (long)lane.RowBytes), 1, MostRows);
        double[][] values = [.. places.Select(_ => new double[batch])];
        for (var row = 0L; row < _expected; row += batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(batch, _expected - row);
            Read(lanes, count, values, blocks);
            foreach (var block in blocks.Add(count,
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

    private void Read(List<ArrayLane> lanes, int rows, double[][] values, ColumnBlocks blocks)
    {
        try
        {
            lanes.ForEach(lane => lane.Read(rows, values, blocks));
        }
        // The archive's own words.
        catch (InvalidDataException e) when (!e.Message.StartsWith(Name, StringComparison.Ordinal))
        {
            throw NpzReader.Damaged(Name, e);
        }
    }

    /// <summary>What is read for the columns asked for, and of how many rows.</summary>
    private List<ArrayLane> LanesOf(int[] places, ColumnBlocks blocks)
    {
        var lanes = new List<ArrayLane>();
        StoredArray? longest = null;
        var first = 0;
        foreach (var table in _tables)
        {
            List<(int Slot, int Place)> slots = [];
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] >= first && places[i] < first + table.Columns)
                {
                    slots.Add((places[i] - first, i));
                }
            }

            if (slots.Count > 0)
            {
                Require(table, ref longest);
                _findings.AddRange(table.Array.FewDigits is { } fewDigits ? [fewDigits] : []);
                slots.ForEach(slot => Note(table.Array, slot.Place, blocks));
                lanes.AddRange(LanesOf(table, slots));
            }

            first += table.Columns;
        }

        return lanes;
    }

    private void Require(ArrayData table, ref StoredArray? longest)
    {
        if (table.Array.Type is null)
        {
            throw table.Array.NotNumbers();
        }

        if (longest is not null && table.Rows != _expected)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{table.Array.Place}: has {table.Rows} rows, where '{Escaped.Of(longest.Name)}' has {_expected}"
                        + $", and a row is made of all arrays that are used; {Remedies.NameColumns}."));
        }

        (longest, _expected) = (table.Array, table.Rows);
    }

    private static void Note(StoredArray array, int place, ColumnBlocks blocks)
    {
        if (array.Type == ElementType.Boolean)
        {
            blocks.NoteTruthValues(place);
        }
    }

    /// <summary>One lane of whole rows; where the first index runs fastest, one for each column asked for.</summary>
    private static IEnumerable<ArrayLane> LanesOf(ArrayData table, List<(int Slot, int Place)> slots) =>
        table.Array.IsFortran && table.Columns > 1
        ? slots.Select(slot =>
            new ArrayLane(table.Array, table.Open(slot.Slot * table.Rows * table.Array.Type!.Bytes), 1,
                [(0, slot.Place)]))
        : [new ArrayLane(table.Array, table.Open(0), table.Columns, slots)];
}
