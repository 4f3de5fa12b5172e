namespace Plumb.Numerics;

/// <summary>
/// The permutation of least total cost, by shortest augmenting paths. Jonker and Volgenant, A shortest augmenting path
/// algorithm for dense and sparse linear assignment problems, Computing 38, 1987.
/// </summary>
internal static class Assignment
{
    /// <summary>Assigns each row a column of its own.</summary>
    /// <param name="cost">Square; finite numbers.</param>
    /// <returns>The column of each row.</returns>
    public static int[] Of(double[,] cost)
    {
        var size = cost.GetLength(0);
        var (rowPrice, columnPrice) = (new double[size], new double[size]);
        var rowOf = new int[size];
        Array.Fill(rowOf, -1);
        for (var row = 0; row < size; row++)
        {
            Augment(cost, row, rowPrice, columnPrice, rowOf);
        }

        var columns = new int[size];
        for (var j = 0; j < size; j++)
        {
            columns[rowOf[j]] = j;
        }

        return columns;
    }

    private static void Augment(double[,] cost, int start, double[] rowPrice, double[] columnPrice, int[] rowOf)
    {
        var size = rowOf.Length;
        var (distance, before, done) = (new double[size], new int[size], new bool[size]);
        Array.Fill(distance, double.PositiveInfinity);
        Array.Fill(before, -1);
        var (row, last, reached) = (start, -1, 0.0);
        while (row >= 0)
        {
            var next = -1;
            for (var j = 0; j < size; j++)
            {
                if (done[j])
                {
                    continue;
                }

                var through = reached + cost[row, j] - rowPrice[row] - columnPrice[j];
                if (through < distance[j])
                {
                    (distance[j], before[j]) = (through, last);
                }

                next = next < 0 || distance[j] < distance[next] ? j : next;
            }

            (last, reached) = (next, distance[next]);
            done[next] = true;
            row = rowOf[next];
        }

        for (var j = 0; j < size; j++)
        {
            if (done[j] && j != last)
            {
                rowPrice[rowOf[j]] += reached - distance[j];
                columnPrice[j] -= reached - distance[j];
            }
        }

        rowPrice[start] += reached;
        for (var j = last; j >= 0; j = before[j])
        {
            rowOf[j] = before[j] >= 0 ? rowOf[before[j]] : start;
        }
    }
}
