using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>
/// Digits of data that are subnormal numbers: half a unit in the last place is then 2^-1075, not 2^-53 of the number.
/// </summary>
public sealed class SubnormalDigitsTests
{
    // Takes subnormal numbers to whole ones, and what is no double within them to doubles.
    private const int Power = 1080;

    [Fact]
    public void Data_within_half_a_unit_differ_in_no_digit_that_is_given()
    {
        var (_, rows) = Reference.Csv("verdicts", "subnormal-data-digits.csv");
        var fit = Fit(rows);
        var accuracy = fit.Accuracy;
        double[] digits = [accuracy.Data.Weights[0, 0], accuracy.Data.Bias[0]];

        // The same data in units of 2^-1080, where halves of the last place are numbers.
        double[][] scaled =
            [.. rows.Select(row => row.Select(value => ((Dyadic)value).Scale(Power).ToDouble()).ToArray())];
        var half = Math.ScaleB(1, Power - 1075);
        var exact = Parameters(Fit(scaled));
        var worst = new double[2];
        var random = new RandomSource(1);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var moved = Parameters(
                Fit([.. scaled.Select(row => row.Select(value => value + half * Math.Sign(random.NextNormal()))
                .ToArray())]));
            worst = [.. worst.Zip(exact.Zip(moved, (own, other) => Math.Abs(own - other) / Math.Abs(own)), Math.Max)];
        }

        for (var k = 0; k < 2; k++)
        {
            Assert.InRange(worst[k], Math.Pow(10, -digits[k]) / 20, Math.Pow(10, -digits[k]));
        }
    }

    [Fact]
    public void Normal_numbers_beside_a_subnormal_one_keep_their_digits()
    {
        var random = new RandomSource(2);
        double[][] rows =
            [.. Enumerable.Range(0, 12).Select(_ => (double[])[random.NextNormal(), random.NextNormal()])];
        double[][] with = [.. rows.Select((row, i) => i == 0 ? [1e-320, row[1]] : row)];
        double[][] without = [.. rows.Select((row, i) => i == 0 ? [0, row[1]] : row)];
        Assert.Equal(Fit(without).Accuracy.Data.Weights[0, 0], Fit(with).Accuracy.Data.Weights[0, 0], 1e-12);
    }

    [Fact]
    public void Near_dependence_of_subnormal_columns_is_within_half_a_unit()
    {
        // The second input is twice the first, but for the last digit of some.
        double[][] rows =
            [.. Enumerable.Range(1, 12)
            .Select(i =>
            (double[])[10 * i * double.Epsilon, (20 * i + (i % 3 == 0 ? 1 : 0)) * double.Epsilon,
            i % 5 * double.Epsilon])];
        var fit = Fit(rows);
        Assert.Equal(DependenceKind.Near, Assert.Single(fit.NearDependences).Kind);
    }

    private static LinearFit Fit(double[][] rows) =>
        new LeastSquares()
            .Fit(Moments.Of(Reference.Dataset([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1..])])));

    private static double[] Parameters(LinearFit fit) => [fit.Map.WeightsOf(0)[0], fit.Map.Bias[0]];
}
