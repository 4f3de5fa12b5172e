using System.Runtime.CompilerServices;

namespace Plumb;

/// <content>From a source of rows.</content>
public sealed partial class Moments
{
    private const int FewColumns = 128; // moments of their own for every processor take little memory

    /// <summary>
    /// The moments of some columns, read in the quickest way that the reader has: on all processors in no order, each
    /// with sums of its own, or block by block. Sums are exact, so the way does not affect the result.
    /// </summary>
    /// <param name="reader">Reads the rows, once.</param>
    /// <param name="inputs">Names of columns, all different.</param>
    /// <param name="targets">Names of further columns; may be empty.</param>
    /// <param name="progress">Is told how many rows have been added.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    /// <exception cref="InvalidDataException">The data are malformed, or a cell is not a number.</exception>
    public static Task<Moments> ReadAsync(RowReader reader, IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var names = new VariableNames(inputs, targets);
        return reader.ReadsOnAllProcessors && inputs.Count + targets.Count <= FewColumns
            ? ReadInNoOrderAsync(reader, names, progress, cancellationToken)
            : OfAsync(names, CountedAsync(reader.ReadAsync(inputs, targets, cancellationToken), progress,
                cancellationToken), cancellationToken);
    }

    private static async Task<Moments> ReadInNoOrderAsync(RowReader reader, VariableNames names,
        IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var (parts, rows) = (new List<Moments>(), 0L);
        await reader.ReadUnorderedAsync(names.Inputs, names.Targets, () =>
        {
            var part = new Moments(names, threads: 1);
            parts.Add(part);
            return block =>
            {
                part.Add(block);
                progress?.Report(Interlocked.Add(ref rows, block.Rows));
            };
        }, cancellationToken).ConfigureAwait(false);
        var all = new Moments(names);
        parts.ForEach(all.Merge);
        return all;
    }

    private static async IAsyncEnumerable<Dataset> CountedAsync(IAsyncEnumerable<Dataset> blocks,
        IProgress<long>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = 0L;
        await foreach (var block in blocks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return block;
            progress?.Report(rows += block.Rows);
        }
    }
}
