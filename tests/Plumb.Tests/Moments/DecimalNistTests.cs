using System.Text.Json;
using static Plumb.Tests.DecimalMomentsTests;

namespace Plumb.Tests;

/// <summary>Fits of NIST's linear sets, their numbers taken as the decimals that they are printed as.</summary>
public sealed class DecimalNistTests
{
    public static TheoryData<string> Sets => NistTests.Sets;

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Fit_of_a_nist_set_as_it_is_printed_gives_the_exact_numbers(string name)
    {
        var (fit, reference) = await FitOfNist(name);
        AssertFit(fit, reference.GetProperty("exact_dec"), 15.5, 15.5, name);
    }

    [Theory]
    [InlineData("Longley", 14.5)]
    [InlineData("Wampler2", 17)]
    [InlineData("Pontius", 14.5)]
    public async Task Fit_of_a_nist_set_that_doubles_change_gives_what_is_certified(string name, double digits)
    {
        var (fit, reference) = await FitOfNist(name);
        // As far as the 15 digits that are certified go.
        AssertFit(fit, reference.GetProperty("certified"), digits, digits, name);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task F_statistic_of_a_nist_set_is_the_certified_one(string name)
    {
        var (fit, reference) = await FitOfNist(name);
        var regression = reference.GetProperty("certified").GetProperty("regression");
        var certified = regression.GetProperty("f").GetString()!;
        Assert.Equal(regression.GetProperty("df").GetInt32(), fit.ExplainedDegreesOfFreedom);
        if (certified == "Infinity")
        {
            Assert.Equal((double.PositiveInfinity, 0.0), (fit.FStatistic[0], fit.FPValue(0)));
        }
        else
        {
            Reference.AssertDigits(13.5, fit.FStatistic[0], certified, name);
        }
    }

    private static async Task<(LinearFit Fit, JsonElement Reference)> FitOfNist(string name)
    {
        var reference = Reference.Json("nist", name + ".json");
        var model = reference.GetProperty("model");
        var isPolynomial = model.GetProperty("degree").ValueKind == JsonValueKind.Number;
        string[] columns =
            [.. model.GetProperty("predictors").EnumerateArray().Select(predictor => predictor.GetString()!)];
        var terms = isPolynomial
            ? Term.Parse(FormattableString.Invariant($"poly(x,{model.GetProperty("degree").GetInt32()})"), columns)!
            : [.. columns.Select(column => new Term(column))];
        var moments = await MomentsOf(await File.ReadAllTextAsync(Reference.PathOf("nist", name + ".csv")),
            new Design([.. terms], ["y"]));
        return (new LeastSquares { Bias = model.GetProperty("intercept").GetBoolean() }.Fit(moments), reference);
    }

    private static void AssertFit(LinearFit fit, JsonElement numbers, double digits,
        double errorDigits, string name)
    {
        var (estimates, errors, skip) =
            (NistTests.Strings(numbers, "estimates"), NistTests.Strings(numbers, "std_errors"),
                fit.Settings.Bias ? 1 : 0);
        for (var j = 0; j < fit.Map.InputCount; j++)
        {
            Reference.AssertDigits(digits, fit.Map.WeightsOf(0)[j], estimates[j + skip], $"{name} weight {j}");
            Reference.AssertDigits(errorDigits, fit.WeightErrors[0, j], errors[j + skip], $"{name} error {j}");
        }

        if (skip == 1)
        {
            Reference.AssertDigits(digits, fit.Map.Bias[0], estimates[0], name + " bias");
            Reference.AssertDigits(errorDigits, fit.BiasErrors[0], errors[0], name + " error of the bias");
        }

        Reference.AssertDigits(errorDigits, fit.ResidualStandardDeviation[0],
            numbers.GetProperty("residual_sd").GetString()!, name + " residual standard deviation");
        Reference.AssertDigits(errorDigits, fit.RSquared[0], numbers.GetProperty("r_squared").GetString()!,
            name + " R-squared");
    }
}
