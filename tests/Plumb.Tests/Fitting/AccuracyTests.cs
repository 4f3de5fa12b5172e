using System.Globalization;

namespace Plumb.Tests;

/// <summary>Digits that are certified against exact answers of 25 digits and more.</summary>
public sealed class AccuracyTests
{
    private const double ConditionForDoubles = 1e13; // below this nearly all digits of a double are to be proved
    private const double Wanted = 14;

    public static TheoryData<string> Hard => HardSetTests.Sets;

    public static TheoryData<string> Nist => NistTests.Sets;

    [Theory]
    [MemberData(nameof(Hard))]
    public void Certified_digits_of_a_hard_set_are_true(string name)
    {
        var (fit, reference) = HardSetTests.Fit(name);
        var exact = reference.GetProperty("exact_dbl");
        Check(name, fit, HardSetTests.Column(exact, "B"), HardSetTests.Column(exact, "se"),
            HardSetTests.Column(exact, "rss")[0]);
    }

    [Theory]
    [MemberData(nameof(Nist))]
    public void Certified_digits_of_a_set_of_NIST_are_true(string name)
    {
        var (fit, reference) = NistTests.Fit(name);
        var exact = reference.GetProperty("exact_dblpow");
        Check(name, fit, NistTests.Strings(exact, "estimates"), NistTests.Strings(exact, "std_errors"),
            exact.GetProperty("rss").GetString()!);
    }

    private static void Check(string name, LinearFit fit, string[] coefficients, string[] errors, string residual)
    {
        var accuracy = fit.Accuracy;
        var wanted = fit.Spectrum.ConditionNumber < ConditionForDoubles ? Wanted : 0;
        void IsTrue(double certified, double value, string exact, string what)
        {
            var reference = ExactDecimal.Parse(exact);
            var digits = reference.Digits(value);
            // Some are beyond the range of doubles.
            var least = reference.Significand.IsZero || double.IsNormal(value) ? wanted : 0;
            Assert.True((certified == 0 || certified <= digits) && certified >= least,
                string.Create(CultureInfo.InvariantCulture,
                    $"{name} {what}: {certified} digits certified of {value:R}, {digits} true of {exact}"));
        }

        var skip = fit.Settings.Bias ? 1 : 0;
        for (var j = 0; j < fit.Map.InputCount; j++)
        {
            IsTrue(accuracy.Arithmetic.Weights[0, j], fit.Map.WeightsOf(0)[j], coefficients[j + skip], $"weight {j}");
            IsTrue(accuracy.StandardErrors.Weights[0, j], fit.WeightErrors[0, j], errors[j + skip], $"error {j}");
        }

        if (skip == 1)
        {
            IsTrue(accuracy.Arithmetic.Bias[0], fit.Map.Bias[0], coefficients[0], "bias");
            IsTrue(accuracy.StandardErrors.Bias[0], fit.BiasErrors[0], errors[0], "error of the bias");
        }

        IsTrue(accuracy.ResidualSumOfSquares[0], fit.ResidualSumOfSquares[0], residual, "residual sum of squares");
    }
}
