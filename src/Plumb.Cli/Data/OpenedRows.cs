namespace Plumb.Cli;

/// <summary>Rows about to be read for their moments, with the inputs that they become.</summary>
/// <param name="Reader">Reads them.</param>
/// <param name="Design">What becomes of their columns.</param>
/// <param name="Readings">What their cells mean.</param>
internal sealed record OpenedRows(RowReader Reader, Design Design, ColumnReadings Readings) : IAsyncDisposable
{
    /// <summary>The rows, where they have been read already; null where they are still to be.</summary>
    public IReadOnlyList<Dataset>? Blocks { get; private init; }

    /// <summary>
    /// The moments, where they were found while levels were learned; null where they are still to be.
    /// </summary>
    public Moments? Moments { get; private init; }

    /// <summary>Whether an engine added up the rows, so that none was read.</summary>
    public bool IsSummedByEngine { get; private init; }

    /// <summary>What a user should know about the way they were added up.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>Opens rows; where inputs are categories, reads them once to learn their levels.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="given">How they were named.</param>
    /// <param name="choose">Chooses inputs and targets from the columns.</param>
    /// <param name="states">What their files were before they were opened.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<OpenedRows> OpenAsync(RowSource source, DataArguments given,
        Func<TableColumns, DesignPlan> choose, FileStates states, Progress progress,
        CancellationToken cancellationToken)
    {
        var reader = await source.OpenAsync(cancellationToken);
        try
        {
            var columns = TableColumns.Of(reader);
            var plan = IndexColumns.Choose(reader, choose);
            var readings = ColumnReadings.Of(plan, columns, given.Dates, unseenIsMissing: null, given.Name);
            readings.GiveTo(reader);
            if (plan.Resolved is not null || !readings.HasToLearn)
            {
                var resolved = plan.Resolved ?? readings.Resolve(plan, readings.NewSeen([]));
                var engine = new EngineSums(source, given);
                var summed = await engine.TryAsync(reader, resolved, readings, progress, cancellationToken);
                return new OpenedRows(reader, resolved, readings)
                {
                    Moments = summed,
                    IsSummedByEngine = summed is not null,
                    Findings = engine.Findings,
                };
            }

            if (given.Part is not null)
            {
                throw CommandException.DataRefused($"{given.Name}: has categories or dates, which are numbered by "
                    + "looking at all rows, and a part has only some; keep the columns of numbers, with --column or "
                    + "--exclude.");
            }

            var learning = new LevelsPass(reader, plan, readings, given, states, progress);
            var design = readings.Resolve(plan, await learning.ReadAsync(cancellationToken));
            if (learning.Kept is { } kept && !given.Decimals && readings.TrySettle(kept, !source.CanReadAgain))
            {
                return new OpenedRows(reader, design, readings)
                {
                    Blocks = [.. kept.Select(block => Only(design.Columns, block))],
                };
            }

            if (learning.Sums is { } sums && readings.MomentsOf(design, sums) is { } moments)
            {
                return new OpenedRows(reader, design, readings) { Moments = moments };
            }

            if (!source.CanReadAgain)
            {
                throw CommandException.DataRefused(
                    $"{given.Name}: has categories, whose levels are learned before the rows are read again, and "
                        + $"standard input and pipes cannot be read twice; save it to a file.");
            }

            await reader.DisposeAsync();
            reader = await source.OpenAsync(cancellationToken);
            readings.GiveTo(reader);
            return new OpenedRows(reader, design, readings);
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    // A category of one level becomes no input, so that its column is not among those of the design.
    private static Dataset Only(VariableNames columns, Dataset block)
    {
        if (columns.Inputs.Count == block.Inputs.Columns)
        {
            return block;
        }

        var names = block.Names.Inputs.ToList();
        int[] places = [.. columns.Inputs.Select(name => names.IndexOf(name))];
        var inputs = Matrix.Create(block.Rows, places.Length, (i, j) => block.Inputs[i, places[j]]);
        return new Dataset(inputs, block.Targets, columns) { Weights = block.Weights };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Reader.DisposeAsync();
}
