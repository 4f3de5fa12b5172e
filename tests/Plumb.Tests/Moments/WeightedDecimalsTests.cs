using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Rows of decimals that are weighed: the decimals as they are written, the weights as doubles.</summary>
public sealed class WeightedDecimalsTests
{
    private static readonly Gen<Problem> s_problems =
        from rows in Gen.Int[6, 14]
        from places in Gen.Int[0, 9].Array[3]
        from numbers in Gen.Int[-9999, 9999].Array[3].Array[rows]
        from weights in Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Const(0.1), Gen.Double[1e-3, 1e3],
            Gen.Double[1e-300, 1e-299]).Array[rows]
        where weights.Count(weight => weight > 0) > 4
        select new Problem(places, numbers, weights);

    [Fact]
    public void Fit_is_that_of_the_fractions() => s_problems.Sample(problem =>
    {
        var fit = new LeastSquares().Fit(problem.ToMoments(blocks: 1));
        if (!fit.IsIdentified)
        {
            return;
        }

        var (top, grid) =
            (problem.Places.Max(),
                problem.Weights.Where(weight => weight > 0).Min(weight => ((Dyadic)weight).Exponent));
        BigInteger Whole(int row,
            int column) => problem.Numbers[row][column] * BigInteger.Pow(10, top - problem.Places[column]);
        var rows = problem.Weights.Length;
        var exact = RationalOracle.Solve(
            [.. Enumerable.Range(0, rows)
                .Select(i => (BigInteger[])[Whole(i, 0), Whole(i, 1), BigInteger.Pow(10, top)])],
            [.. Enumerable.Range(0, rows).Select(i => Whole(i, 2))],
            [.. problem.Weights.Select(weight => ((Dyadic)weight).OnGrid(grid))]);
        double[] parameters =
            [.. exact.Parameters.Select(value => Dyadic.Ratio(new Dyadic(value, 0), new Dyadic(exact.Denominator, 0)))];
        double[] found = [.. fit.Map.WeightsOf(0), fit.Map.Bias[0]];
        Assert.Equal(parameters, found);
        var unit = new Dyadic(exact.Denominator * BigInteger.Pow(10, 2 * top), -grid);
        Assert.Equal(Dyadic.Ratio(new Dyadic(exact.Residual, 0), unit), fit.ResidualSumOfSquares[0]);
        for (var j = 0; j < 2 && fit.ResidualDegreesOfFreedom > 0; j++)
        {
            var square = new Dyadic(exact.Residual * exact.Inverse[j], 0);
            Assert.Equal(
                Dyadic.SquareRootOfRatio(square,
                    new Dyadic(exact.Denominator * exact.Denominator * fit.ResidualDegreesOfFreedom, 0)),
                fit.WeightErrors[0, j]);
        }
    });

    [Fact]
    public void Blocks_do_not_show_and_powers_are_columns_by_another_name() => s_problems.Sample(problem =>
    {
        var whole = problem.ToMoments(blocks: 1);
        Assert.Equal(whole, problem.ToMoments(blocks: 3));
        var names = VariableNames.Default(2, 1);
        var powers = new DecimalMoments(Design.Of(names).WithSquares());
        powers.Add(problem.ToRows(0, problem.Weights.Length));
        Assert.Equal(whole, powers.ToMoments().WithoutSquares());
    });

    [Fact]
    public void Frequency_is_the_row_as_often() => s_problems.Sample(problem =>
    {
        double[] counts = [.. problem.Numbers.Select(row => (double)(Math.Abs(row[0]) % 4))];
        var counted = new DecimalMoments(VariableNames.Default(2, 1));
        counted.Add(problem.ToRows(0, counts.Length, RowWeights.Frequencies(counts)));
        var repeated = new DecimalMoments(VariableNames.Default(2, 1));
        for (var i = 0; i < counts.Length; i++)
        {
            for (var copy = 0; copy < counts[i]; copy++)
            {
                repeated.Add(problem.ToRows(i, 1, RowWeights.Precisions([1])));
            }
        }

        Assert.Equal(repeated.ToMoments(), counted.ToMoments());
    });

    [Fact]
    public void Row_of_weight_0_has_no_digits()
    {
        var moments = new DecimalMoments(VariableNames.Default(1, 1));
        decimal[,] x = { { 1e20m }, { 0.1m }, { 0.0000000000000000000000000001m } };
        moments.Add(
            new DecimalRows(x, new[,] { { 1m }, { 2m }, { 3m } }) { Weights = RowWeights.Precisions([0.5, 0.25, 0]) });
        Assert.Equal(2, moments.Rows);
        Assert.Throws<ArgumentException>(() => new DecimalRows(x, x) { Weights = RowWeights.Precisions([1]) });
    }

    private sealed record Problem(int[] Places, int[][] Numbers, double[] Weights)
    {
        public DecimalRows ToRows(int start, int count, RowWeights? weights = null)
        {
            decimal Number(int row,
                int column) =>
                    new(Math.Abs(Numbers[row][column]), 0, 0, Numbers[row][column] < 0, (byte)Places[column]);
            var (inputs, targets) = (new decimal[count, 2], new decimal[count, 1]);
            for (var i = 0; i < count; i++)
            {
                (inputs[i, 0], inputs[i, 1], targets[i, 0]) =
                    (Number(start + i, 0), Number(start + i, 1), Number(start + i, 2));
            }

            return new DecimalRows(inputs,
                targets)
            { Weights = weights ?? RowWeights.Precisions(Weights[start..(start + count)]) };
        }

        public Moments ToMoments(int blocks)
        {
            var moments = new DecimalMoments(VariableNames.Default(2, 1));
            var size = (Weights.Length + blocks - 1) / blocks;
            for (var start = 0; start < Weights.Length; start += size)
            {
                moments.Add(ToRows(start, Math.Min(size, Weights.Length - start)));
            }

            return moments.ToMoments();
        }
    }
}
