using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.Cli;

/// <summary>
/// The first pass over the rows of a command line, which makes moments of them: in their order or, where they are many,
/// in none; weighed or not; of doubles or of decimals.
/// </summary>
/// <param name="opened">Reads them, or has done so.</param>
/// <param name="design">What is made of their columns.</param>
/// <param name="given">Where they come from.</param>
/// <param name="states">What their files were before they were opened.</param>
/// <param name="progress">Is told how far it has come.</param>
internal sealed class MomentsPass(OpenedRows opened, Design design, DataArguments given, FileStates states,
    Progress progress)
{
    private const long Few = 1 << 22; // numbers, 32 MB: rows of smaller files are read in their order
    // Bytes of a text that holds more numbers, unless most of its columns are passed over.
    private const long LongText = 32 * Few;
    private const int FewColumns = 128; // moments of their own for every processor take little memory

    private readonly RowReader _reader = opened.Reader;
    private readonly int _width = WidthOf(design);
    private readonly List<Dataset> _kept = [];
    private readonly KeptRows? _keptInNoOrder = given.LooksAgain ? new KeptRows(KeptRows.MostNumbers) : null;
    private long _withoutWeight;

    /// <summary>How many rows there were.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether they are so few that a second look costs next to nothing.</summary>
    public bool AreFew => IsFew(Rows, _width);

    /// <summary>
    /// All rows, where they were read in their order, and are to be kept or take little of the memory; none otherwise.
    /// </summary>
    public IReadOnlyList<Dataset> Kept => _kept;

    /// <summary>The rows in their order, where all of them are here; null otherwise.</summary>
    public IEnumerable<Dataset>? KeptInOrder =>
        IsUnordered ? KeptInNoOrder?.InOrder(design.Expand) : KeepsAll ? _kept : null;

    /// <summary>The rows that were read in no order, where all of them are here; null otherwise.</summary>
    public KeptRows? KeptInNoOrder =>
        IsUnordered && opened.Moments is null && _keptInNoOrder is { IsComplete: true } kept ? kept : null;

    // Of those in their order.
    private bool KeepsAll =>
        given.KeepsRows || AreFew || (given.LooksAgain && Rows * _width <= KeptRows.MostNumbers);

    /// <summary>
    /// The most digits of a decimal that says more than its double does; 0 where none does, or numbers are doubles.
    /// </summary>
    public int DigitsBeyondDoubles { get; private set; }

    /// <summary>What a user should know about the rows' weights.</summary>
    public IReadOnlyList<Finding> Findings => _withoutWeight == 0 ? [] : [given.Weights!.LeftOut(_withoutWeight)];

    /// <summary>Whether the rows are read in no order.</summary>
    public bool IsUnordered { get; } = opened.Moments is not null
        || (opened.Blocks is null && ReadsInNoOrder(opened.Reader, given, WidthOf(design)));

    /// <summary>
    /// Whether a function of a column is not defined for a number on a row that was read in no order.
    /// </summary>
    public bool HasUndefined { get; private set; }

    /// <summary>Whether rows of so many numbers are so few that they are kept.</summary>
    public static bool IsFew(long rows, int width) => rows * width <= Few;

    /// <summary>Whether rows of so many numbers are read in no order, on all processors.</summary>
    public static bool ReadsInNoOrder(RowReader reader, DataArguments given, int width) =>
        reader.ReadsOnAllProcessors && !given.KeepsRows && given.Weights is null && !given.Decimals
            && IsLong(reader, given, width);

    /// <summary>Reads all rows, once.</summary>
    /// <exception cref="CommandException">All rows have weight 0, or a file changed meanwhile.</exception>
    public async Task<Moments> ReadAsync(CancellationToken cancellationToken)
    {
        if (opened.Moments is { } made)
        {
            Rows = made.Rows;
            return made;
        }

        var moments =
            await (given.Decimals ? OfDecimalsAsync(cancellationToken) : IsUnordered
                ? OfRowsInNoOrderAsync(cancellationToken)
                : Moments.OfAsync(design, InOrderAsync(cancellationToken), cancellationToken));
        return moments.Rows > 0 || Rows == 0
            ? moments
            : throw CommandException.DataRefused(
                $"{given.Name}: column '{given.Weights!.Name}' is 0 on every row, expected a weight above 0 on one or "
                    + $"more; name another column.");
    }

    private static int WidthOf(Design design) => design.Terms.Count + design.Names.Targets.Count;

    private static bool IsLong(RowReader reader, DataArguments given, int width) => width <= FewColumns
        && (reader.ExpectedRows is { } expected ? expected * width > Few : given.Length >= LongText);

    /// <summary>Refuses rows for which a function of a column is not defined.</summary>
    /// <param name="design">The functions.</param>
    /// <param name="block">The rows.</param>
    /// <param name="first">The number of the first, from 1.</param>
    /// <param name="file">What messages call the data.</param>
    public static void RequireDefined(Design design, Dataset block, long first, string file)
    {
        if (design.FirstUndefined(block) is { } found)
        {
            throw CommandException.DataRefused(string.Create(CultureInfo.InvariantCulture,
                $"{file}: row {first + found.Row} holds {found.Value} in column '{found.Factor.Column}', expected "
                    + $"{found.Factor.Function!.Domain} for {found.Factor.Name}; leave such rows out, or take another "
                    + $"function of it."));
        }
    }

    private async IAsyncEnumerable<Dataset> InOrderAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var weighted in opened.Blocks?.ToAsyncEnumerable() ?? WeighedAsync(cancellationToken))
        {
            RequireDefined(design, weighted, Rows + 1, given.Name);
            _withoutWeight += weighted.Weights?.Values.Count(0.0) ?? 0;
            Count(() => weighted, weighted.Rows);
            yield return weighted;
        }
    }

    private async IAsyncEnumerable<Dataset> WeighedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var targets = given.Weights?.TargetsToRead(design.Columns, _reader.Columns, given.Name)
            ?? design.Columns.Targets;
        await foreach (var block in states.Guard(_reader.ReadAsync(design.Columns.Inputs, targets, cancellationToken),
            cancellationToken))
        {
            yield return given.Weights is null ? block : given.Weights.Separate(block, Rows + 1, given.Name);
        }
    }

    /// <summary>Each thread sums its own rows. Sums are exact, so the split does not affect the result.</summary>
    private async Task<Moments> OfRowsInNoOrderAsync(CancellationToken cancellationToken)
    {
        var (parts, rows) = (new List<Moments>(), 0L);
        var columns = design.Columns;
        await (_keptInNoOrder is { } kept
            ? _reader.ReadChunksAsync(columns.Inputs, columns.Targets, () =>
            {
                var (keep, add) = (kept.NewConsumer(), NewConsumer());
                return (chunk, block) =>
                {
                    keep(chunk, block);
                    if (block is not null)
                    {
                        add(block);
                    }
                };
            }, cancellationToken)
            : _reader.ReadUnorderedAsync(columns.Inputs, columns.Targets, NewConsumer, cancellationToken));
        states.RequireUnchanged();
        var all = parts.Count > 0 ? parts[0] : new Moments(design);
        parts.Skip(1).ToList().ForEach(all.Merge);
        Rows = rows;
        return all;

        Action<Dataset> NewConsumer()
        {
            var part = new Moments(design, threads: 1);
            parts.Add(part);
            return block =>
            {
                if (design.FirstUndefined(block) is not null)
                {
                    HasUndefined = true;
                    return;
                }

                part.Add(block);
                Report(Interlocked.Add(ref rows, block.Rows));
            };
        }
    }

    private async Task<Moments> OfDecimalsAsync(CancellationToken cancellationToken)
    {
        var moments = new DecimalMoments(design, given.Name);
        var targets = given.Weights?.TargetsToRead(design.Columns, _reader.Columns, given.Name)
            ?? design.Columns.Targets;
        var blocks = _reader.ReadDecimalsAsync(design.Columns.Inputs, targets, cancellationToken);
        await foreach (var block in states.Guard(blocks, cancellationToken))
        {
            var weighted = given.Weights is null ? block : given.Weights.Separate(block, Rows + 1, given.Name);
            _withoutWeight += weighted.Weights?.Values.Count(0.0) ?? 0;
            DigitsBeyondDoubles = Math.Max(DigitsBeyondDoubles, weighted.DigitsBeyondDoubles());
            moments.Add(weighted);
            Count(weighted.ToDataset, block.Rows);
        }

        return moments.ToMoments();
    }

    private void Count(Func<Dataset> block, int rows)
    {
        Rows += rows;
        Report(Rows);
        if (KeepsAll)
        {
            _kept.Add(design.Expand(block()));
        }
        else
        {
            _kept.Clear();
        }
    }

    private void Report(long rows) => progress.Report(_reader.Fraction, FormattableString.Invariant($"{rows} rows"));
}
