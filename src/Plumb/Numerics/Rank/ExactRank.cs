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

    private ExactRank(ModularFactor factor, FoundVectors found) =>
        (Independent, NullVectors, Involved, IsProved) =
            (factor.Columns, found.Vectors, found.Involved, found.AreExact);

    /// <summary>The independent columns, ascending: each that does not depend on columns before it.</summary>
    public IReadOnlyList<int> Independent { get; }

    /// <summary>
    /// A basis of the null space: for each dependent column, in order, a vector that holds it and independent columns
    /// before it. Those that are not exact are made when they are asked for.
    /// </summary>
    public IReadOnlyList<NullVector> NullVectors { get; }

    /// <summary>Whether each column takes part in a null vector.</summary>
    public bool[] Involved { get; }

    /// <summary>Whether all null vectors are exact, and checked.</summary>
    public bool IsProved { get; }

    /// <summary>Decides the rank.</summary>
    public static ExactRank Of(ScaledMatrix matrix)
    {
        ModularFactor? last = null;
        foreach (var field in PrimeField.All)
        {
            var factor = new ModularFactor(matrix.Size, matrix.Whole, field);
            if (FindNullVectors(matrix, factor) is { } found)
            {
                var agreed = last is not null && last.Columns.SequenceEqual(factor.Columns);
                if (agreed || found.AreExact)
                {
                    return new ExactRank(factor, found);
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
        return PrimeField.All.Take(Primes)
            .Any(field => new ModularFactor(matrix.Size, matrix.Whole, field).Columns.Count > rank);
    }

    private static FoundVectors? FindNullVectors(ScaledMatrix matrix, ModularFactor factor)
    {
        if (factor.Columns.Count == matrix.Size)
        {
            return new FoundVectors(new LazyList<NullVector>(0, _ => null!), new bool[matrix.Size], AreExact: true);
        }

        int[] independent = [.. factor.Columns];
        var submatrix = matrix.Submatrix(independent);
        var fractions = new RationalSolver(submatrix.ToWhole(), factor);
        int[] dependents = [.. Enumerable.Range(0, matrix.Size).Except(independent)];
        var exact = new Dyadic[dependents.Length][];
        for (var (d, failures) = (0, 0); d < dependents.Length && failures < MostFailures; d++)
        {
            if (ExactCombination(matrix, fractions, independent, dependents[d]) is not { } combination)
            {
                failures++;
                continue;
            }

            failures = 0;
            if (!Array.TrueForAll(matrix.Multiply(combination), value => value.IsZero))
            {
                return null;
            }

            exact[d] = combination;
        }

        var digits = new Lazy<PositiveDefiniteSolver>(() => new PositiveDefiniteSolver(submatrix));
        return new FoundVectors(
            new LazyList<NullVector>(dependents.Length, d => exact[d] is { } checkedVector
                ? new NullVector(checkedVector, IsExact: true)
                : new NullVector(Combination(matrix, digits.Value, factor, dependents[d]), IsExact: false)),
            InvolvedIn(matrix, factor, dependents, exact), Array.TrueForAll(exact, vector => vector is not null));
    }

    /// <summary>Whether each column takes part in a null vector; without a solution, residues tell.</summary>
    private static bool[] InvolvedIn(ScaledMatrix matrix, ModularFactor factor, int[] dependents, Dyadic[][] exact)
    {
        var involved = new bool[matrix.Size];
        var open = factor.Columns.Count; // independent columns that have taken part in none so far
        for (var d = 0; d < dependents.Length; d++)
        {
            involved[dependents[d]] = true;
            var residues = exact[d] is null && open > 0 ? ResiduesOf(matrix, factor, dependents[d]) : [];
            for (var k = 0; k < factor.Columns.Count && open > 0; k++)
            {
                var column = factor.Columns[k];
                if (!involved[column] && (exact[d] is { } vector ? !vector[column].IsZero : residues[k] != 0))
                {
                    (involved[column], open) = (true, open - 1);
                }
            }
        }

        return involved;
    }

    /// <summary>The residues of the combination of independent columns that a dependent one is.</summary>
    private static ulong[] ResiduesOf(ScaledMatrix matrix, ModularFactor factor, int dependent)
    {
        ulong[] residues = [.. factor.Columns.Select(i => factor.Field.Reduce(matrix.Whole(i, dependent)))];
        factor.Solve(residues);
        return residues;
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
        var residues = ResiduesOf(matrix, factor, dependent);
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

    /// <summary>What was found for one prime.</summary>
    private sealed record FoundVectors(LazyList<NullVector> Vectors, bool[] Involved, bool AreExact);
}
