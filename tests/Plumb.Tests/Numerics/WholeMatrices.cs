using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>
/// Random whole-number matrices for the exact solvers, and plain fraction-free elimination to check them by.
/// </summary>
internal static class WholeMatrices
{
    /// <summary>X'X for X rows x columns of whole numbers, with this exponent a column.</summary>
    public static ScaledMatrix Gram(BigInteger[][] x, int[] exponents)
    {
        var gram = Gram(x);
        var matrix = new Dyadic[exponents.Length, exponents.Length];
        for (var i = 0; i < exponents.Length; i++)
        {
            for (var j = 0; j < exponents.Length; j++)
            {
                matrix[i, j] = new Dyadic(gram[i, j], exponents[i] + exponents[j]);
            }
        }

        return ScaledMatrix.Of(matrix);
    }

    /// <summary>X'X for X rows x columns.</summary>
    public static BigInteger[,] Gram(BigInteger[][] x)
    {
        var size = x[0].Length;
        var gram = new BigInteger[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                gram[i, j] = x.Aggregate(BigInteger.Zero, (sum, row) => sum + row[i] * row[j]);
            }
        }

        return gram;
    }

    /// <summary>
    /// The reduced row echelon form over a common denominator: which columns are pivots, and A x = b for a nonsingular
    /// A as (numerators, denominator).
    /// </summary>
    public static (List<int> Pivots, BigInteger[][] Rows, BigInteger Denominator) Eliminate(BigInteger[][] matrix)
    {
        var rows = matrix.Select(row => (BigInteger[])row.Clone()).ToArray();
        var (pivots, previous) = (new List<int>(), BigInteger.One);
        for (var column = 0; column < rows[0].Length && pivots.Count < rows.Length; column++)
        {
            var rank = pivots.Count;
            var found = Array.FindIndex(rows, rank, row => !row[column].IsZero);
            if (found < 0)
            {
                continue;
            }

            (rows[rank], rows[found]) = (rows[found], rows[rank]);
            var pivot = rows[rank][column];
            for (var i = 0; i < rows.Length; i++)
            {
                if (i != rank)
                {
                    var factor = rows[i][column];
                    for (var j = 0; j < rows[i].Length; j++)
                    {
                        rows[i][j] = ((rows[i][j] * pivot) - (factor * rows[rank][j])) / previous;
                    }
                }
            }

            previous = pivot;
            pivots.Add(column);
        }

        return (pivots, rows, previous);
    }

    /// <summary>The exact solution of A x = b, A nonsingular, over one denominator.</summary>
    public static (BigInteger[] Numerators, BigInteger Denominator) Solve(BigInteger[,] matrix,
        BigInteger[] rightHandSide)
    {
        var size = rightHandSide.Length;
        var extended = Enumerable.Range(0, size)
            .Select(i => (BigInteger[])[.. Enumerable.Range(0, size).Select(j => matrix[i, j]), rightHandSide[i]])
            .ToArray();
        var (_, rows, denominator) = Eliminate(extended);
        return ([.. rows.Select(row => row[size])], denominator);
    }
}
