using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Against exact fractions, for matrices from ordinary to within 2^-900 of singular.</summary>
public sealed class PositiveDefiniteSolverTests
{
    private static readonly Gen<(ScaledMatrix Matrix, Dyadic[] B)> s_problem =
        from size in Gen.Int[1, 6]
        from x in Gen.Long[-(1L << 40), 1L << 40].Select(value => (BigInteger)value).Array[size].Array[size + 1]
        from closeness in Gen.OneOf(Gen.Const(0), Gen.Int[20, 60], Gen.Int[60, 900])
        from exponents in Gen.OneOf(Gen.Const(0), Gen.Int[-300, 300]).Array[size]
        from b in Gen.Select(Gen.Double[-1, 1], Gen.Int[-200, 200])
            .Select((value, exponent) => ((Dyadic)value).Scale(exponent)).Array[size]
        where WholeMatrices.Eliminate(x).Pivots.Count == size
        select (WholeMatrices.Gram(NearlyDependent(x, closeness), exponents), b);

    [Fact]
    public void Solution_is_good_to_90_bits() =>
        s_problem.Sample(problem =>
        {
            var (exact, denominator) = Exact(problem.Matrix, problem.B);
            var solution = new PositiveDefiniteSolver(problem.Matrix).Solve(problem.B).Values;
            return solution.Zip(exact)
                .All(pair => (pair.First * denominator - pair.Second).Abs() < pair.Second.Abs().Scale(-90)
                    || pair.First == pair.Second);
        });

    [Fact]
    public void Inverse_diagonal_is_good_to_56_bits() =>
        s_problem.Sample(problem =>
        {
            var diagonal = new PositiveDefiniteSolver(problem.Matrix).InverseDiagonal();
            return diagonal.Select((value, i) =>
            {
                var unit = new Dyadic[diagonal.Length];
                unit[i] = Dyadic.One;
                var (exact, denominator) = Exact(problem.Matrix, unit);
                return (value.Value * denominator - exact[i]).Abs() < exact[i].Abs().Scale(-56)
                    && !((value.Value * denominator - exact[i]).Abs() > exact[i].Abs() * value.RelativeError);
            }).All(holds => holds);
        });

    [Fact]
    public void Solution_in_doubles_comes_out_exactly() =>
        Gen.Select(s_problem, Gen.OneOf(Gen.Int[-3, 3].Select(i => (double)i), Gen.Double[1e-6, 100]).Array[6])
            .Sample((problem, values) =>
        {
            Dyadic[] wanted = [.. problem.B.Select((_, i) => (Dyadic)(i == 1 ? 0 : values[i]))];
            return new PositiveDefiniteSolver(problem.Matrix).Solve(
                problem.Matrix.Multiply(wanted)).Values.SequenceEqual(wanted);
        });

    [Fact]
    public void Factor_is_good_to_a_doubles_last_bit() =>
        s_problem.Sample(problem =>
        {
            var solver = new PositiveDefiniteSolver(problem.Matrix);
            var lower = solver.Lower;
            return Enumerable.Range(0, lower.Length).All(i => Enumerable.Range(0, i + 1).All(j =>
            {
                // (L L')[i, j] = A[i, j], where the diagonal of A lies between 1/4 and 1.
                var product = Enumerable.Range(0, j + 1).Aggregate(Dyadic.Zero,
                    (sum, k) => sum + lower[i][k].ToDyadic() * lower[j][k].ToDyadic());
                return (product - problem.Matrix[i, j].Scale(-solver.Scales[i] - solver.Scales[j])).Magnitude < -95;
            }));
        });

    [Fact]
    public void Element_far_below_the_others_keeps_its_digits()
    {
        // The last is 2^-278 of the first in the scaled coordinates: its part of the right-hand side is rounded away
        // until the first has settled.
        var random = new RandomSource(1);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var x = Enumerable.Range(0, 4)
                .Select(_ => Enumerable.Range(0, 3).Select(_ => (BigInteger)random.NextIndex(1000)).ToArray())
                .ToArray();
            var matrix = WholeMatrices.Gram(x, [220, 41, -53]);
            Dyadic[] wanted = [54, 0, -2];
            Assert.Equal(wanted, new PositiveDefiniteSolver(matrix).Solve(matrix.Multiply(wanted)).Values);
        }
    }

    [Fact]
    public void No_equations_have_no_solution() =>
        Assert.Empty(new PositiveDefiniteSolver(ScaledMatrix.Of(new Dyadic[0, 0])).Solve([]).Values);

    [Fact]
    public void Matrix_whose_inverse_no_double_holds_is_solved()
    {
        var solver =
            new PositiveDefiniteSolver(
                WholeMatrices.Gram([[BigInteger.One << 1100, (BigInteger.One << 1100) + 1], [0, 1]], [0, 0]));
        Assert.Equal([3.0, -3.0], solver.Solve(solver.Coefficients.Multiply([3, -3])).Values);
        Assert.Equal(new Dyadic(1, 0) + new Dyadic(BigInteger.Pow((BigInteger.One << 1100) + 1, 2), 0),
            solver.InverseDiagonal()[0].Value.Scale(2200),
            (left, right) => (left - right).Magnitude < right.Magnitude - 60);
    }

    [Fact]
    public void Errors_of_solutions_never_exceed_their_bounds() =>
        s_problem.Sample(problem =>
        {
            // Every round of refinement has its bounds, also those far from the solution.
            var (exact, denominator) = Exact(problem.Matrix, problem.B);
            var solver = new PositiveDefiniteSolver(problem.Matrix);
            var holds = true;
            var solution = new CertifiedSolution(solver, problem.B);
            for (; !solution.IsSettled; solution = solution.Next())
            {
                holds &= solution.Values.Select((value, i) =>
                    !((value * denominator - exact[i]).Abs() > solution.Element(i).Radius!.Value * denominator.Abs()))
                    .All(right => right);
            }

            return holds;
        });

    /// <summary>The last column becomes the sum of the others plus 2^-closeness of itself.</summary>
    private static BigInteger[][] NearlyDependent(BigInteger[][] x, int closeness) =>
        closeness == 0 || x[0].Length == 1 ? x : [.. x.Select(row => (BigInteger[])[
            .. row[..^1].Select(value => value << closeness),
            (row[..^1].Aggregate(BigInteger.Zero, (sum, value) => sum + value) << closeness) + row[^1]])];

    /// <summary>Numerators over one denominator.</summary>
    private static (Dyadic[] Numerators, Dyadic Denominator) Exact(ScaledMatrix matrix, Dyadic[] b)
    {
        const int Grid = -3000;
        var (numerators, denominator) =
            WholeMatrices.Solve(matrix.ToWhole(),
                [.. b.Select((value, i) => value.Scale(-matrix.Exponents[i]).OnGrid(Grid))]);
        return ([.. numerators.Select((value, i) => new Dyadic(value, Grid - matrix.Exponents[i]))],
            new Dyadic(denominator, 0));
    }
}
