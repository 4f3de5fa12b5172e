using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// For clustered errors: for each group of rows the sums of coordinate times residual, per target, from all threads;
/// the same bits in any order of rows, as they are summed on a grid.
/// </summary>
internal sealed class ClusterSums
{
    private const long MostProducts = 1 << 22; // numbers; groups beyond have none
    private const int MostGridBits = 46; // of numbers near 1

    private readonly RowFrame _frame;
    private readonly double _grid;

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame, which says what groups the rows.</param>
    public ClusterSums(RowFrame frame)
    {
        _frame = frame;
        // A sum over any rows of products of two columns whose mean squares are near 1 is at most 4 n, by Cauchy and
        // Schwarz: it has room in 64 bits.
        var bits = 64 - (int)long.LeadingZeroCount(frame.Fit.Rows);
        _grid = Math.ScaleB(1, Math.Min(MostGridBits, 60 - bits));
        if (frame.Asked is ClusteredErrors { Second: var second, Kind: var kind })
        {
            Scores = [.. Enumerable.Range(0, second is null ? 1 : 3)
                .Select(_ => new ClusterTable(Width * frame.Targets.Length))];
            var numbers = (long)Width * (Width + 1) / 2;
            Products = second is null && kind == ClusterKind.CR2 && frame.HasProducts && numbers <= MostProducts
                ? new ClusterTable((int)numbers) : null;
        }
    }

    /// <summary>The scores of a column's groups; of two columns' groups, and those of their pairs.</summary>
    public IReadOnlyList<ClusterTable> Scores { get; } = [];

    /// <summary>
    /// Products of two coordinates, the lower triangle row by row; null where nobody asked, or groups are too many.
    /// </summary>
    public ClusterTable? Products { get; private set; }

    /// <summary>How many scores there are of a target.</summary>
    public int Width => _frame.Coordinates + 1;

    /// <summary>How many groups there are, by column.</summary>
    public long[] Groups => [.. Scores.Take(2).Select(table => table.Count)];

    /// <summary>A number on the grid; false where it is too large.</summary>
    public bool TryRound(double value, out long rounded)
    {
        var scaled = Math.Round(value * _grid);
        var hasRoom = Math.Abs(scaled) < 1L << 62;
        rounded = hasRoom ? (long)scaled : 0;
        return hasRoom;
    }

    /// <summary>Gives up products where groups are too many. How many there are in all decides, so that threads do
    /// not.</summary>
    public void KeepBound()
    {
        if (Products is { } products && products.Count * products.Width > MostProducts)
        {
            Products = null;
        }
    }

    /// <summary>
    /// The sums of each group, in the order of their labels: the scores of each target, the constant last, and the
    /// products.
    /// </summary>
    public IEnumerable<(double[][] Scores, double[] Products)> InOrder()
    {
        double[] Numbers(ReadOnlySpan<long> sums)
        {
            var numbers = new double[sums.Length];
            for (var k = 0; k < numbers.Length; k++)
            {
                numbers[k] = sums[k] / _grid;
            }

            return numbers;
        }

        return Scores[0].InOrder().Zip(Products!.InOrder(), (scores, products) => (
            Enumerable.Range(0, _frame.Targets.Length)
                .Select(t => Numbers(scores.Span.Slice(Width * t, Width))).ToArray(),
            Numbers(products.Span)));
    }

    /// <summary>
    /// A target's sums of products of scores, coordinates x coordinates, the constant last: each grouping's times
    /// G / (G - 1), the pairs' subtracted.
    /// </summary>
    public double[,] ProductsOfScores(int target)
    {
        var sum = new double[Width, Width];
        for (var k = 0; k < Scores.Count; k++)
        {
            var products = ProductsOfScores(Scores[k], target);
            var factor = (double)Scores[k].Count / (Scores[k].Count - 1) * (k == 2 ? -1 : 1);
            for (var i = 0; i < Width; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    sum[i, j] += factor * products[i, j].ToDouble();
                }
            }
        }

        return sum;
    }

    // Exact sums, as groups lie in no order.
    private ExactGram ProductsOfScores(ClusterTable table, int target)
    {
        var columns = RowColumns.NewColumns(Width);
        var (gram, rows) = (new ExactGram(Width + 1) { Threads = 1 }, new ColumnRows(RowColumns.MostRows, columns));
        foreach (var (groups, count) in table.Pages())
        {
            for (var group = 0; group < count; group++)
            {
                var scores = groups.Span.Slice(
                    group * table.Stride + ClusterTable.LabelNumbers + Width * target, Width);
                for (var k = 0; k < scores.Length; k++)
                {
                    columns[k][group] = scores[k] / _grid;
                }
            }

            gram.AddOnThisThread(rows, default, 0, count, 1);
        }

        return gram;
    }
}
