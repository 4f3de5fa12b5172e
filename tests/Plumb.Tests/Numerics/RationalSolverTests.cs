using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

public sealed class RationalSolverTests
{
    private static readonly Gen<(BigInteger[][] X, long[] B)> s_problem =
        from size in Gen.Int[1, 7]
        from x in Gen.OneOf(Gen.Long[-3, 3], Gen.Long[-(1L << 50), 1L << 50])
            .Select(value => (BigInteger)value).Array[size].Array[size + 2]
        from b in Gen.OneOf(Gen.Long[-3, 3], Gen.Long).Array[size]
        where WholeMatrices.Eliminate(x).Pivots.Count == size
        select (x, b);

    [Fact]
    public void Solution_is_that_of_fraction_free_elimination() =>
        s_problem.Sample(problem =>
        {
            var matrix = WholeMatrices.Gram(problem.X);
            BigInteger[] b = [.. problem.B];
            var solution = Solver(matrix).Solve(b);
            var (numerators, denominator) = WholeMatrices.Solve(matrix, b);
            return solution.Denominator.Sign > 0
                && solution.Numerators.Zip(numerators)
                    .All(pair => pair.First * denominator == pair.Second * solution.Denominator);
        });

    [Fact]
    public void Short_solution_is_found_with_the_digits_that_it_needs() =>
        s_problem.Sample(problem =>
        {
            var matrix = WholeMatrices.Gram(problem.X);
            var size = problem.B.Length;
            BigInteger[] c =
                [.. Enumerable.Range(0, size)
                    .Select(i =>
                        Enumerable.Range(0, size).Aggregate(BigInteger.Zero,
                            (sum, j) => sum + matrix[i, j] * problem.B[j]))];
            var solution = Solver(matrix).TrySolve(c, 3);
            return solution is not null && solution.Denominator.IsOne
                && solution.Numerators.Zip(problem.B).All(pair => pair.First == pair.Second);
        });

    [Fact]
    public void Long_solution_is_given_up_when_its_digits_are_not_allowed()
    {
        var matrix = new BigInteger[,] { { BigInteger.Pow(3, 200), 1 }, { 1, BigInteger.Pow(5, 150) } };
        Assert.Null(Solver(matrix).TrySolve([1, 1], 4));
        Assert.NotNull(Solver(matrix).TrySolve([1, 1], 40));
    }

    [Fact]
    public void Last_digit_allowed_is_used()
    {
        // 1 / 3^50 needs 2 * 80 bits: three digits of 61.
        var matrix = new BigInteger[,] { { BigInteger.Pow(3, 50) } };
        Assert.NotNull(Solver(matrix).TrySolve([1], 3));
    }

    private static RationalSolver Solver(BigInteger[,] matrix) =>
        new(matrix,
            PrimeField.All.Select(field => new ModularFactor(matrix, field))
                .First(factor => factor.Columns.Count == matrix.GetLength(0)));
}
