using System.Numerics;

namespace Plumb.Numerics;

/// <summary>Which columns of a positive semidefinite matrix of whole numbers are independent, and how the others depend on them; decided exactly.</summary>
internal sealed class ExactRank
{
    private ExactRank(ModularFactor factor, BigInteger[][] nullVectors) => (Factor, NullVectors) = (factor, nullVectors);

    /// <summary>The factor over the independent columns.</summary>
    public ModularFactor Factor { get; }

    /// <summary>The independent columns, ascending: each that does not depend on columns before it.</summary>
    public IReadOnlyList<int> Independent => Factor.Columns;

    /// <summary>A basis of the null space: for each dependent column, in order, whole numbers without a common factor; it holds that column and independent ones before it.</summary>
    public IReadOnlyList<BigInteger[]> NullVectors { get; }

    /// <summary>Decides the rank: from below by minors modulo a prime, from above by null vectors that are checked.</summary>
    public static ExactRank Of(BigInteger[,] matrix)
    {
        foreach (var field in PrimeField.All)
        {
            var factor = new ModularFactor(matrix, field);
            if (FindNullVectors(matrix, factor) is { } vectors)
            {
                return new ExactRank(factor, vectors);
            }
        }

        throw new ArithmeticException("the rank could not be decided modulo any of the primes tried.");
    }

    private static BigInteger[][]? FindNullVectors(BigInteger[,] matrix, ModularFactor factor)
    {
        var size = matrix.GetLength(0);
        if (factor.Columns.Count == size)
        {
            return [];
        }

        var independent = factor.Columns.ToArray();
        var solver = new RationalSolver(Submatrix(matrix, independent), factor);
        var vectors = new List<BigInteger[]>();
        for (var dependent = 0; dependent < size; dependent++)
        {
            if (Array.BinarySearch(independent, dependent) >= 0)
            {
                continue;
            }

            var combination = solver.Solve([.. independent.Select(i => matrix[i, dependent])]);
            var vector = new BigInteger[size];
            vector[dependent] = -combination.Denominator;
            for (var k = 0; k < independent.Length; k++)
            {
                vector[independent[k]] = combination.Numerators[k];
            }

            if (!IsNull(matrix, vector))
            {
                return null;
            }

            vectors.Add(Primitive(vector));
        }

        return [.. vectors];
    }

    /// <summary>The rows and columns named.</summary>
    public static BigInteger[,] Submatrix(BigInteger[,] matrix, int[] columns)
    {
        var result = new BigInteger[columns.Length, columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                result[i, j] = matrix[columns[i], columns[j]];
            }
        }

        return result;
    }

    /// <summary>The same direction in whole numbers without a common factor.</summary>
    public static BigInteger[] Primitive(BigInteger[] vector)
    {
        var divisor = BigInteger.Zero;
        foreach (var value in vector)
        {
            divisor = BigInteger.GreatestCommonDivisor(divisor, value);
        }

        return divisor.IsZero ? vector : [.. vector.Select(value => value / divisor)];
    }

    private static bool IsNull(BigInteger[,] matrix, BigInteger[] vector)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            var sum = BigInteger.Zero;
            for (var j = 0; j < vector.Length; j++)
            {
                sum += matrix[i, j] * vector[j];
            }

            if (!sum.IsZero)
            {
                return false;
            }
        }

        return true;
    }
}
