namespace Plumb.Tests;

/// <summary>
/// The correction for noise in the inputs: without noise it is least squares; with noise it is right where least
/// squares is not, and its standard errors say how right.
/// </summary>
public sealed class ErrorsInVariablesTests
{
    private const int Samples = 200;

    [Fact]
    public void Without_noise_it_is_least_squares() =>
        Gen.Select(Gen.Long, Gen.Bool).Sample((seed, bias) =>
        {
            var moments = Moments.Of(Noisy(30, [0, 0], new RandomSource(seed)));
            var (fit, corrected) =
                (new LeastSquares { Bias = bias }.Fit(moments),
                    new ErrorsInVariables([0, 0]) { Bias = bias }.Fit(moments));
            var sameErrors = Enumerable.Range(0, 2)
                .All(j => Math.Abs(fit.WeightErrors[0, j] - corrected.WeightErrors[0, j])
                    <= 1e-9 * fit.WeightErrors[0, j]);
            return (fit.Map - corrected.Map).Norm <= 1e-14 * fit.Map.Norm && sameErrors
                && (!bias || Math.Abs(fit.BiasErrors[0] - corrected.BiasErrors[0]) <= 1e-9 * fit.BiasErrors[0])
                && corrected.Reliability.All(share => share == 1);
        });

    [Fact]
    public void With_one_input_the_correction_divides_by_the_reliability()
    {
        // Fuller, Measurement Error Models, section 1.2: the attenuation of a single slope is the reliability ratio,
        // exactly.
        var random = new RandomSource(5);
        var x = Matrix.Create(50, 1, (_, _) => 10 + random.NextNormal());
        var moments = Moments.Of(new Dataset(x, Matrix.Create(50, 1, (i, _) => 3 * x[i, 0] + random.NextNormal())));
        var (fit, corrected) = (new LeastSquares().Fit(moments), new ErrorsInVariables([0.5]).Fit(moments));
        Assert.Equal(fit.Map.WeightsOf(0)[0] / corrected.Reliability[0], corrected.Map.WeightsOf(0)[0], 1e-13);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Simulated_noise_draws_the_best_fit_to_0_and_the_correction_takes_that_out(bool bias)
    {
        var random = new RandomSource(7);
        double[] truth = [2, -1, bias ? 0.5 : 0];
        double[] noise = [0.5, 0];
        var (best, corrected, predicted) = (new double[3], new double[3], new double[3]);
        var squares = new double[3];
        for (var sample = 0; sample < Samples; sample++)
        {
            var moments = Moments.Of(Noisy(150, noise, random, truth));
            var fit = new LeastSquares { Bias = bias }.Fit(moments);
            var repaired = new ErrorsInVariables(noise) { Bias = bias }.Fit(moments);
            for (var j = 0; j < 3; j++)
            {
                best[j] += Parameter(fit.Map, j) / Samples;
                corrected[j] += Parameter(repaired.Map, j) / Samples;
                squares[j] += Math.Pow(Parameter(repaired.Map, j) - truth[j], 2) / Samples;
                predicted[j] += (j < 2 ? repaired.WeightErrors[0, j] : repaired.BiasErrors[0]) / Samples;
            }
        }

        // x1 has variance 1 and noise 0.25, and shares 0.6 of itself with x2: its weight is drawn to 2 (1 - r^2) / (1 -
        // r^2 + 0.25) = 1.438.
        Assert.Equal(1.438, best[0], 0.03);
        for (var j = 0; j < (bias ? 3 : 2); j++)
        {
            // Unbiased but for what falls with the rows.
            Assert.Equal(truth[j], corrected[j], 4 * predicted[j] / Math.Sqrt(Samples) + 0.01);
            // The scatter is what the standard errors say.
            Assert.InRange(Math.Sqrt(squares[j]) / predicted[j], 0.85, 1.15);
        }
    }

    [Fact]
    public void Noise_that_leaves_nothing_is_refused() =>
        Assert.Contains("nothing is left to fit",
            Assert.Throws<ArithmeticException>(() =>
                new ErrorsInVariables([2, 0]).Fit(Moments.Of(Noisy(50, [0, 0], new RandomSource(1))))).Message);

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        var moments = Moments.Of(Noisy(50, [0, 0], new RandomSource(1)));
        Assert.Contains("one per input",
            Assert.Throws<ArgumentException>(() => new ErrorsInVariables([1]).Fit(moments)).Message);
        Assert.Contains("-1",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ErrorsInVariables([-1, 0])).Message);
        Assert.Contains("3 rows",
            Assert.Throws<ArgumentException>(() =>
                new ErrorsInVariables([0, 0]).Fit(Moments.Of(Noisy(3, [0, 0], new RandomSource(1))))).Message);
    }

    private static double Parameter(AffineMap map, int index) => index < 2 ? map.WeightsOf(0)[index] : map.Bias[0];

    private static Dataset Noisy(int rows, double[] noise, RandomSource random, double[]? truth = null)
    {
        truth ??= [2, -1, 0.5];
        var x = new Matrix(rows, 2);
        var y = new Matrix(rows, 1);
        for (var i = 0; i < rows; i++)
        {
            var shared = random.NextNormal();
            var (first, second) = (shared, 0.6 * shared + 0.8 * random.NextNormal());
            y[i, 0] = truth[0] * first + truth[1] * second + truth[2] + 0.3 * random.NextNormal();
            (x[i, 0], x[i, 1]) = (first + noise[0] * random.NextNormal(), second + noise[1] * random.NextNormal());
        }

        return new Dataset(x, y);
    }
}
