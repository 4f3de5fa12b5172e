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
    private const int SampleBytes = 1 << 16; // some hundred rows, looked at before the first is read
    private readonly CsvFormat _format;
    private readonly CsvSource _source;
    private readonly CsvRecords _records;
    private readonly RowCountFindings _counted = new();
    private readonly IReadOnlyList<Finding> _first;
    private CsvReadPass? _pass;

    private CsvReader(string name, CsvFormat format, CsvSource source, CsvRecords records, CsvHeader header,
        char delimiter, IReadOnlyList<ColumnKind> kinds)
        : base(name, header.Names)
    {
        (_format, _source, _records, Kinds) = (format, source, records, kinds);
        (HasHeader, Delimiter) = (header.InFile, delimiter);
        _first = HeaderFindings.Of(format.Delimiter is null ? delimiter : null, header, format.HasHeader is null,
            source.IsUtf16);
    }

    /// <summary>The separator of fields, given or detected.</summary>
    public char Delimiter { get; }

    /// <summary>Whether the first row holds the names, given or detected.</summary>
    public bool HasHeader { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnKind> Kinds { get; }

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
    public override IReadOnlyList<Finding> Findings => [.. _first, .. _counted.ToList()];

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
            return await OpenAsync(source, name, format, cancellationToken).ConfigureAwait(false);
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
    internal override bool IsMissing(ReadOnlySpan<byte> cell) => MissingMarkers.IndexOf(cell.Trim(" \t"u8)) >= 0;

    /// <inheritdoc/>
    internal override bool TryNumber(ReadOnlySpan<byte> cell, out double number)
    {
        const int Short = 64;
        cell = cell.Trim(" \t"u8);
        var bytes = cell.Length <= Short ? stackalloc byte[Short] : new byte[cell.Length];
        cell.CopyTo(bytes);
        var parsed = DecimalExact.Parse(bytes[..cell.Length], (byte)_format.DecimalSeparator);
        number = parsed.Value;
        return (parsed.Outcome & DecimalOutcome.Refused) == 0;
    }

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

    private static async Task<CsvReader> OpenAsync(CsvSource source, string name, CsvFormat format,
        CancellationToken cancellationToken)
    {
        if (await source.BeginAsync(cancellationToken).ConfigureAwait(false) is { } signature)
        {
            throw DataErrors.At(name, 1,
                string.Create(CultureInfo.InvariantCulture,
                    $"{signature.Name} file, by its first bytes, where CSV text was expected; {signature.Remedy}."));
        }

        var delimiter = format.Delimiter ?? await DetectAsync(source, format, cancellationToken).ConfigureAwait(false);
        var records = new CsvRecords(name, source, new CsvTokenizer((byte)delimiter, format.CommentBytes));
        if (!await records.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            throw DataErrors.At(name, 1, source.IsEmpty
                ? "file is empty (0 bytes), where a header and rows of numbers were expected; check what wrote it."
                : "no header and no row of data, only blank lines or comments; check what wrote the file.");
        }

        var header = CsvHeader.Of(records, format.HasHeader);
        records.KeepsBlankLines = header.Names.Count == 1;
        await FillAsync(source, SampleBytes, cancellationToken).ConfigureAwait(false);
        var rows = source.Rest[records.RowsStart(header.InFile)..];
        var kinds = SampledKinds.Of(rows, source.AtEnd, new CsvTokenizer((byte)delimiter, format.CommentBytes),
            [.. Enumerable.Range(0, header.Names.Count)]);
        return new CsvReader(name, format, source, records, header, delimiter, kinds);
    }

    private static async ValueTask FillAsync(CsvSource source, int wanted, CancellationToken cancellationToken)
    {
        while (source.Rest.Length < wanted && !source.AtEnd)
        {
            await source.FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<char> DetectAsync(CsvSource source, CsvFormat format, CancellationToken cancellationToken)
    {
        for (var wanted = SampleBytes; ; wanted *= 2)
        {
            await FillAsync(source, wanted, cancellationToken).ConfigureAwait(false);
            if (CsvSniffer.Delimiter(source.Rest, source.AtEnd, format) is { } found)
            {
                return found;
            }
        }
    }

    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection, RowConsumers? consumers,
        [EnumeratorCancellation] CancellationToken cancellationToken, bool asDecimals = false)
    {
        Begin();
        _counted.Selected(selection);
        var table = new CsvTable(Name, Columns, HasHeader, ChunkBytes, Threads);
        var layout = new CsvLayout(_format, Delimiter, Columns.Count, selection, asDecimals);
        _pass = new CsvReadPass(table, _source, layout, _counted.Counts, consumers);
        await foreach (var block in _pass.ReadAsync(_records, cancellationToken).ConfigureAwait(false))
        {
            yield return block;
        }
    }
}
