namespace Plumb.Cli;

/// <summary>
/// A pass that learns the levels of categories, before which the inputs are not known; rows of small data are kept, so
/// that they need not be read again.
/// </summary>
/// <param name="reader">Reads the rows.</param>
/// <param name="plan">What is made of their columns.</param>
/// <param name="readings">What their cells mean.</param>
/// <param name="given">Where they come from.</param>
/// <param name="states">What their files were before they were opened.</param>
/// <param name="progress">Is told how far it has come.</param>
internal sealed class LevelsPass(RowReader reader, DesignPlan plan, ColumnReadings readings, DataArguments given,
    FileStates states, Progress progress)
{
    private readonly List<Dataset> _kept = [];
    private readonly int _width = plan.Columns.Inputs.Count + plan.Columns.Targets.Count;
    private long _rows;

    /// <summary>All rows of the columns, weighed where they have weights; null where they are many.</summary>
    public IReadOnlyList<Dataset>? Kept => MomentsPass.IsFew(_rows, _width) && !IsUnordered ? _kept : null;

    /// <summary>
    /// The sums of the rows, where their inputs are columns and categories, and none is weighed; null otherwise.
    /// </summary>
    public CategoryMoments? Sums { get; private set; }

    private bool IsUnordered { get; } =
        MomentsPass.ReadsInNoOrder(reader, given, plan.Columns.Inputs.Count + plan.Columns.Targets.Count);

    /// <summary>Reads all rows, once.</summary>
    public async Task<SeenLevels> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await (IsUnordered ? InNoOrderAsync(cancellationToken) : InOrderAsync(cancellationToken));
        }
        catch (InvalidDataException) when (readings.Overfull() is { } refusal)
        {
            throw refusal;
        }
    }

    private async Task<SeenLevels> InOrderAsync(CancellationToken cancellationToken)
    {
        var seen = readings.NewSeen(plan.Columns.Inputs);
        var targets = given.Weights?.TargetsToRead(plan.Columns, reader.Columns, given.Name) ?? plan.Columns.Targets;
        var blocks = reader.ReadAsync(plan.Columns.Inputs, targets, cancellationToken);
        Sums = NewSums(Environment.ProcessorCount);
        await foreach (var block in states.Guard(blocks, cancellationToken))
        {
            var weighted = given.Weights is null ? block : given.Weights.Separate(block, _rows + 1, given.Name);
            seen.Add(weighted);
            Sums?.Add(weighted);
            _rows += block.Rows;
            Report(_rows);
            if (MomentsPass.IsFew(_rows, _width))
            {
                _kept.Add(weighted);
            }
            else
            {
                _kept.Clear();
            }
        }

        return seen;
    }

    private async Task<SeenLevels> InNoOrderAsync(CancellationToken cancellationToken)
    {
        var (parts, sums, read) = (new List<SeenLevels>(), new List<CategoryMoments>(), 0L);
        await reader.ReadUnorderedAsync(plan.Columns.Inputs, plan.Columns.Targets, () =>
        {
            var part = readings.NewSeen(plan.Columns.Inputs);
            var sum = NewSums(threads: 1);
            parts.Add(part);
            sums.AddRange(sum is null ? [] : [sum]);
            return block =>
            {
                part.Add(block);
                sum?.Add(block);
                Report(Interlocked.Add(ref read, block.Rows));
            };
        }, cancellationToken);
        states.RequireUnchanged();
        parts.Skip(1).ToList().ForEach(parts[0].Add);
        sums.Skip(1).ToList().ForEach(other => sums[0].Merge(other));
        (_rows, Sums) = (read, sums.FirstOrDefault());
        return parts.Count > 0 ? parts[0] : readings.NewSeen(plan.Columns.Inputs);
    }

    private CategoryMoments? NewSums(int threads) =>
        plan.Terms.Concat(plan.Targets).All(term => term.IsColumn) && given.Weights is null && !given.Decimals
            && !given.KeepsSquares && !given.KeepsRows
            ? new CategoryMoments(plan.Columns, readings.Categories, threads) : null;

    private void Report(long rows) =>
        progress.Report(reader.Fraction, FormattableString.Invariant($"{rows} rows, learning levels"));
}
