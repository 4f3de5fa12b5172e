using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>How well a map predicts rows, target by target.</summary>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Targets">One per target, in the map's order.</param>
public sealed record MapScore(long Rows, IReadOnlyList<TargetScore> Targets)
{
    /// <summary>One per target, in the map's order.</summary>
    public IReadOnlyList<TargetScore> Targets { get; init => field = ValueList.Of(value); } = ValueList.Of(Targets);

    /// <summary>
    /// The score of a map on rows that have been added up; all of it is rounded once from exact sums.
    /// </summary>
    /// <param name="map">The map.</param>
    /// <param name="moments">The rows, with the map's inputs and targets.</param>
    /// <param name="absolute">The weighted sums of the residuals without their signs, which moments do not tell; empty
    /// where the rows were not seen.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or there are no rows.</exception>
    internal static MapScore Of(AffineMap map, Moments moments, IReadOnlyList<ExactSum> absolute)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(moments);
        _ = moments.SquaredResiduals(map); // refuses other shapes
        if (moments.Rows == 0)
        {
            throw new ArgumentException("there are no rows, and so nothing to score; give one or more.",
                nameof(moments));
        }

        var squares = moments.ExactSquaredResiduals(map);
        return new MapScore(moments.Rows, [.. squares.Select((square, t) =>
            Of(map, moments, t, square, absolute.Count > 0 ? absolute[t].Value : null))]);
    }

    /// <summary>The score of a map on rows that have been added up, but for the mean absolute residual.</summary>
    /// <param name="map">The map.</param>
    /// <param name="moments">The rows, with the map's inputs and targets.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or there are no rows.</exception>
    public static MapScore Of(AffineMap map, Moments moments) => Of(map, moments, []);

    /// <summary>The score of a map on rows, read twice.</summary>
    /// <param name="map">The map.</param>
    /// <param name="moments">The rows, added up.</param>
    /// <param name="rows">The same rows again.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or there are no rows.</exception>
    public static async Task<MapScore> OfAsync(AffineMap map, Moments moments, IAsyncEnumerable<Dataset> rows,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(rows);
        var sums = new ExactSum[map.TargetCount];
        await foreach (var block in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Add(map, block, sums);
        }

        return Of(map, moments, sums);
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(MapScore), PrintMembers);

    private static void Add(AffineMap map, Dataset block, ExactSum[] sums)
    {
        var predicted = new double[sums.Length];
        for (var i = 0; i < block.Rows; i++)
        {
            map.Apply(block.Inputs.Row(i), predicted);
            for (var t = 0; t < sums.Length; t++)
            {
                Dyadic residual = Math.Abs(block.Targets[i, t] - predicted[t]);
                sums[t].Add(block.Weights is { } weights ? weights.Values[i] * residual : residual);
            }
        }
    }

    private static TargetScore Of(AffineMap map, Moments moments, int target, Dyadic square, Dyadic? absolute)
    {
        // All sums are in the moments' unit, that of the weights as well.
        var (weight, sum) = (moments.WeightSum, moments.TargetSum(target));
        var total = weight * moments.TargetProduct(target, target) - sum * sum; // weight x the squares about the mean
        var residual = sum - map.Bias[target] * weight;
        var weights = map.WeightsOf(target);
        for (var j = 0; j < weights.Length; j++)
        {
            residual -= weights[j] * moments.InputSum(j);
        }

        var spread = weight * square - residual * residual;
        return new TargetScore(moments.Names.Targets[target])
        {
            RootMeanSquare = Dyadic.SquareRootOfRatio(square, weight),
            MeanAbsolute = absolute is { } known ? Dyadic.Ratio(known * moments.Unit, weight) : double.NaN,
            MeanResidual = Dyadic.Ratio(residual, weight),
            RSquared = total.IsZero ? double.NaN : Dyadic.Ratio(total - weight * square, total),
            Mean = Dyadic.Ratio(sum, weight),
            StandardDeviation = Dyadic.SquareRootOfRatio(total, weight * weight),
            MeanInErrors = spread.IsZero ? double.NaN
                : Math.Sqrt(moments.Rows - 1) * Dyadic.Ratio(residual, weight)
                    / Dyadic.SquareRootOfRatio(spread, weight * weight),
        };
    }
}
