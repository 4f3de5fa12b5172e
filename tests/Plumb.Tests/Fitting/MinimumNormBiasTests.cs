using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>The bias of the smallest weights, rounded once, against the same in fractions.</summary>
public sealed class MinimumNormBiasTests
{
    [Fact]
    public void Bias_that_is_little_beside_what_it_comes_from_is_rounded_once()
    {
        var (_, rows) = Reference.Csv("verdicts", "minnorm-bias-cancels.csv");
        var fit = Fit(rows);
        Assert.Equal(2, fit.Rank);
        Assert.Equal(ExactBias(rows), fit.Map.Bias[0]);
        Assert.Equal(2.3679170331345673e42, fit.Map.Bias[0]);
    }

    /// <summary>
    /// Two inputs that depend on each other, of any units, and a target that is a multiple of the second but for a
    /// little where that is 0: any number of bits cancels in the bias.
    /// </summary>
    [Fact]
    public void Bias_is_rounded_once_in_all_units() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[-300, 300], Gen.Int[0, 300]).Sample((seed, unit, bits) =>
        {
            var random = new RandomSource(seed);
            var (factor, slope, at) =
                (1 + random.NextIndex(1 << 20), 1 + random.NextIndex(1 << 20), random.NextIndex(1 << 10));
            double[] Row(double x) => [at + x, Math.ScaleB(x * factor, unit), x * slope];
            double[][] rows =
                [[at, 0, Math.ScaleB(random.NextNormal(), -bits)], .. Enumerable.Range(0, 6)
                .Select(_ => Row(1 + random.NextIndex(1 << 20)))];
            return Fit(rows).Map.Bias[0] == ExactBias(rows);
        });

    [Fact]
    public void Constant_input_and_bias_that_is_nothing_are_exact()
    {
        // y = 3 x exactly, beside a constant: no bias at all.
        double[][] rows = [[1e-200, 5, 3e-200], [2e-200, 5, 6e-200], [4e-200, 5, 12e-200]];
        Assert.Equal(ExactBias([.. rows.Select(row => (double[])[row[1], row[0], row[2]])], constantFirst: true),
            Fit(rows).Map.Bias[0]);
    }

    private static LinearFit Fit(double[][] rows) => new LeastSquares()
        .Fit(Moments.Of(Reference.Dataset([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1..])])));

    /// <summary>
    /// Of two inputs with one direction: about the means, x2 = k x1 and y = a x1 as far as it goes, so w = a (1, k) /
    /// (1 + k^2); or x1 is constant, and w = (0, a).
    /// </summary>
    private static double ExactBias(double[][] rows, bool constantFirst = false)
    {
        // n^2 times products about the means, and n times means, in fractions of one power of two.
        Dyadic n = rows.Length;
        Dyadic Sum(Func<double[], Dyadic> of) => rows.Aggregate(Dyadic.Zero, (sum, row) => sum + of(row));
        Dyadic Product(int i, int j) =>
            n * Sum(row => (Dyadic)row[i] * row[j]) - Sum(row => row[i]) * Sum(row => row[j]);
        if (constantFirst)
        {
            return Dyadic.Ratio(Sum(row => row[2]) * Product(1, 1) - Product(1, 2) * Sum(row => row[1]),
                n * Product(1, 1));
        }

        // k = p12 / p11, a = p1y / p11: w1 = p1y p11 / (p11^2 + p12^2), w2 = p1y p12 / (p11^2 + p12^2).
        var (p11, p12, p1y) = (Product(0, 0), Product(0, 1), Product(0, 2));
        var divisor = p11 * p11 + p12 * p12;
        return Dyadic.Ratio(Sum(row => row[2]) * divisor - p1y * p11 * Sum(row => row[0]) - p1y * p12
            * Sum(row => row[1]), n * divisor);
    }
}
