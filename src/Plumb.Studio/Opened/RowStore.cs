using Plumb.Cli;

namespace Plumb.Studio;

/// <summary>Gives single rows of data: from memory while they take little of it, else by reading them again.</summary>
/// <param name="data">The data.</param>
internal sealed class RowStore(LoadedData data)
{
    private const long MostNumbers = 1 << 24; // 128 MB

    private List<Dataset>? _kept;

    /// <summary>A row, as a data set of its own; null where there are not so many, or they cannot be read
    /// again.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Dataset?> RowAsync(long number, CancellationToken cancellationToken)
    {
        var before = 0L;
        await foreach (var block in BlocksAsync(cancellationToken))
        {
            if (number - before <= block.Rows)
            {
                return Only(block, (int)(number - before - 1));
            }

            before += block.Rows;
        }

        return null;
    }

    /// <summary>Whether the rows are the numbers that the moments are of: not where these are decimals.</summary>
    public async Task<bool> IsExactAsync(CancellationToken cancellationToken) =>
        data.Again is not null && data.Moments.Equals(
            await Moments.OfAsync(data.Moments.Names, BlocksAsync(cancellationToken), cancellationToken));

    private IAsyncEnumerable<Dataset> BlocksAsync(CancellationToken cancellationToken) =>
        _kept?.ToAsyncEnumerable() ?? (data.Again is not { } again ? AsyncEnumerable.Empty<Dataset>()
            : data.AreKept || data.Moments.Rows * (data.Moments.InputCount + data.Moments.TargetCount) > MostNumbers
            ? again(cancellationToken) : KeepAsync(again(cancellationToken)));

    private async IAsyncEnumerable<Dataset> KeepAsync(IAsyncEnumerable<Dataset> blocks)
    {
        var kept = new List<Dataset>();
        await foreach (var block in blocks)
        {
            kept.Add(block);
            yield return block;
        }

        _kept = kept; // all of them
    }

    private static Dataset Only(Dataset block, int row)
    {
        double[]? weight = block.Weights is { } weights ? [weights.Values[row]] : null;
        return new Dataset(Matrix.Create(1, block.Inputs.Columns, (_, j) => block.Inputs[row, j]),
            Matrix.Create(1, block.Targets.Columns, (_, t) => block.Targets[row, t]), block.Names)
        {
            Weights = weight is null ? null : block.Weights!.AreFrequencies ? RowWeights.Frequencies(weight)
                : RowWeights.Precisions(weight),
        };
    }
}
