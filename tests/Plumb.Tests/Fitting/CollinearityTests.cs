namespace Plumb.Tests;

/// <summary>Whether inputs can be told apart: on data whose truth is known, and by laws.</summary>
public sealed class CollinearityTests
{
    [Fact]
    public void Near_twins_are_entangled_and_their_sum_is_determined()
    {
        var fit = VerdictData.Fit("near_twins", "y");
        var group = Assert.Single(fit.Collinearity.Groups);
        Assert.Equal(["a", "b"], group.Names);
        Assert.Equal(("a - b", "a + b"), (group.Direction.Text, group.Determined.Text));
        Assert.Equal(fit.Map.WeightsOf(0)[0] + fit.Map.WeightsOf(0)[1], group.Estimates[0], 1e-12);
        Assert.Equal(0.0669, group.Errors[0], 0.0001);
        Assert.All(group.Shares, share => Assert.True(share > 0.99));
        Assert.StartsWith("a and b cannot be told apart: the sum of their weights is 1.94 ± 0.13, but each alone",
            Assessment.Of(fit).Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_in_different_units_are_entangled_and_another_one_stands()
    {
        var fit = VerdictData.Fit("near_sum", "y");
        Assert.Equal(["a", "b", "c"], Assert.Single(fit.Collinearity.Groups).Names);
        Assert.Equal(("c - 0.5 a - 20 b", "a + 0.5 c"),
            (fit.Collinearity.Groups[0].Direction.Text, fit.Collinearity.Groups[0].Determined.Text));
        Assert.Equal([ParameterStatus.Entangled, ParameterStatus.Entangled, ParameterStatus.Entangled,
            ParameterStatus.Stands], Statuses(fit));
    }

    [Theory]
    [InlineData("mtcars", "mpg", "cyl,disp,hp,wt,qsec,vs,gear,carb")] // F is strong, no weight has a sign
    [InlineData("diabetes", "target", "s1,s2,s3,s4")]
    public void Measured_data_have_the_inputs_that_hide_each_other_named(string file, string target, string entangled)
    {
        var fit = VerdictData.Fit(file, target);
        Assert.Equal(entangled,
            string.Join(',',
                fit.Names.Inputs.Where((_, j) => fit.Collinearity.OfWeight(0, j) == ParameterStatus.Entangled)));
        Assert.Contains("cannot be told apart", Assessment.Of(fit).Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Longley_has_three_weights_untold_and_three_that_stand()
    {
        var (names, rows) = Reference.Csv("nist", "Longley.csv");
        var fit =
            new LeastSquares().Fit(
                Moments.Of(
                    new Dataset(Matrix.Create(rows.Length, 6, (i, j) => rows[i][Array.IndexOf(names, "x" + (j + 1))]),
                        Matrix.Create(rows.Length, 1, (i, _) => rows[i][Array.IndexOf(names, "y")]))));
        Assert.Equal([ParameterStatus.Entangled, ParameterStatus.Entangled, ParameterStatus.Stands,
            ParameterStatus.Stands, ParameterStatus.Entangled, ParameterStatus.Stands], Statuses(fit));
        // R, car::vif(lm(Employed ~ ., longley)), GNP.
        Assert.Equal(1788.51, fit.Collinearity.VarianceInflation[1], 0.01);
    }

    [Fact]
    public void Powers_of_a_column_far_from_0_are_told_apart_once_centred()
    {
        var rows = VerdictData.Read("year_temperature", "temp");
        var design = new Design([new Term("year"), new Term("year", 2), new Term("year", 3)], ["temp"]);
        var fit = new LeastSquares().Fit(Moments.Of(design.Expand(rows)));
        Assert.Equal(3, Assert.Single(fit.Collinearity.Groups).Inputs.Count);
        var centring = PowerCentring.Of(fit, design, "year", target: 0)!;
        Assert.Equal(1960, centring.Centre);

        // The same fit of centred years, whose powers are whole numbers too.
        var centred =
            new LeastSquares().Fit(
                Moments.Of(
                    design.Expand(
                        new Dataset(Matrix.Create(rows.Rows, 1, (i, _) => rows.Inputs[i, 0] - 1960), rows.Targets,
                            rows.Names))));
        for (var power = 0; power < 3; power++)
        {
            var expected = centred.PValue(centred.Map.WeightsOf(0)[power], centred.WeightErrors[0, power]);
            Assert.Equal(1, centring.PValues[power] / expected, 1e-6);
        }
    }

    [Fact]
    public void Variance_inflation_of_two_inputs_is_that_of_their_correlation() =>
        (from rows in Gen.Int[4, 30]
         from x in Gen.Select(Gen.Int[-9, 9], Gen.Int[-9, 9], Gen.Int[-9, 9]).Array[rows]
         select x).Where(x => x.DistinctBy(row => row.Item1).Count() > 1).Sample(x =>
        {
            var fit =
                new LeastSquares().Fit(
                    Moments.Of(
                        new Dataset(Matrix.Create(x.Length, 2, (i, j) => j == 0 ? x[i].Item1 : x[i].Item2),
                            Matrix.Create(x.Length, 1, (i, _) => x[i].Item3))));
            double Sum(Func<(int, int, int), double> of) => x.Sum(of);
            double n = x.Length, xx = n * Sum(row => row.Item1 * row.Item1) - Math.Pow(Sum(row => row.Item1), 2),
                yy = n * Sum(row => row.Item2 * row.Item2) - Math.Pow(Sum(row => row.Item2), 2);
            var xy = n * Sum(row => row.Item1 * row.Item2) - Sum(row => row.Item1) * Sum(row => row.Item2);
            return !fit.IsIdentified
                || Math.Abs(fit.Collinearity.VarianceInflation[0] / (xx * yy / (xx * yy - xy * xy)) - 1) < 1e-12;
        });

    [Fact]
    public void Units_offsets_order_and_other_targets_change_no_status()
    {
        var data = VerdictData.Read("near_sum", "y");
        var expected = Statuses(new LeastSquares().Fit(Moments.Of(data)));
        Gen.Select(Gen.Int[-300, 300].Array[5], Gen.Int[-64, 64].Array[5], Gen.Int[0, 99], Gen.Bool)
            .Sample((scales, shifts, first, hasOther) =>
        {
            // Shifts and scales that round nothing: the numbers of these data have six decimals.
            double Moved(double value,
                int column) =>
                    Math.ScaleB(Math.Round(value * (1 << 20)) + shifts[column] * (double)(1L << 24), scales[column]);
            var moved = new Dataset(
                Matrix.Create(data.Rows, 4, (i, j) => Moved(data.Inputs[(i + first) % data.Rows, j], j)),
                Matrix.Create(data.Rows, hasOther ? 2 : 1,
                    (i, t) => t == 0 ? Moved(data.Targets[(i + first) % data.Rows, 0], 4) : i * i % 7));
            var fit = new LeastSquares().Fit(Moments.Of(moved));
            return Statuses(fit).SequenceEqual(expected)
                && fit.Collinearity.Groups.Count(group => group.Targets.Contains(0)) == 1;
        }, iter: 50);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9999)]
    public void Level_of_the_intervals_changes_nothing_that_is_said(double level)
    {
        var moments = Moments.Of(VerdictData.Read("near_twins", "y"));
        var shown = new LeastSquares { Level = level }.Fit(moments);
        Assert.Equal(Assessment.Of(new LeastSquares().Fit(moments)).Verdict, Assessment.Of(shown).Verdict);
        Assert.Equal([ParameterStatus.Entangled, ParameterStatus.Entangled], Statuses(shown));
    }

    [Fact]
    public void Entangled_inputs_beside_undetermined_ones_are_said_too()
    {
        var twins = VerdictData.Read("near_twins", "y");
        var wider = new Dataset(
            Matrix.Create(twins.Rows, 4, (i, j) => j < 2 ? twins.Inputs[i, j] : j * (i % 7)),
            twins.Targets,
            new VariableNames(["a", "b", "c", "d"], ["y"])); // d = 1.5 c
        var verdict = Assessment.Of(new LeastSquares().Fit(Moments.Of(wider))).Verdict;
        Assert.StartsWith("Don't trust the weights of c and d", verdict, StringComparison.Ordinal);
        Assert.Contains("a and b cannot be told apart", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("stand to within", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_entangled_group_is_in_the_verdict()
    {
        var random = new RandomSource(9);
        var x = new Matrix(80, 5); // two pairs of twins, and an input that stands
        for (var i = 0; i < 80; i++)
        {
            for (var j = 0; j < 4; j += 2)
            {
                x[i, j] = random.NextNormal();
                x[i, j + 1] = x[i, j] + 1e-3 * random.NextNormal();
            }

            x[i, 4] = random.NextNormal();
        }

        var y = Matrix.Create(80, 1,
            (i, _) => x[i, 0] + x[i, 1] + x[i, 2] + x[i, 3] + x[i, 4] + 0.5 * random.NextNormal());
        var verdict = Assessment.Of(new LeastSquares().Fit(Moments.Of(new Dataset(x, y)))).Verdict;
        Assert.Contains("x1 and x2 cannot be told apart", verdict, StringComparison.Ordinal);
        Assert.Contains("x3 and x4 cannot be told apart", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Twins_pass_from_undetermined_through_entangled_to_standing_as_they_part()
    {
        // The worse of the two, as one may stand by chance before the other.
        var worst = Enumerable.Range(0, 19).Select(step =>
        {
            var fit = Twins(seed: 5, spread: Math.Pow(10, -9 + step / 2.0), noise: 0.1);
            return Statuses(fit)
                .Min(status => status switch
                {
                    ParameterStatus.Undetermined => 0,
                    ParameterStatus.Entangled => 1,
                    ParameterStatus.SignUnknown => 2,
                    _ => 3
                });
        }).ToList();
        Assert.Equal((0, 3), (worst[0], worst[^1]));
        Assert.Contains(1, worst);
        Assert.DoesNotContain(2, worst);
        Assert.Equal(worst.Order(), worst);
    }

    [Fact]
    public void Interval_of_the_determined_combination_covers_at_its_level()
    {
        const int Runs = 2000;
        var (covered, found) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var fit = Twins(run, spread: 1e-3, noise: 0.5);
            if (fit.Collinearity.Groups is [var group])
            {
                found++;
                var truth = group.Determined.Coefficients.Sum(); // both true weights are 1
                covered += Math.Abs(group.Estimates[0] - truth) <= fit.IntervalFactor * group.Errors[0] ? 1 : 0;
            }
        }

        // Twins are told apart by chance in about one run of twenty; coverage lies within four standard deviations of
        // 95 %.
        Assert.InRange(found, Runs * 9 / 10, Runs);
        Assert.InRange((double)covered / found, 0.95 - 4 * Math.Sqrt(0.05 * 0.95 / Runs),
            0.95 + 4 * Math.Sqrt(0.05 * 0.95 / Runs));
    }

    [Fact]
    public void Independent_inputs_are_never_called_entangled()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomSource(seed);
            var inputs = 1 + (int)(10 * random.NextDouble());
            var rows = inputs + 3 + (int)Math.Pow(10, 0.5 + 2.5 * random.NextDouble());
            var fit =
                new LeastSquares().Fit(
                    Moments.Of(
                        new Dataset(Matrix.Create(rows, inputs, (_, _) => random.NextNormal()),
                            Matrix.Create(rows, 1, (_, _) => random.NextNormal()))));
            Assert.Empty(fit.Collinearity.Groups);
        }
    }

    [Fact]
    public void More_inputs_than_are_looked_at_are_said_so()
    {
        var random = new RandomSource(3);
        var fit =
            new LeastSquares().Fit(
                Moments.Of(
                    new Dataset(Matrix.Create(300, Collinearity.MostInputs + 1, (_, _) => random.NextNormal()),
                        Matrix.Create(300, 1, (_, _) => random.NextNormal()))));
        Assert.False(fit.Collinearity.WasLookedAt);
        Assert.Contains("collinearity (there are more than 256 inputs", Assessment.Of(fit).Verdict,
            StringComparison.Ordinal);
    }

    private static ParameterStatus[] Statuses(LinearFit fit) =>
        [.. Enumerable.Range(0, fit.Names.Inputs.Count).Select(j => fit.Collinearity.OfWeight(0, j))];

    /// <summary>y = a + b + noise, b = a + spread: as a file holds them, with six decimals.</summary>
    private static LinearFit Twins(int seed, double spread, double noise)
    {
        const int Rows = 60;
        var random = new RandomSource(seed);
        var a = Enumerable.Range(0, Rows).Select(_ => random.NextNormal()).ToArray();
        var x = Matrix.Create(Rows, 2, (i, j) => Math.Round(j == 0 ? a[i] : a[i] + spread * random.NextNormal(), 6));
        return new LeastSquares().Fit(
            Moments.Of(
                new Dataset(x, Matrix.Create(Rows, 1, (i, _) => x[i, 0] + x[i, 1] + noise * random.NextNormal()))));
    }
}
