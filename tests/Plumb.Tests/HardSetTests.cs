using System.Text.Json;

namespace Plumb.Tests;

/// <summary>Ill-conditioned and extreme sets with exact solutions: Hilbert, Vandermonde, Lauchli, offsets, near collinearity, scales of 1e+-300.</summary>
public sealed class HardSetTests
{
    // Their references keep powers that no double holds; fitting the powers' roundings is another problem.
    private static readonly string[] s_powersBeyondDoubles = ["vandermonde_12", "vandermonde_15"];

    public static TheoryData<string> Sets { get; } =
        [.. Directory.GetFiles(Reference.PathOf("hard"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Except(s_powersBeyondDoubles).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Fit_of_a_hard_set_gives_the_exact_coefficients_and_standard_errors(string name)
    {
        var (fit, reference) = Fit(name);
        var exact = reference.GetProperty("exact_dbl");
        var (coefficients, errors) = (Column(exact, "B"), Column(exact, "se"));
        Assert.Equal(exact.GetProperty("rank").GetInt32(), fit.Rank);
        var skip = fit.Settings.Bias ? 1 : 0;
        for (var j = 0; j < fit.Map.InputCount; j++)
        {
            Reference.AssertDigits(15, fit.Map.WeightsOf(0)[j], coefficients[j + skip], $"{name} weight {j}");
            Reference.AssertDigits(14, fit.WeightErrors[0, j], errors[j + skip], $"{name} error {j}");
        }

        if (skip == 1)
        {
            Reference.AssertDigits(15, fit.Map.Bias[0], coefficients[0], $"{name} bias");
            Reference.AssertDigits(14, fit.BiasErrors[0], errors[0], $"{name} error of the bias");
        }

        var condition = Reference.Number(reference.GetProperty("kappa_scaled").GetString()!);
        Assert.InRange(fit.Spectrum.ConditionNumber / condition, 0.999, 1.001);
    }

    internal static (LinearFit Fit, JsonElement Reference) Fit(string name)
    {
        var reference = Reference.Json("hard", name + ".json");
        return (new LeastSquares { Bias = reference.GetProperty("intercept").GetBoolean() }.Fit(Moments.Of(Load(name, reference))), reference);
    }

    private static Dataset Load(string name, JsonElement reference)
    {
        var (_, rows) = Reference.Csv("hard", name + ".csv");
        var degree = reference.GetProperty("polynomial_degree");
        return Reference.Dataset(
            [.. rows.Select(row => degree.ValueKind == JsonValueKind.Number ? Reference.Powers(row[0], degree.GetInt32()) : row[..^1])],
            [.. rows.Select(row => row[^1..])]);
    }

    internal static string[] Column(JsonElement exact, string name) =>
        [.. exact.GetProperty(name).EnumerateArray().Select(row => row.ValueKind == JsonValueKind.Array ? row[0].GetString()! : row.GetString()!)];
}
