namespace Plumb.Tests;

public sealed class NearDependenceTests
{
    [Fact]
    public void Inputs_after_a_near_dependence_are_judged_by_those_before_it()
    {
        // The third is the sum of the first two up to rounding; what rounding left must not be used to make up the
        // fourth and fifth, and the sixth is 3 x1 + x2.
        var random = new RandomSource(1);
        var fit = Fit(40, _ =>
        {
            var (a, b) = (1000 + random.NextNormal(), 1000 + random.NextNormal());
            return [a, b, a + b, random.NextNormal(), 1000 + random.NextNormal(), (2 * a) + b + a];
        });
        Assert.Equal(["x3 = x1 + x2", "x6 = 3 x1 + x2"], fit.NearDependences.Select(relation => relation.Text));
    }

    [Fact]
    public void Input_that_is_constant_but_for_its_last_bit_does_not_taint_those_that_go_with_it()
    {
        var random = new RandomSource(2);
        var fit = Fit(40, _ =>
        {
            var a = random.NextNormal();
            return [8e15 + (a > 0 ? 1 : 0), a + random.NextNormal(), (5 * a) + random.NextNormal()];
        });
        Assert.Equal("x1 = 8E+15", Assert.Single(fit.NearDependences).Text);
    }

    [Theory]
    [InlineData(60)] // in fractions this took half a minute
    [InlineData(25)]
    public void One_of_many_inputs_that_is_a_sum_is_found_and_its_condition_told(int inputs)
    {
        var random = new RandomSource(3);
        var fit = Fit(2 * inputs, _ =>
        {
            var row = Enumerable.Range(0, inputs).Select(_ => random.NextNormal()).ToArray();
            row[^1] = row[0] + row[1];
            return row;
        });
        Assert.Equal(FormattableString.Invariant($"x{inputs} = x1 + x2"), Assert.Single(fit.Dependences).Text);
        Assert.InRange(fit.Spectrum.ConditionNumber, 1e16, 1e18);
    }

    [Theory]
    [InlineData(1e-10)]
    [InlineData(1e-14)]
    public void Sum_that_differs_in_an_earlier_digit_is_none(double difference)
    {
        var random = new RandomSource(4);
        Assert.Empty(Fit(40, _ =>
        {
            var (a, b) = (random.NextNormal(), random.NextNormal());
            return [a, b, a + b + (difference * random.NextNormal())];
        }).Dependences);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(20_000)]
    public void Rank_at_a_tolerance_tells_how_near_the_dependence_is_whatever_the_number_of_rows(int rows)
    {
        var random = new RandomSource(6);
        var fit = Fit(rows, _ =>
        {
            var (a, b) = (random.NextNormal(), random.NextNormal());
            return [a, b, a + b + (1e-9 * random.NextNormal())];
        });
        Assert.Equal((4, 4, 3), (fit.RankAt(0), fit.RankAt(1e-11), fit.RankAt(1e-8)));
        Assert.Equal((4, 4, 4, double.NaN),
            (fit.NearRank.Rank, fit.NearRank.AtTenfold, fit.NearRank.AtTenth, fit.NearRank.Gap));
        Assert.Throws<ArgumentOutOfRangeException>(() => fit.RankAt(-1));
    }

    [Fact]
    public void Rank_and_gap_of_a_sum_that_rounding_alone_sets_apart()
    {
        var random = new RandomSource(7);
        var fit = Fit(40, _ =>
        {
            var (a, b) = (random.NextNormal(), random.NextNormal());
            return [a, b, a + b];
        });
        Assert.Equal((4, 3, 3), (fit.Rank, fit.NearRank.Rank, fit.NearRank.AtTenfold));
        Assert.InRange(fit.NearRank.Gap, 1e14, 1e18);
        Assert.Contains("the rank is 3", Assert.Single(Assessment.Of(fit).Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Penalty_leaves_the_rank_of_the_data_as_it_is()
    {
        var data = Moments.Of(Reference.Dataset([[1, 2], [2, 4 + 1e-9], [3, 6], [5, 10]], [[1], [2], [2], [4]]));
        var (plain, ridge) = (new LeastSquares().Fit(data), new LeastSquares { Ridge = 1 }.Fit(data));
        Assert.Equal((3, 2), (ridge.RankAt(1e-12), ridge.RankAt(1e-6)));
        Assert.Equal(plain.RankAt(1e-6), ridge.RankAt(1e-6));
    }

    [Fact]
    public void Powers_of_two_as_units_do_not_decide()
    {
        var random = new RandomSource(5);
        var rows = Enumerable.Range(0, 30).Select(_ => (random.NextNormal(), random.NextNormal()))
            .Select(pair => (double[])[pair.Item1, pair.Item2, 0.1 * (pair.Item1 + pair.Item2)]).ToArray();
        foreach (var power in new[] { -400, -50, 0, 50, 400 })
        {
            var relation =
                Assert.Single(Fit(30, i => [rows[i][0], rows[i][1], Math.ScaleB(rows[i][2], power)]).Dependences);
            Assert.Equal(DependenceKind.Near, relation.Kind);
            Assert.Equal(3, relation.Weights.Count(weight => weight != 0));
        }
    }

    private static LinearFit Fit(int rows, Func<int, double[]> row)
    {
        var random = new RandomSource(9);
        return new LeastSquares().Fit(
            Moments.Of(
                Reference.Dataset([.. Enumerable.Range(0, rows).Select(row)],
                    [.. Enumerable.Range(0, rows).Select(_ => (double[])[random.NextNormal()])])));
    }
}
