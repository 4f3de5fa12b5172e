namespace Plumb.Tests;

/// <summary>What leaving out a row would do, found without doing it: the same as doing it.</summary>
public sealed class RowEffectTests
{
    private const double Digits = 1e-8;

    [Fact]
    public void Effects_are_those_of_fits_without_the_row() => (
        from seed in Gen.Long
        from rows in Gen.Int[6, 14]
        from inputs in Gen.Int[1, 3]
        from targets in Gen.Int[1, 2]
        from kind in Gen.Int[0, 3] // plain, weighted, without bias, dependent inputs
        select (seed, rows, inputs, targets, kind)).Sample(given =>
    {
        var random = new RandomSource(given.seed);
        var x = Matrix.Create(given.rows, given.inputs + (given.kind == 3 ? 1 : 0), (_, _) => random.NextNormal());
        for (var i = 0; given.kind == 3 && i < given.rows; i++)
        {
            x[i, given.inputs] = 2 * x[i, 0];
        }

        var y = Matrix.Create(given.rows, given.targets, (i, t) => 1e3 + x[i, 0] * (t + 1) + random.NextNormal());
        double[]? weights = given.kind == 1
            ? [.. Enumerable.Range(0, given.rows).Select(_ => 0.5 + random.NextDouble())] : null;
        Dataset Only(IEnumerable<int> rows)
        {
            var of = rows.ToArray();
            return new Dataset(Matrix.Create(of.Length, x.Columns, (i, j) => x[of[i], j]),
                Matrix.Create(of.Length, y.Columns, (i, t) => y[of[i], t]))
            {
                Weights = weights is null ? null : RowWeights.Precisions([.. of.Select(i => weights[i])]),
            };
        }

        var settings = new LeastSquares { Bias = given.kind != 2 };
        var all = Only(Enumerable.Range(0, given.rows));
        var fit = settings.Fit(Moments.Of(all));
        var effects = fit.Influence(all).ToList();
        Assert.Equal(given.rows * given.targets, effects.Count);
        Assert.Equal(fit.Rank, effects.Where(effect => effect.Target == fit.Names.Targets[0])
            .Sum(effect => effect.Leverage), 1e-9);
        foreach (var effect in effects)
        {
            var i = (int)effect.Row - 1;
            var t = fit.Names.Targets.ToList().IndexOf(effect.Target);
            var without = settings.Fit(Moments.Of(Only(Enumerable.Range(0, given.rows).Where(k => k != i))));
            Near(effect.Residual / (1 - effect.Leverage), effect.Deleted);
            var predicted = without.Map.Apply([.. x.Row(i)])[t];
            Near(y[i, t] - predicted, effect.Deleted, 1e-6);
            var (s, others) = (fit.ResidualStandardDeviation[t], without.ResidualStandardDeviation[t]);
            if (without.ResidualDegreesOfFreedom > 1)
            {
                var root = Math.Sqrt(weights?[i] ?? 1);
                Near(root * effect.Deleted * Math.Sqrt(1 - effect.Leverage) / others, effect.Studentized, 1e-6);
                Near((fit.Map.Apply([.. x.Row(i)])[t] - predicted) * root
                    / (others * Math.Sqrt(effect.Leverage)), effect.Dffits, 1e-6);
                for (var j = 0; j < x.Columns; j++)
                {
                    var scale = fit.WeightErrors[t, j] / s * others;
                    var moved = (fit.Map.Weights[t, j] - without.Map.Weights[t, j]) / scale;
                    Near(fit.Determines(j) ? moved : double.NaN, effect.Dfbetas[j + 1], 1e-6);
                }

                Near(settings.Bias
                    ? (fit.Map.Bias[t] - without.Map.Bias[t]) / (fit.BiasErrors[t] / s * others) : double.NaN,
                    effect.Dfbetas[0], 1e-6);
            }
        }
    }, iter: 150);

    [Fact]
    public void Effects_are_those_that_r_gives()
    {
        var cases = 0;
        foreach (var expected in Reference.Json("influence", "influence.json").EnumerateArray())
        {
            var (names, rows) = Reference.Csv("influence", expected.GetProperty("data").GetString() + ".csv");
            double[] Column(string name) => [.. rows.Select(row => row[names.ToList().IndexOf(name)])];
            double[][] inputs = [.. expected.GetProperty("inputs").EnumerateArray()
                .Select(name => Column(name.GetString()!))];
            var target = Column(expected.GetProperty("target").GetString()!);
            var weights = expected.GetProperty("weights").GetString()!;
            var data = new Dataset(Matrix.Create(rows.Length, inputs.Length, (i, j) => inputs[j][i]),
                Matrix.Create(rows.Length, 1, (i, _) => target[i]))
            {
                Weights = weights.Length > 0 ? RowWeights.Precisions(Column(weights)) : null,
            };
            var hasBias = expected.GetProperty("bias").GetBoolean();
            var effects = new LeastSquares { Bias = hasBias }.Fit(Moments.Of(data)).Influence(data).ToList();
            void Agree(string name, Func<RowEffect, IEnumerable<double>> values)
            {
                var found = effects.SelectMany(values).ToList();
                var given = expected.GetProperty(name).EnumerateArray().Select(value => value.GetDouble()).ToList();
                Assert.Equal(given.Count, found.Count);
                Assert.All(given.Zip(found), pair => Near(pair.First, pair.Second, 1e-11));
            }

            Agree("fitted", effect => [effect.Fitted]);
            Agree("residual", effect => [effect.Residual]);
            Agree("leverage", effect => [effect.Leverage]);
            Agree("standardized", effect => [effect.Standardized]);
            Agree("studentized", effect => [effect.Studentized]);
            Agree("cook", effect => [effect.CooksDistance]);
            Agree("dffits", effect => [effect.Dffits]);
            Agree("dfbetas", effect => effect.Dfbetas.Skip(hasBias ? 0 : 1));
            cases++;
        }

        Assert.Equal(4, cases);
    }

    [Fact]
    public void Row_alone_says_nothing_of_itself()
    {
        double[,] x = { { 0 }, { 0 }, { 0 }, { 1 } };
        double[,] y = { { 1 }, { 2 }, { 4 }, { 9 } };
        var data = new Dataset(x, y);
        var effect = new LeastSquares().Fit(Moments.Of(data)).Influence(data).Last();
        Assert.Equal((1.0, 0.0), (effect.Leverage, Math.Round(effect.Residual, 12)));
        Assert.True(double.IsNaN(effect.Studentized) && double.IsNaN(effect.CooksDistance));
    }

    [Fact]
    public void Residuals_of_rounding_are_compared_with_nothing()
    {
        double[,] x = { { 0.1 }, { 0.2 }, { 0.3 }, { 0.7 } };
        double[,] y = { { 0.1 * 0.3 }, { 0.2 * 0.3 }, { 0.3 * 0.3 }, { 0.7 * 0.3 } };
        var data = new Dataset(x, y);
        Assert.All(new LeastSquares().Fit(Moments.Of(data)).Influence(data), effect =>
        {
            Assert.True(Math.Abs(effect.Residual) < 1e-15);
            Assert.True(double.IsNaN(effect.Studentized) && double.IsNaN(effect.CooksDistance));
        });
    }

    [Fact]
    public void Residuals_keep_their_digits_beside_a_large_offset()
    {
        double[,] x = { { 1e9 }, { 1e9 + 1 }, { 1e9 + 2 }, { 1e9 + 3 } };
        double[,] y = { { 8.1e9 }, { 8.1e9 + 1.25 }, { 8.1e9 + 1.75 }, { 8.1e9 + 3 } };
        var data = new Dataset(x, y);
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var residuals = fit.Residuals(data);
        Assert.Equal(fit.Influence(data).Select(effect => effect.Residual), residuals.Values.ToArray());
        Assert.Equal(0, residuals.Values.ToArray().Sum(), 1e-6);
    }

    [Fact]
    public void Effects_are_refused_without_standard_errors()
    {
        double[,] x = { { 0 }, { 1 }, { 2 } };
        double[,] y = { { 1 }, { 2 }, { 4 } };
        var data = new Dataset(x, y);
        Assert.Throws<InvalidOperationException>(
            () => new LeastSquares { Ridge = 1 }.Fit(Moments.Of(data)).Influence(data));
        Assert.Throws<ArgumentException>(
            () => new LeastSquares().Fit(Moments.Of(data)).Influence(new Dataset(new Matrix(3, 2), y)));
    }

    private static void Near(double expected, double actual, double tolerance = Digits)
    {
        if (double.IsNaN(expected))
        {
            Assert.True(double.IsNaN(actual));
            return;
        }

        Assert.Equal(expected, actual, tolerance * Math.Max(1, Math.Abs(expected)));
    }
}
