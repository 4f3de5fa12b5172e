namespace Plumb;

/// <summary>What a pass sums for errors that were asked for, beside those that every look finds.</summary>
internal sealed class AskedErrors
{
    private readonly SandwichGrams? _grams;
    private readonly ClusterSums[] _clusters = []; // of one column, or of two and of their pairs

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame, which says what was asked for.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    public AskedErrors(RowFrame frame, RowColumns columns)
    {
        if (frame.Asked is HeteroskedasticErrors { Kind: not HeteroskedasticKind.HC3 and var kind })
        {
            _grams = new SandwichGrams(frame, columns, kind);
        }
        else if (frame.Asked is ClusteredErrors { Second: var second })
        {
            _clusters = second is null ? [new ClusterSums(frame, columns, 0)]
                : [new ClusterSums(frame, columns, 0), new ClusterSums(frame, columns, 1),
                    new ClusterSums(frame, columns, 0, 1)];
        }
    }

    /// <summary>How many groups there are, by column.</summary>
    public long[] Groups => [.. _clusters.Take(2).Select(cluster => cluster.Count)];

    /// <summary>The sums for errors where noise is uneven; null where others were asked for.</summary>
    public SandwichGrams? Grams => _grams;

    /// <summary>
    /// A target's sums of products of scores, coordinates x coordinates, the constant last: each grouping's times
    /// G / (G - 1), the pairs' subtracted.
    /// </summary>
    public double[,] OfClusters(int target)
    {
        var products = _clusters.Select(cluster => cluster.Products(target)).ToArray();
        var sum = new double[products[0].GetLength(0), products[0].GetLength(0)];
        for (var k = 0; k < products.Length; k++)
        {
            var factor = (double)_clusters[k].Count / (_clusters[k].Count - 1) * (k == 2 ? -1 : 1);
            for (var i = 0; i < sum.GetLength(0); i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    sum[i, j] += factor * products[k][i, j];
                }
            }
        }

        return sum;
    }

    /// <summary>Adds the rows that the columns hold; false where a number is too large.</summary>
    /// <param name="frequencies">How many rows each stands for; empty where each is one.</param>
    public bool Add(ReadOnlyMemory<double> frequencies)
    {
        var isFinite = _grams?.Add(frequencies) ?? true;
        foreach (var cluster in _clusters)
        {
            isFinite &= cluster.Add();
        }

        return isFinite;
    }

    /// <summary>Adds another's sums.</summary>
    public void Add(AskedErrors other)
    {
        _grams?.Add(other._grams!);
        for (var k = 0; k < _clusters.Length; k++)
        {
            _clusters[k].Add(other._clusters[k]);
        }
    }
}
