namespace Plumb.Tests;

/// <summary>Fits whose noise is known, against exact fractions.</summary>
public sealed class KnownNoiseLawTests
{
    private const double LastBit = 1.0 / (1L << 52);

    private static readonly Gen<double> s_error = Gen.OneOf(Gen.Double[0.01, 3], Gen.Int[1, 9].Select(i => (double)i),
        Gen.Const(1e-30));

    [Fact]
    public void Errors_and_chi_squared_are_the_exact_ones_in_one_rounding() => Problems.Sample(given =>
    {
        var (problem, errors) = given;
        var fit = Fit(problem, errors);
        var exact = Exact(problem, errors);
        for (var t = 0; t < 2; t++)
        {
            AssertEqual(exact.Product(t, t), fit.ChiSquared[t]);
            var covariance = fit.Covariance(t);
            for (var i = 0; i < covariance.Parameters.Count; i++)
            {
                AssertEqual(exact.Inverse![i][i], covariance[i, i]);
                var error = problem.Bias ? i == 0 ? fit.BiasErrors[t] : fit.WeightErrors[t, i - 1]
                    : fit.WeightErrors[t, i];
                Assert.InRange(error * error / exact.Inverse[i][i].ToDouble(), 1 - 4 * LastBit, 1 + 4 * LastBit);
            }
        }
    });

    [Fact]
    public void Tests_are_chi_squared_over_equations() => Problems.Sample(given =>
    {
        var (problem, errors) = given;
        var fit = Fit(problem, errors);
        var exact = Exact(problem, errors);
        string[] names = [.. fit.Names.Inputs];
        var test = fit.Inference.Test([string.Join(", ", names.Select(name => $"`{name}` = 0"))])[0];
        if (test.Undetermined is not null)
        {
            return; // within the last bit, as a row of error 1e-30 decides
        }

        var first = problem.Bias ? 1 : 0;
        var inverse = new Fraction[names.Length, names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            for (var j = 0; j < names.Length; j++)
            {
                inverse[i, j] = exact.Inverse![i + first][j + first];
            }
        }

        Fraction[] weights = exact.Parameters[0][first..];
        var form = ExactRegression.Dot(weights, Fraction.Solve(inverse, weights)!) / names.Length;
        Assert.Equal(double.PositiveInfinity, test.DenominatorDegreesOfFreedom);
        Assert.InRange(test.F, form.ToDouble() * (1 - 1e-14), form.ToDouble() * (1 + 1e-14));
        var against = fit.TestAgainst()[0];
        Assert.InRange(against.F, test.F * (1 - 1e-12), test.F * (1 + 1e-12));
        Assert.Equal(double.PositiveInfinity, against.DenominatorDegreesOfFreedom);
        Assert.Null(fit.TestAllTargetsAgainst());
        Assert.Throws<InvalidOperationException>(() => fit.Inference.Test([$"w[{fit.Names.Targets[0]},{names[0]}] = "
            + $"w[{fit.Names.Targets[1]},{names[0]}]"]));
    });

    [Fact]
    public void As_many_rows_as_parameters_have_errors_and_no_chi_squared()
    {
        var moments = new Moments(1, 1);
        moments.Add(Rows([[0], [1]], [[1], [3]], [0.5, 0.25]));
        var fit = new LeastSquares { NoiseIsKnown = true }.Fit(moments);
        Assert.Equal(Math.Sqrt(0.25 + 0.0625), fit.WeightErrors[0, 0], 15);
        Assert.Equal(0.5, fit.BiasErrors[0], 15);
        Assert.True(double.IsNaN(fit.ChiSquared[0]));
        Assert.Equal(1.959963984540054, fit.IntervalFactor, 13);
        var assessment = Assessment.Of(fit);
        Assert.DoesNotContain("no way to say", assessment.Verdict, StringComparison.Ordinal);
        var finding = Assert.Single(assessment.Findings, finding => finding.Code == "no-degrees-of-freedom");
        Assert.Contains("test the noise given", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_remembers_that_its_noise_was_known()
    {
        var moments = new Moments(1, 1);
        moments.Add(Rows([[0], [1], [2]], [[1], [3], [4]], [1, 2, 1]));
        var fit = new LeastSquares { NoiseIsKnown = true }.Fit(moments);
        var model = fit.ToModel(fit.Map, new Provenance("least squares"));
        using var stream = new MemoryStream();
        ModelFile.Write(stream, model);
        stream.Position = 0;
        var errors = ModelFile.Read(stream, "model.json").Errors!;
        Assert.Equal(model.Errors, errors);
        Assert.Equal(double.PositiveInfinity, errors.DegreesOfFreedom);
        Assert.Equal(1.6448536269514722, errors.Reach(IntervalKind.Mean, new PredictionInterval(0.9)), 12);
    }

    [Theory]
    [InlineData(1, 0, 9)] // of 2000 true noises, by chance one in 500 is found too large or too small
    [InlineData(1.8, 1900, 2000)]
    [InlineData(0.5, 1900, 2000)]
    public void Noise_that_is_not_as_given_is_found(double factor, int fewest, int most)
    {
        var (random, found) = (new RandomSource(5), 0);
        for (var run = 0; run < 2000; run++)
        {
            double[] errors = [.. Enumerable.Range(0, 40).Select(_ => 0.1 + random.NextDouble())];
            double[][] x = [.. errors.Select(_ => (double[])[random.NextNormal()])];
            double[][] y = [.. errors.Select((error, i) =>
                (double[])[2 * x[i][0] + 1 + factor * error * random.NextNormal()])];
            var moments = new Moments(1, 1);
            moments.Add(Rows(x, y, errors));
            var findings = Assessment.Of(new LeastSquares { NoiseIsKnown = true }.Fit(moments)).Findings;
            found += findings.Count(finding => finding.Code
                == (factor >= 1 ? "noise-larger-than-given" : "noise-smaller-than-given")
                || (factor == 1 && finding.Code == "noise-smaller-than-given"));
        }

        Assert.InRange(found, fewest, most);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(1e-160)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_standard_error_is_refused(double error) => Assert.Contains("row 1 has standard error",
        Assert.Throws<ArgumentException>(() => RowWeights.OfStandardErrors([1, error])).Message,
        StringComparison.Ordinal);

    private static Gen<((double[][] X, double[][] Y, bool Bias) Problem, double[] Errors)> Problems =>
        from problem in RandomRegressions.FullRank
        from errors in s_error.Array[problem.X.Length]
        select (problem, errors);

    private static LinearFit Fit((double[][] X, double[][] Y, bool Bias) problem, double[] errors)
    {
        var moments = new Moments(problem.X[0].Length, 2);
        moments.Add(Rows(problem.X, problem.Y, errors));
        return new LeastSquares { Bias = problem.Bias, NoiseIsKnown = true }.Fit(moments);
    }

    private static ExactRegression Exact((double[][] X, double[][] Y, bool Bias) problem, double[] errors) =>
        new(problem.X, problem.Y, problem.Bias, [.. errors.Select(error => 1 / (error * error))]);

    private static Dataset Rows(double[][] x, double[][] y, double[] errors) =>
        new(Matrix.Create(x.Length, x[0].Length, (i, j) => x[i][j]), Matrix.Create(y.Length, y[0].Length,
            (i, t) => y[i][t]))
        {
            Weights = RowWeights.OfStandardErrors(errors),
        };

    private static void AssertEqual(Fraction expected, double actual) =>
        Assert.InRange(actual, expected.ToDouble() * (1 - LastBit), expected.ToDouble() * (1 + LastBit));
}
