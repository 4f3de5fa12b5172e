using System.Runtime.CompilerServices;

namespace Plumb.Cli;

/// <summary>
/// The first pass over the rows of a command line, which makes moments of them: in their order or, where they are many,
/// in none; weighed or not; of doubles or of decimals.
/// </summary>
/// <param name="reader">Reads them.</param>
/// <param name="design">What is made of their columns.</param>
/// <param name="given">Where they come from.</param>
/// <param name="states">What their files were before they were opened.</param>
/// <param name="progress">Is told how far it has come.</param>
internal sealed class MomentsPass(RowReader reader, Design design, DataArguments given, FileStates states,
    Progress progress)
{
    private const long MostKept = 1 << 22; // numbers, 32 MB: rows of smaller files are kept for a second look
    // Bytes of a text that holds more numbers, unless most of its columns are passed over.
    private const long LongText = 32 * MostKept;
    private const int FewColumns = 128; // moments of their own for every processor take little memory

    private readonly int _width = WidthOf(design);
    private readonly List<Dataset> _kept = [];
    private long _withoutWeight;

    /// <summary>How many rows there were.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether they are so few that a second look costs next to nothing.</summary>
    public bool AreFew => Rows * _width <= MostKept;

    /// <summary>All rows, where they are few and in their order, or were to be kept; none otherwise.</summary>
    public IReadOnlyList<Dataset> Kept => _kept;

    /// <summary>
    /// The most digits of a decimal that says more than its double does; 0 where none does, or numbers are doubles.
    /// </summary>
    public int DigitsBeyondDoubles { get; private set; }

    /// <summary>What a user should know about the rows' weights.</summary>
    public IReadOnlyList<Finding> Findings => _withoutWeight == 0 ? [] : [given.Weights!.LeftOut(_withoutWeight)];

    /// <summary>Whether the rows are read in no order.</summary>
    public bool IsUnordered { get; } = reader.ReadsOnAllProcessors && !given.KeepsRows && given.Weights is null
        && !given.Decimals
        && IsLong(reader, given, design);

    /// <summary>Reads all rows, once.</summary>
    /// <exception cref="CommandException">All rows have weight 0, or a file changed meanwhile.</exception>
    public async Task<Moments> ReadAsync(CancellationToken cancellationToken)
    {
        var moments =
            await (given.Decimals ? OfDecimalsAsync(cancellationToken) : IsUnordered
                ? OfRowsInNoOrderAsync(cancellationToken)
                : Moments.OfAsync(design, InOrderAsync(cancellationToken), cancellationToken));
        return moments.Rows > 0 || Rows == 0
            ? moments
            : throw CommandException.DataRefused(
                $"{given.Name}: column '{given.Weights!.Name}' is 0 on every row, expected a weight above 0 on one or "
                    + $"more; "
                    + $"name another column.");
    }

    private static int WidthOf(Design design) => design.Terms.Count + design.Names.Targets.Count;

    private static bool IsLong(RowReader reader, DataArguments given, Design design) =>
        WidthOf(design) <= FewColumns
            && (reader.ExpectedRows is { } expected ? expected * WidthOf(design) > MostKept : given.Length >= LongText);

    private async IAsyncEnumerable<Dataset> InOrderAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var targets = given.Weights?.TargetsToRead(design, reader.Columns, given.Name) ?? design.Names.Targets;
        await foreach (var block in states.Guard(reader.ReadAsync(design.Columns.Inputs, targets, cancellationToken),
            cancellationToken))
        {
            var weighted = given.Weights is null ? block : given.Weights.Separate(block, Rows + 1, given.Name);
            _withoutWeight += weighted.Weights?.Values.Count(0.0) ?? 0;
            Count(() => weighted, block.Rows);
            yield return weighted;
        }
    }

    /// <summary>Each thread adds up rows of its own; that moments are exact means that it cannot show which.</summary>
    private async Task<Moments> OfRowsInNoOrderAsync(CancellationToken cancellationToken)
    {
        var (parts, read) = (new List<Moments>(), 0L);
        await reader.ReadUnorderedAsync(design.Columns.Inputs, design.Columns.Targets, () =>
        {
            var part = new Moments(design, threads: 1);
            parts.Add(part);
            return block =>
            {
                part.Add(block);
                Report(Interlocked.Add(ref read, block.Rows));
            };
        }, cancellationToken);
        states.RequireUnchanged();
        parts.Skip(1).ToList().ForEach(parts[0].Merge);
        Rows = read;
        return parts[0];
    }

    private async Task<Moments> OfDecimalsAsync(CancellationToken cancellationToken)
    {
        var moments = new DecimalMoments(design, given.Name);
        var targets = given.Weights?.TargetsToRead(design, reader.Columns, given.Name) ?? design.Columns.Targets;
        var blocks = reader.ReadDecimalsAsync(design.Columns.Inputs, targets, cancellationToken);
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
        if (given.KeepsRows || AreFew)
        {
            _kept.Add(design.Expand(block()));
        }
        else
        {
            _kept.Clear();
        }
    }

    private void Report(long rows) => progress.Report(reader.Fraction, FormattableString.Invariant($"{rows} rows"));
}
