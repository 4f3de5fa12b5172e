using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumb;

/// <summary>
/// One pass over a CSV file: blocks of rows with the columns asked for, in constant memory, from any stream, a pipe as
/// well.
/// Without a header the columns are called x1, x2, ... and y for the last. Numbers are correctly rounded; whatever
/// could be misread is refused with its place and a remedy, or reported as a finding.
/// </summary>
public sealed class CsvReader : RowReader
{
    private readonly CsvFormat _format;
    private readonly CsvSource _source;
    private readonly CsvOpening _opened;
    private readonly RowCountFindings _counted = new();
    private CsvLayout? _layout;
    private CsvReadPass? _pass;
    private IReadOnlyList<Finding> _shown = []; // by the first rows

    private CsvReader(string name, CsvFormat format, CsvSource source, CsvOpening opened)
        : base(name, opened.Header.Names) =>
        (_format, _source, _opened, MissingValues) = (format, source, opened, format.MissingValues);

    /// <summary>The separator of fields, given or detected.</summary>
    public char Delimiter => _opened.Table.Delimiter;

    /// <summary>Whether the first row holds the names, given or detected.</summary>
    public bool HasHeader => _opened.Header.InFile;

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnKind> Kinds => _opened.Kinds;

    /// <inheritdoc/>
    public override long Rows => _pass?.Rows ?? 0;

    /// <inheritdoc/>
    public override double? Fraction => _source.Fraction;

    /// <summary>The bytes taken from the stream so far.</summary>
    public long BytesRead => _source.BytesRead;

    /// <inheritdoc/>
    public override bool ReadsOnAllProcessors => true;

    /// <summary>How many threads read, at most; the result is the same for any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1.</exception>
    public int Threads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>
    /// How many bytes a thread reads at a time; the result is the same for any number. The default lies in a core's
    /// cache with the numbers read from it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1 or more than 2^26.</exception>
    public int ChunkBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, CsvFormat.MaxRowBytes);
            field = value;
        }
    } = 1 << 18;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings =>
    [
        .. _opened.Findings,
        .. _shown,
        .. _opened.Footer.Finding is { } footer ? (Finding[])[footer] : [],
        .. _counted.ToList(),
    ];

    /// <inheritdoc/>
    public override PrintedPrecision? Precision => _pass?.Precision;

    /// <summary>Reads as much of a file as it takes to know its columns.</summary>
    /// <param name="stream">The bytes, from where it stands; the reader owns it from now on, and disposes of it, also
    /// when it throws.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <param name="format">How the file is written; what it leaves out is detected.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">The format is impossible.</exception>
    /// <exception cref="InvalidDataException">The file is empty, or does not begin like CSV.</exception>
    public static async Task<CsvReader> OpenAsync(Stream stream, string name, CsvFormat? format = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        var source = new CsvSource(name, stream);
        try
        {
            format ??= new CsvFormat();
            format.Validate();
            var opened = await CsvOpening.OfAsync(source, name, format, cancellationToken).ConfigureAwait(false);
            return new CsvReader(name, format, source, opened);
        }
        catch (DecoderFallbackException)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw DataErrors.NotUtf16(name, 1);
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = Select(inputs, targets);
        return ReadBlocksAsync(selection, null, cancellationToken);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<DecimalRows> ReadDecimalsAsync(IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = Select(inputs, targets);
        await foreach (var block in ReadBlocksAsync(selection, null, cancellationToken, asDecimals: true)
            .ConfigureAwait(false))
        {
            yield return new DecimalRows(selection.Names, block);
        }
    }

    /// <inheritdoc/>
    public override Task ReadUnorderedAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        Func<Action<Dataset>> newConsumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newConsumer);
        return ReadUnorderedAsync(inputs, targets, NewConsumer, keepsChunks: false, cancellationToken);

        Action<long, Dataset?> NewConsumer()
        {
            var consume = newConsumer();
            return (_, block) => consume(block!);
        }
    }

    /// <inheritdoc/>
    public override Task ReadChunksAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        Func<Action<long, Dataset?>> newConsumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newConsumer);
        return ReadUnorderedAsync(inputs, targets, newConsumer, keepsChunks: true, cancellationToken);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<RowsWithTexts> ReadWithTextsAsync(IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, IReadOnlyList<string> texts,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = ColumnSelection.WithTexts(inputs.Count + targets.Count == 0 ? null : Select(inputs, targets),
            Columns, texts, Name);
        await foreach (var block in ReadBlocksAsync(selection, null, cancellationToken).ConfigureAwait(false))
        {
            yield return new RowsWithTexts(block, _pass!.Texts!);
        }
    }

    /// <inheritdoc/>
    internal override bool CanBeShared => _source.CanGoTo;

    /// <inheritdoc/>
    internal override bool IsMissing(ReadOnlySpan<byte> cell) => _layout!.Missing.IndexOf(cell.Trim(" \t"u8)) >= 0;

    /// <inheritdoc/>
    internal override bool TryNumber(ReadOnlySpan<byte> cell, out double number)
    {
        cell = cell.Trim(" \t"u8);
        var bytes = cell.Length <= OtherSpelling.Longest ? stackalloc byte[OtherSpelling.Longest]
            : new byte[cell.Length];
        cell.CopyTo(bytes); // as a decimal comma is exchanged in place
        var separator = _layout!.Separator;
        var parsed = DecimalExact.Parse(bytes[..cell.Length], separator);
        if (parsed.Outcome == DecimalOutcome.NotANumber && OtherSpelling.IsPossible(cell))
        {
            var length = OtherSpelling.Rewrite(cell, separator, _layout.Thousands, bytes);
            parsed = length > 0 ? DecimalExact.Parse(bytes[..length], separator) : parsed;
        }

        number = parsed.Value;
        return (parsed.Outcome & DecimalOutcome.Refused) == 0;
    }

    /// <inheritdoc/>
    internal override CellErrorText Complaint(ReadOnlySpan<byte> cell) => CellErrorText.About(cell.Trim(" \t"u8),
        DecimalOutcome.NotANumber, 0, _format.DecimalSeparator, Delimiter);

    /// <inheritdoc/>
    internal override Amounts NewAmounts() =>
        new(_format.DecimalSeparator, _format.ThousandsSeparator) { Delimiter = Delimiter };

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task ReadUnorderedAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        Func<Action<long, Dataset?>> newConsumer, bool keepsChunks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = Select(inputs, targets);
        var consumers = new RowConsumers(selection.Names, newConsumer, keepsChunks);
        var careful = consumers.Careful;
        await foreach (var block in ReadBlocksAsync(selection, consumers, cancellationToken).ConfigureAwait(false))
        {
            careful.Consume(consumers.CarefulChunk, block);
        }

        consumers.Finish();
        consumers.EndCareful();
    }

    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection, RowConsumers? consumers,
        [EnumeratorCancellation] CancellationToken cancellationToken, bool asDecimals = false)
    {
        Begin();
        _counted.Selected(selection);
        var first = _source.Offset + _opened.Records.RowsStart(HasHeader);
        (long Start, long End)? lines = Share is not { } share ? null
            : await _source.LinesOfAsync(share, first, cancellationToken).ConfigureAwait(false);
        var name = lines is { } some && some.Start > first
            ? string.Create(CultureInfo.InvariantCulture, $"{Name} from byte {some.Start} on") : Name;
        var table = new CsvTable(name, Columns, HasHeader, ChunkBytes, Threads)
        {
            Fields = _opened.Fields,
            Width = _opened.Width,
            Hint = _opened.Table.Hint,
            HintLine = _opened.Table.HintLine,
        };
        var layout = _layout = new CsvLayout(_format, Delimiter, table, selection, asDecimals);
        if (selection.Readings.Any(reading => reading is not null))
        {
            SampledTexts.Show(_source.Rest[_opened.Records.RowsStart(HasHeader)..], _source.AtEnd, layout);
        }

        if (layout.Thousands == 0 && SampledThousands.In(_source.Rest[_opened.Records.RowsStart(HasHeader)..],
            _source.AtEnd, layout, layout.Cells > 0 ? layout.NumberSlots : SlotsOfNumbers(layout)) is { } found)
        {
            layout.Thousands = found.Separator;
            _shown = [found.Finding];
        }
        else if (SampledPoints.In(_source.Rest[_opened.Records.RowsStart(HasHeader)..], _source.AtEnd, layout)
            is { } point)
        {
            _shown = [point];
        }

        _pass = new CsvReadPass(table, _source, layout, _counted.Counts, consumers) { Lines = lines };
        await foreach (var block in _pass.ReadAsync(_opened.Records, cancellationToken).ConfigureAwait(false))
        {
            yield return block;
        }
    }

    // The texts asked for that a fit would read as numbers.
    private int[] SlotsOfNumbers(CsvLayout layout)
    {
        var slots = new int[layout.NumberSlots.Length];
        Array.Fill(slots, -1);
        foreach (var (column, field) in _opened.Fields.Index())
        {
            slots[field] = layout.Selection.Texts?.Contains(field) == true && Kinds[column] == ColumnKind.Number
                ? 0 : -1;
        }

        return slots;
    }
}
