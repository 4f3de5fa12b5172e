using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.Cli;

/// <summary>Reads the rows of a source again, which must not have changed meanwhile.</summary>
/// <param name="source">The source.</param>
/// <param name="states">How its files were when they were first read.</param>
/// <param name="design">The inputs, and what they are made of.</param>
/// <param name="readings">What the cells of their columns mean.</param>
/// <param name="all">How many rows there were.</param>
internal sealed class SecondReading(RowSource source, FileStates states, Design design, ColumnReadings readings,
    long all)
{
    /// <summary>Reads rows in numbered chunks, in no order, and hands them to what it is given to make.</summary>
    public delegate Task InNoOrder(Func<Action<long, Dataset?>> newConsumer, GroupColumns? groups, Progress progress,
        CancellationToken cancellationToken);

    /// <summary>The rows in their order.</summary>
    /// <param name="weights">The column that weighs the rows, if there is one.</param>
    /// <param name="rows">How many there were.</param>
    /// <param name="groups">The columns that group the rows, if there are some.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public IAsyncEnumerable<Dataset> ReadAsync(WeightColumn? weights, long rows, GroupColumns? groups,
        CancellationToken cancellationToken) =>
        ReadAsync(weights, rows, groups, PossibleGroups.None, cancellationToken);

    /// <summary>The same with the labels of columns that may group them.</summary>
    public IAsyncEnumerable<Dataset> ReadAsync(WeightColumn? weights, long rows, GroupColumns? groups,
        PossibleGroups possible, CancellationToken cancellationToken) =>
        states.Guard(ReadAllAsync(weights, rows, groups, possible, cancellationToken), cancellationToken);

    /// <summary>Finds the first row for which a function of a column is not defined, and refuses it.</summary>
    public async Task RequireDefinedAsync(CancellationToken cancellationToken)
    {
        await using var reader = await source.OpenAsync(cancellationToken);
        readings.GiveTo(reader);
        var first = 1L;
        await foreach (var block in reader.ReadAsync(design.Columns.Inputs, design.Columns.Targets, cancellationToken))
        {
            MomentsPass.RequireDefined(design, block, first, source.Name);
            first += block.Rows;
        }
    }

    /// <summary>The rows in numbered chunks, in no order, on all processors.</summary>
    /// <param name="newConsumer">Makes what takes the chunks of a thread.</param>
    /// <param name="groups">The columns that group the rows, if there are some.</param>
    /// <param name="progress">Is told how far the reading has come.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task ReadInNoOrderAsync(Func<Action<long, Dataset?>> newConsumer, GroupColumns? groups,
        Progress progress, CancellationToken cancellationToken)
    {
        await using var reader = await source.OpenAsync(cancellationToken);
        readings.GiveTo(reader);
        var (rows, grouped) = (0L, groups?.For(reader, design.Columns, source.Name));
        var read = grouped?.ToRead ?? design.Columns;
        await reader.ReadChunksAsync(read.Inputs, read.Targets, () =>
        {
            var consume = newConsumer();
            return (chunk, block) =>
            {
                consume(chunk, block is null ? null : Expand(block, grouped));
                Interlocked.Add(ref rows, block?.Rows ?? 0);
                if (block is null)
                {
                    progress.Report(reader.Fraction, FormattableString.Invariant($"{Interlocked.Read(ref rows)} rows"));
                }
            };
        }, cancellationToken);
        states.RequireUnchanged();
        RequireGrouped(grouped, all - rows);
    }

    /// <summary>The same rows, counted as they pass.</summary>
    /// <param name="blocks">The rows.</param>
    /// <param name="all">How many there are.</param>
    /// <param name="progress">Is told how far they have come.</param>
    public static async IAsyncEnumerable<Dataset> Counted(IAsyncEnumerable<Dataset> blocks, long all,
        Progress progress)
    {
        var rows = 0L;
        await foreach (var block in blocks)
        {
            yield return block;
            rows += block.Rows;
            progress.Report(Math.Min(1, (double)rows / all), FormattableString.Invariant($"{rows} rows"));
        }
    }

    private void RequireGrouped(GroupedReading? grouped, long fewer)
    {
        if (grouped is { Further.Count: > 0 } && fewer > 0)
        {
            throw CommandException.DataRefused(
                $"{source.Name}: {NumberText.Of(fewer, "row")} of the fit lack a value in "
                    + $"{TargetNames.Quoted(grouped.Further)}, which says by --errors cluster what group a row belongs "
                    + "to; fill it in, or leave such rows out of the fit by "
                    + $"{ShellWord.Option("--where", string.Join(" and ",
                        grouped.Further.Select(name => $"{SqlName.Of(name)} is not null")))}.");
        }
    }

    private Dataset Expand(Dataset block, GroupedReading? grouped)
    {
        if (grouped is null)
        {
            return design.Expand(block);
        }

        var separate = grouped.Separate(block);
        var expanded = design.Expand(separate);
        return new Dataset(expanded.Inputs, expanded.Targets, expanded.Names)
        {
            Weights = expanded.Weights,
            Groups = separate.Groups,
        };
    }

    private async IAsyncEnumerable<Dataset> ReadAllAsync(WeightColumn? weights, long rows, GroupColumns? groups,
        PossibleGroups possible, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await source.OpenAsync(cancellationToken);
        readings.GiveTo(reader);
        var grouped = groups?.For(reader, design.Columns, source.Name);
        var columns = grouped?.ToRead ?? design.Columns;
        var (targets, read) = (weights?.TargetsToRead(columns, reader.Columns, source.Name) ?? columns.Targets, 0L);
        await foreach (var (block, labels) in possible.ReadAsync(reader, design.Columns.Inputs, targets,
            cancellationToken))
        {
            var weighted = weights is null ? block : weights.Separate(block, read + 1, source.Name);
            read += block.Rows;
            yield return possible.AddTo(Expand(weighted, grouped), labels);
        }

        rows -= read;

        RequireGrouped(grouped, rows);
        if (rows != 0)
        {
            throw CommandException.DataRefused(
                string.Create(CultureInfo.InvariantCulture,
                    $"{source.Name}: has {Math.Abs(rows)} rows {(rows > 0 ? "fewer" : "more")} than when it was first "
                        + $"read: it changed meanwhile; run again once it is at rest."));
        }
    }
}
