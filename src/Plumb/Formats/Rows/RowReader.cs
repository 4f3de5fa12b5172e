using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb;

/// <summary>
/// One pass over rows of a file or a query: blocks of rows with the columns asked for, in constant memory.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public abstract class RowReader : IAsyncDisposable
{
    private readonly Dictionary<string, TextReading> _readings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FirstTexts> _firstTexts = new(StringComparer.Ordinal);
    private long _rows;
    private bool _begun;
    private bool _keepsMissing;

    private protected RowReader(string name, IReadOnlyList<string> columns) => (Name, Columns) = (name, columns);

    /// <summary>What the rows' origin is called in messages.</summary>
    public string Name { get; }

    /// <summary>The names of all columns, in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What each column seems to hold, in their order; what is read in full decides.</summary>
    public virtual IReadOnlyList<ColumnKind> Kinds => [.. Columns.Select(_ => ColumnKind.Number)];

    /// <summary>
    /// Columns that number or name the rows, as the file says: inputs only where someone asks for them by name.
    /// </summary>
    public virtual IReadOnlyList<string> IndexColumns => [];

    /// <summary>The rows handed out so far.</summary>
    public virtual long Rows => _rows;

    /// <summary>
    /// The rows that there are, those with missing values as well; null where that is known only when all have been
    /// read.
    /// </summary>
    public virtual long? ExpectedRows => null;

    /// <summary>How much has been read, 0 to 1; null where it is not known.</summary>
    public abstract double? Fraction { get; }

    /// <summary>What a user should know about the data; complete when the last block has been asked for.</summary>
    public abstract IReadOnlyList<Finding> Findings { get; }

    /// <summary>
    /// How precisely the numbers of the rows handed out are printed, complete with the last block; null unless the
    /// format is text and was asked to measure it, and before reading.
    /// </summary>
    public virtual PrintedPrecision? Precision => null;

    /// <summary>
    /// Takes the cells of a column, in the pass to come, for texts that a reading makes numbers of; a missing value
    /// stays one.
    /// </summary>
    /// <param name="column">The column's name.</param>
    /// <param name="reading">What its texts mean.</param>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    public void ReadAs(string column, TextReading reading)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(reading);
        RequireNotBegun();
        _readings[column] = reading;
        _firstTexts.GetValueOrDefault(column)?.ShowTo(reading);
    }

    /// <summary>What the texts of a column mean; null where nobody has said.</summary>
    internal TextReading? ReadingOf(string column) => _readings.GetValueOrDefault(column);

    /// <summary>
    /// Texts that stand for a missing value in the pass to come, beside those known everywhere; a number does so in
    /// every kind of data.
    /// </summary>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    public IReadOnlyList<string> MissingValues
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            RequireNotBegun();
            field = [.. value];
        }
    } = [];

    /// <summary>The rows of some columns, in blocks of up to 2048 (fewer when they are very wide), once.</summary>
    /// <param name="inputs">Names of columns, all different.</param>
    /// <param name="targets">Names of further columns; may be empty.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    /// <exception cref="InvalidDataException">While the rows are read: the data are malformed, or a cell is not a
    /// number.</exception>
    public abstract IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Whether <see cref="ReadUnorderedAsync"/> works on all processors, and is so quicker than
    /// <see cref="ReadAsync"/>.
    /// </summary>
    public virtual bool ReadsOnAllProcessors => false;

    /// <summary>
    /// The rows of some columns, once and in no order: for what is the same in every order, such as <c>Moments</c>, one
    /// a consumer, merged at the end.
    /// </summary>
    /// <param name="inputs">Names of columns, all different.</param>
    /// <param name="targets">Names of further columns; may be empty.</param>
    /// <param name="newConsumer">Makes what takes blocks: one thread at a time calls it, and it must not keep the
    /// block, whose memory is used again.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    /// <exception cref="InvalidDataException">The data are malformed, or a cell is not a number; rows may have been
    /// handed out before.</exception>
    public virtual async Task ReadUnorderedAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        Func<Action<Dataset>> newConsumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newConsumer);
        var consume = newConsumer();
        await foreach (var block in ReadAsync(inputs, targets, cancellationToken).ConfigureAwait(false))
        {
            consume(block);
        }
    }

    /// <summary>
    /// The rows of some columns, once, in chunks that come in no order and have numbers, from 0, that say how they
    /// follow each other.
    /// </summary>
    /// <param name="inputs">Names of columns, all different.</param>
    /// <param name="targets">Names of further columns; may be empty.</param>
    /// <param name="newConsumer">Makes what takes the number of a chunk with its blocks, one after another, and then
    /// null at its end: one thread at a time calls it, and it must not keep the block, whose memory is used
    /// again.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    /// <exception cref="InvalidDataException">The data are malformed, or a cell is not a number; rows may have been
    /// handed out before.</exception>
    public virtual async Task ReadChunksAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        Func<Action<long, Dataset?>> newConsumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newConsumer);
        var consume = newConsumer();
        await foreach (var block in ReadAsync(inputs, targets, cancellationToken).ConfigureAwait(false))
        {
            consume(0, block);
        }

        consume(0, null);
    }

    /// <summary>
    /// The rows as <see cref="ReadAsync"/> has them, with decimal numbers as they are written, not rounded to doubles.
    /// </summary>
    /// <param name="inputs">Names of columns, all different.</param>
    /// <param name="targets">Names of further columns; may be empty.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    /// <exception cref="NotSupportedException">The format is not text.</exception>
    /// <exception cref="InvalidDataException">While the rows are read: the data are malformed, or a cell is not a
    /// number, or one of too many digits.</exception>
    public virtual IAsyncEnumerable<DecimalRows> ReadDecimalsAsync(IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(
            $"{Escaped.InFull(Name)} is not text, so it has no decimals as they are written; read doubles.");

    /// <summary>
    /// The rows in their order with the texts of some columns beside them, in blocks, once. No row is left out: what is
    /// missing is not-a-number.
    /// </summary>
    /// <param name="inputs">Names of columns, all different; may be empty.</param>
    /// <param name="targets">Names of further columns; may be empty.</param>
    /// <param name="texts">Names of columns whose texts are wanted, also of inputs and targets.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    /// <exception cref="InvalidDataException">While the rows are read: the data are malformed, or a cell of an input
    /// or a target is not a number.</exception>
    public virtual async IAsyncEnumerable<RowsWithTexts> ReadWithTextsAsync(IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, IReadOnlyList<string> texts,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(texts);
        var reading = new TextColumns(this, inputs, targets, texts);
        _keepsMissing = true;
        await foreach (var block in ReadAsync(inputs, reading.Targets, cancellationToken).ConfigureAwait(false))
        {
            yield return reading.Separate(block);
        }
    }

    /// <summary>
    /// Whether a share of the rows can be read alone. What columns are is still told by how the file begins.
    /// </summary>
    internal virtual bool CanBeShared => false;

    /// <summary>The share of the rows that is read in the pass to come, which may hold none; null for all.</summary>
    internal RowShare? Share
    {
        get;
        set
        {
            RequireNotBegun();
            field = value;
        }
    }

    /// <summary>Whether a text of <see cref="ReadWithTextsAsync"/> stands for a missing value.</summary>
    internal virtual bool IsMissing(ReadOnlySpan<byte> cell) => false;

    /// <summary>The number that such a text is, if it is one.</summary>
    internal virtual bool TryNumber(ReadOnlySpan<byte> cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);

    /// <summary>Why such a text is no number, and what to do.</summary>
    internal virtual CellErrorText Complaint(ReadOnlySpan<byte> cell) =>
        CellErrorText.About(cell, DecimalOutcome.NotANumber, 0, '.', ',');

    /// <summary>How numbers are written in texts of sources that are no texts themselves.</summary>
    internal (char Decimal, char? Thousands) TextNumbers { get; set; } = ('.', null);

    /// <summary>A reading of amounts as these rows write numbers.</summary>
    internal virtual Amounts NewAmounts() => new(TextNumbers.Decimal, TextNumbers.Thousands);

    /// <summary>Lets go of the file, the stream or the connection.</summary>
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Shown.Items(Columns)}; {Shown.Count(Rows, "row")} read";

    /// <summary>Keeps the first texts of a column whose type says no more than that it holds texts.</summary>
    private protected void Keep(string column, FirstTexts texts) => _firstTexts[column] = texts;

    /// <summary>What a column holds, by its type and by its first texts.</summary>
    private protected ColumnKind KindOf(string column, ColumnKind byType) =>
        _firstTexts.GetValueOrDefault(column)?.Kind ?? byType;

    /// <summary>Counts the rows of a block that is handed out.</summary>
    private protected Dataset HandOut(Dataset block)
    {
        HandOut(block.Rows);
        return block;
    }

    /// <summary>Counts rows that are handed out.</summary>
    private protected void HandOut(long rows) => Interlocked.Add(ref _rows, rows);

    /// <summary>What the texts of columns mean.</summary>
    private protected IReadOnlyDictionary<string, TextReading> Readings => _readings;

    /// <summary>The columns asked for, and what their texts mean.</summary>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    private protected ColumnSelection Select(IReadOnlyList<string> inputs, IReadOnlyList<string> targets) =>
        ColumnSelection.Of(Columns, inputs, targets, Name) with
        {
            Readings = [.. inputs.Concat(targets).Select(column => _readings.GetValueOrDefault(column))],
            KeepsMissing = _keepsMissing,
            Missing = MissingValues.Count == 0 ? MissingTexts.Known : new MissingTexts(MissingValues),
        };

    /// <summary>Begins the one pass.</summary>
    private protected void Begin()
    {
        RequireNotBegun();
        _begun = true;
    }

    private void RequireNotBegun()
    {
        if (_begun)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{Escaped.InFull(Name)} has been read already, and a reader reads only once; open it again."));
        }
    }
}
