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
                    matrix[i][j] = (matrix[i][j] * matrix[rank][column] - matrix[i][column] * matrix[rank][j])
                        / previous;
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

    /// <summary>The least-squares problem of a target, solved in fractions of one denominator.</summary>
    /// <param name="rows">Whole numbers; a column per parameter, all independent.</param>
    /// <param name="target">Whole numbers.</param>
    /// <param name="weights">Whole numbers.</param>
    public static Solved Solve(BigInteger[][] rows, BigInteger[] target, BigInteger[] weights)
    {
        var size = rows[0].Length;
        BigInteger Sum(Func<int, BigInteger> left, Func<int, BigInteger> right) =>
            Enumerable.Range(0, rows.Length).Aggregate(BigInteger.Zero,
                (sum, i) => sum + weights[i] * left(i) * right(i));
        var matrix = new BigInteger[size][]; // [Z'Z, Z'y, I]
        for (var i = 0; i < size; i++)
        {
            matrix[i] = new BigInteger[2 * size + 1];
            for (var j = 0; j < size; j++)
            {
                matrix[i][j] = Sum(k => rows[k][i], k => rows[k][j]);
            }

            matrix[i][size] = Sum(k => rows[k][i], k => target[k]);
            matrix[i][size + 1 + i] = BigInteger.One;
        }

        BigInteger[] right = [.. matrix.Select(row => row[size])];
        var previous = BigInteger.One;
        for (var k = 0; k < size; k++)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = matrix[i].Length - 1; j >= 0 && i != k; j--)
                {
                    matrix[i][j] = j == k ? matrix[i][j]
                        : (matrix[i][j] * matrix[k][k] - matrix[i][k] * matrix[k][j]) / previous;
                }

                matrix[i][k] = i == k ? matrix[i][k] : BigInteger.Zero;
            }

            previous = matrix[k][k];
        }

        BigInteger[] numerators = [.. matrix.Select(row => row[size])];
        var explained = numerators.Zip(right).Aggregate(BigInteger.Zero, (sum, pair) => sum + pair.First * pair.Second);
        var residual = Sum(k => target[k], k => target[k]) * previous - explained;
        return new Solved(previous, numerators, [.. matrix.Select((row, i) => row[size + 1 + i])], residual);
    }

    /// <summary>A solution.</summary>
    /// <param name="Denominator">Of all.</param>
    /// <param name="Parameters">The parameters.</param>
    /// <param name="Inverse">The diagonal of the inverse of the sum of z z'.</param>
    /// <param name="Residual">The sum of squared residuals.</param>
    public sealed record Solved(BigInteger Denominator, BigInteger[] Parameters, BigInteger[] Inverse,
        BigInteger Residual);
}
