using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Plain elimination on whole numbers: slow, and right.</summary>
internal static class RationalOracle
{
    /// <summary>The rank of a matrix of doubles, by fraction-free elimination (Bareiss).</summary>
    public static int Rank(double[][] rows)
    {
        var matrix = rows.Select(row => row.Select(value => ((Dyadic)value).OnGrid(-1100)).ToArray()).ToList();
        var rank = 0;
        var previous = BigInteger.One;
        for (var column = 0; column < rows[0].Length; column++)
        {
            var pivot = matrix.FindIndex(rank, row => !row[column].IsZero);
            if (pivot < 0)
            {
                continue;
            }

            (matrix[rank], matrix[pivot]) = (matrix[pivot], matrix[rank]);
            for (var i = rank + 1; i < matrix.Count; i++)
            {
                for (var j = rows[0].Length - 1; j >= column; j--)
                {
                    matrix[i][j] = (matrix[i][j] * matrix[rank][column] - matrix[i][column] * matrix[rank][j]) / previous;
                }
            }

            previous = matrix[rank][column];
            if (++rank == matrix.Count)
            {
                break;
            }
        }

        return rank;
    }
}
