using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// Which columns of an exact positive semidefinite matrix are independent, and how the others depend on them.
/// Independence is proved (a minor that is not 0
/// modulo a prime is not 0); dependence is proved by a null vector of short fractions that is checked, and where there
/// is none, by two primes that agree.
/// </summary>
internal sealed class ExactRank
{
    private const int MostDigits = 8; // to base 2^61: fractions up to 240 bits
    // In a row: then the fractions are long throughout, as in data with more columns than rows.
    private const int MostFailures = 8;

    private ExactRank(ModularFactor factor, NullVector[] nullVectors) =>
        (Independent, NullVectors) = (factor.Columns, nullVectors);

    /// <summary>The independent columns, ascending: each that does not depend on columns before it.</summary>
    public IReadOnlyList<int> Independent { get; }

    /// <summary>
    /// A basis of the null space: for each dependent column, in order, a vector that holds it and independent columns
    /// before it.
    /// </summary>
    public IReadOnlyList<NullVector> NullVectors { get; }

    /// <summary>Decides the rank.</summary>
    public static ExactRank Of(ScaledMatrix matrix)
    {
        ModularFactor? last = null;
        var whole = matrix.ToWhole();
        foreach (var field in PrimeField.All)
        {
            var factor = new ModularFactor(whole, field);
            if (FindNullVectors(matrix, factor) is { } vectors)
            {
                var agreed = last is not null && last.Columns.SequenceEqual(factor.Columns);
                if (agreed || Array.TrueForAll(vectors, vector => vector.IsExact))
                {
                    return new ExactRank(factor, vectors);
                }
            }

            last = factor;
        }

        throw new ArithmeticException("the rank could not be decided: the primes tried do not agree.");
    }

    /// <summary>Whether the rank is above a number; told by two primes where it is not.</summary>
    public static bool Exceeds(ScaledMatrix matrix, int rank)
    {
        const int Primes = 2;
        var whole = matrix.ToWhole();
        return PrimeField.All.Take(Primes).Any(field => new ModularFactor(whole, field).Columns.Count > rank);
    }

    private static NullVector[]? FindNullVectors(ScaledMatrix matrix, ModularFactor factor)
    {
        if (factor.Columns.Count == matrix.Size)
        {
            return [];
        }

        int[] independent = [.. factor.Columns];
        var submatrix = matrix.Submatrix(independent);
        var fractions = new RationalSolver(submatrix.ToWhole(), factor);
        int[] dependents = [.. Enumerable.Range(0, matrix.Size).Except(independent)];
        var vectors = new NullVector?[dependents.Length];
        for (var (d, failures) = (0, 0); d < dependents.Length && failures < MostFailures; d++)
        {
            if (ExactCombination(matrix, fractions, independent, dependents[d]) is not { } exact)
            {
                failures++;
                continue;
            }

            failures = 0;
            if (!Array.TrueForAll(matrix.Multiply(exact), value => value.IsZero))
            {
                return null;
            }

            vectors[d] = new NullVector(exact, IsExact: true);
        }

        int[] open = [.. Enumerable.Range(0, dependents.Length).Where(d => vectors[d] is null)];
        if (open.Length > 0)
        {
            var digits = new PositiveDefiniteSolver(submatrix);
            ParallelFor.ForEach(open.Length,
                share =>
                    vectors[open[share]] = new NullVector(Combination(matrix, digits, factor, dependents[open[share]]),
                        IsExact: false));
        }

        return vectors!;
    }

    /// <summary>
    /// The dependent column as a combination of the independent ones, in whole numbers without a common factor; null
    /// where these are long.
    /// </summary>
    private static Dyadic[]? ExactCombination(ScaledMatrix matrix, RationalSolver solver, int[] independent,
        int dependent)
    {
        if (solver.TrySolve([.. independent.Select(i => matrix.Whole(i, dependent))],
            MostDigits) is not { } combination)
        {
            return null;
        }

        var vector = new Dyadic[matrix.Size];
        vector[dependent] = new Dyadic(-combination.Denominator, -matrix.Exponents[dependent]);
        for (var k = 0; k < independent.Length; k++)
        {
            vector[independent[k]] = new Dyadic(combination.Numerators[k], -matrix.Exponents[independent[k]]);
        }

        return Primitive(vector);
    }

    /// <summary>The same to 90 bits; which elements are 0 is told by the residues.</summary>
    private static Dyadic[] Combination(ScaledMatrix matrix, PositiveDefiniteSolver solver, ModularFactor factor,
        int dependent)
    {
        var residues = factor.Columns.Select(i => factor.Field.Reduce(matrix.Whole(i, dependent))).ToArray();
        factor.Solve(residues);
        var solution = solver.Solve([.. factor.Columns.Select(i => matrix[i, dependent])]).Values;
        var vector = new Dyadic[matrix.Size];
        vector[dependent] = -Dyadic.One;
        for (var k = 0; k < residues.Length; k++)
        {
            vector[factor.Columns[k]] = residues[k] == 0 ? Dyadic.Zero : solution[k];
        }

        return vector;
    }

    /// <summary>The same direction in whole numbers without a common factor.</summary>
    public static Dyadic[] Primitive(Dyadic[] vector)
    {
        var grid = vector.Where(value => !value.IsZero).Min(value => value.Exponent);
        var whole = vector.Select(value => value.OnGrid(grid)).ToArray();
        var divisor = whole.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
        return [.. whole.Select(value => new Dyadic(value / divisor, 0))];
    }
}
