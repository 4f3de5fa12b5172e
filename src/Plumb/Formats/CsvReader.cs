using System.Runtime.CompilerServices;
using System.Text;

namespace Plumb;

/// <summary>
/// One pass over a CSV file: blocks of rows with the columns asked for, in constant memory, from any stream, a pipe as well.
/// Numbers are correctly rounded; whatever could be misread is refused with its place and a remedy, or reported as a finding.
/// </summary>
public sealed class CsvReader : IAsyncDisposable
{
    private const int SampleBytes = 1 << 16; // some hundred rows, looked at before the first is read
    private readonly CsvFormat _format;
    private readonly CsvSource _source;
    private readonly CsvRecords _records;
    private readonly CsvFindings _findings = new();
    private bool _started;

    private CsvReader(string name, CsvFormat format, CsvSource source, CsvRecords records, CsvHeader header, char delimiter)
    {
        (Name, _format, _source, _records) = (name, format, source, records);
        (Columns, HasHeader, Delimiter) = (header.Names, header.InFile, delimiter);
        _findings.Opened(format.Delimiter is null ? delimiter : null, header, format.HasHeader is null, source.IsUtf16);
    }

    /// <summary>What the file is called in messages.</summary>
    public string Name { get; }

    /// <summary>The names of all columns, in the order of the file; x1, x2, ... and y for the last when it has none.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The separator of fields, given or detected.</summary>
    public char Delimiter { get; }

    /// <summary>Whether the first row holds the names, given or detected.</summary>
    public bool HasHeader { get; }

    /// <summary>The rows handed out so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The bytes taken from the stream so far.</summary>
    public long BytesRead => _source.BytesRead;

    /// <summary>What a user should know about the file; complete when the last block has been asked for.</summary>
    public IReadOnlyList<Finding> Findings => _findings.ToList();

    /// <summary>How precisely the numbers of the rows handed out are printed, complete with the last block; null unless the format asks for it, and before reading.</summary>
    public PrintedPrecision? Precision { get; private set; }

    /// <summary>Reads as much of a file as it takes to know its columns.</summary>
    /// <param name="stream">The bytes, from where it stands; the reader owns it from now on, and disposes of it, also when it throws.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <param name="format">How the file is written; what it leaves out is detected.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">The format is impossible.</exception>
    /// <exception cref="InvalidDataException">The file is empty, or does not begin like CSV.</exception>
    public static async Task<CsvReader> OpenAsync(Stream stream, string name, CsvFormat? format = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        var source = new CsvSource(stream);
        try
        {
            format ??= new CsvFormat();
            format.Validate();
            return await OpenAsync(source, name, format, cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw BadData.NotUtf16(name, 1);
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The rows of some columns, in blocks of up to 2048 (fewer when they are very wide), once.</summary>
    /// <param name="inputs">Names of columns, all different.</param>
    /// <param name="targets">Names of further columns; may be empty.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    /// <exception cref="InvalidOperationException">The file has been read already.</exception>
    /// <exception cref="InvalidDataException">While the rows are read: the file is not CSV, or a cell is not a number.</exception>
    public IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = CsvSelection.Of(Columns, inputs, targets, Name);
        return ReadBlocksAsync(selection, cancellationToken);
    }

    /// <summary>Gives back the buffer and disposes of the stream.</summary>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<CsvReader> OpenAsync(CsvSource source, string name, CsvFormat format, CancellationToken cancellationToken)
    {
        if (await source.BeginAsync(cancellationToken).ConfigureAwait(false) is { } signature)
        {
            throw BadData.At(name, 1, FormattableString.Invariant($"{signature.Name} file, by its first bytes, where CSV text was expected; {signature.Remedy}."));
        }

        var delimiter = format.Delimiter ?? await DetectAsync(source, format, cancellationToken).ConfigureAwait(false);
        var records = new CsvRecords(name, source, new CsvTokenizer((byte)delimiter, format.CommentBytes));
        if (!await records.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            throw BadData.At(name, 1, source.BytesRead == 0
                ? "file is empty (0 bytes), where a header and rows of numbers were expected; check what wrote it."
                : "no header and no row of data, only blank lines or comments; check what wrote the file.");
        }

        var header = CsvHeader.Of(records, format.HasHeader);
        records.KeepsBlankLines = header.Names.Count == 1;
        return new CsvReader(name, format, source, records, header, delimiter);
    }

    private static async Task<char> DetectAsync(CsvSource source, CsvFormat format, CancellationToken cancellationToken)
    {
        for (var wanted = SampleBytes; ; wanted *= 2)
        {
            while (source.Rest.Length < wanted && !source.AtEnd)
            {
                await source.FillAsync(cancellationToken).ConfigureAwait(false);
            }

            if (CsvSniffer.Delimiter(source.Rest, source.AtEnd, format) is { } found)
            {
                return found;
            }
        }
    }

    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(CsvSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_started)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"{ShownText.InFull(Name)} has been read already, and a stream is read only once; open it again."));
        }

        _started = true;
        Precision = _format.MeasurePrecision ? new PrintedPrecision([.. selection.Names.Inputs, .. selection.Names.Targets]) : null;
        var header = _records.Line;
        var block = new CsvBlock(this, _records, _format, selection, _findings);
        var more = !HasHeader || await NextAsync(block, cancellationToken).ConfigureAwait(false);
        while (more)
        {
            Add(block);
            if (block.IsFull)
            {
                Rows += block.Count;
                yield return block.Take();
            }

            more = (!block.HasFaults && _records.TryNext()) || await NextAsync(block, cancellationToken).ConfigureAwait(false);
        }

        (_findings.BlankLines, _findings.LoneCarriageReturns) = (_records.BlankLines, _records.LoneCarriageReturns);
        RequireRows(block, header);
        if (block.Count > 0)
        {
            Rows += block.Count;
            yield return block.Take();
        }
    }

    // Cells that were bad before the structure broke come first in the file, so they are what to tell of.
    private static void Add(CsvBlock block)
    {
        try
        {
            block.Add();
        }
        catch (InvalidDataException) when (block.HasFaults)
        {
            throw block.Fault();
        }
    }

    private async ValueTask<bool> NextAsync(CsvBlock block, CancellationToken cancellationToken)
    {
        try
        {
            return await _records.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException) when (block.HasFaults)
        {
            throw block.Fault();
        }
    }

    private void RequireRows(CsvBlock block, long header)
    {
        if (block.HasFaults)
        {
            throw block.Fault();
        }

        if (_findings.RowsSeen == 0)
        {
            throw BadData.At(Name, header, "header found, 0 data rows, where at least one was expected; check what wrote the file, or keep the first row as data with --no-header.");
        }

        if (_findings.RowsSeen == _findings.RowsDropped)
        {
            throw BadData.At(Name, header, FormattableString.Invariant($"every one of the {_findings.RowsSeen} rows has a missing value, so none is left; leave columns that are mostly empty out by naming the others with --input."));
        }
    }
}
