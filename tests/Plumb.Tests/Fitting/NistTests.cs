using System.Globalization;
using System.Text.Json;

namespace Plumb.Tests;

/// <summary>
/// The linear sets of NIST's Statistical Reference Datasets against exact solutions for the doubles that are fitted.
/// </summary>
public sealed class NistTests
{
    private const double CoefficientDigits = 15;
    private const double ErrorDigits = 14;

    public static TheoryData<string> Sets { get; } =
        ["Filip", "Longley", "NoInt1", "NoInt2", "Norris", "Pontius", "Wampler1", "Wampler2", "Wampler3", "Wampler4",
            "Wampler5"];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Fit_of_a_nist_set_gives_the_exact_coefficients_and_standard_errors(string name)
    {
        var (fit, reference) = Fit(name);
        var bias = fit.Settings.Bias;
        var exact = reference.GetProperty("exact_dblpow");
        var estimates = Strings(exact, "estimates");
        var errors = Strings(exact, "std_errors");
        var skip = bias ? 1 : 0;
        for (var j = 0; j < fit.Map.InputCount; j++)
        {
            Reference.AssertDigits(CoefficientDigits, fit.Map.WeightsOf(0)[j], estimates[j + skip],
                $"{name} weight {j}");
            Reference.AssertDigits(ErrorDigits, fit.WeightErrors[0, j], errors[j + skip], $"{name} error {j}");
        }

        if (bias)
        {
            Reference.AssertDigits(CoefficientDigits, fit.Map.Bias[0], estimates[0], $"{name} bias");
            Reference.AssertDigits(ErrorDigits, fit.BiasErrors[0], errors[0], $"{name} error of the bias");
        }

        Reference.AssertDigits(ErrorDigits, fit.ResidualStandardDeviation[0],
            exact.GetProperty("residual_sd").GetString()!, $"{name} residual standard deviation");
        Reference.AssertDigits(ErrorDigits, fit.RSquared[0], exact.GetProperty("r_squared").GetString()!,
            $"{name} R-squared");
        Assert.True(fit.IsIdentified);
        Assert.Empty(fit.Dependences);
    }

    internal static (LinearFit Fit, JsonElement Reference) Fit(string name)
    {
        var reference = Reference.Json("nist", name + ".json");
        var model = reference.GetProperty("model");
        return (new LeastSquares { Bias = model.GetProperty("intercept").GetBoolean() }.Fit(
            Moments.Of(Load(name, model))), reference);
    }

    [Theory]
    [InlineData("Filip")]
    [InlineData("Pontius")]
    [InlineData("Wampler1")]
    [InlineData("Wampler2")]
    [InlineData("Wampler3")]
    [InlineData("Wampler4")]
    [InlineData("Wampler5")]
    public void Fit_with_powers_that_are_not_rounded_gives_the_coefficients_of_the_cells(string name)
    {
        var reference = Reference.Json("nist", name + ".json");
        var (_, rows) = Reference.Csv("nist", name + ".csv");
        var design =
            new Design(
                Term.Parse(string.Create(CultureInfo.InvariantCulture, $"poly(x,"
                    + $"{reference.GetProperty("model").GetProperty("degree").GetInt32()})"), ["x"])!, ["y"]);
        var moments = new Moments(design);
        moments.Add(Reference.Dataset([.. rows.Select(row => row[1..2])], [.. rows.Select(row => row[..1])]));
        var fit = new LeastSquares().Fit(moments);
        var exact = reference.GetProperty("exact_dbl");
        var (estimates, errors) = (Strings(exact, "estimates"), Strings(exact, "std_errors"));
        Reference.AssertDigits(CoefficientDigits, fit.Map.Bias[0], estimates[0], name + " bias");
        for (var j = 0; j < fit.Map.InputCount; j++)
        {
            Reference.AssertDigits(CoefficientDigits, fit.Map.WeightsOf(0)[j], estimates[j + 1], $"{name} weight {j}");
            Reference.AssertDigits(ErrorDigits, fit.WeightErrors[0, j], errors[j + 1], $"{name} error {j}");
        }
    }

    private static Dataset Load(string name, JsonElement model)
    {
        var (_, rows) = Reference.Csv("nist", name + ".csv");
        var degree = model.GetProperty("degree").ValueKind == JsonValueKind.Number
            ? model.GetProperty("degree").GetInt32() : 0;
        var inputs = rows.Select(row => degree > 0 ? Reference.Powers(row[1], degree) : row[1..]).ToArray();
        return Reference.Dataset(inputs, [.. rows.Select(row => row[..1])]);
    }

    internal static string[] Strings(JsonElement parent, string name) =>
        [.. parent.GetProperty(name).EnumerateArray().Select(element => element.GetString()!)];
}
