using System.Text.Json;

namespace Plumb.Tests;

/// <summary>
/// Ill-conditioned and extreme sets with exact solutions: Hilbert, Vandermonde, Lauchli, offsets, near collinearity,
/// scales of 1e+-300.
/// </summary>
public sealed class HardSetTests
{
    public static TheoryData<string> Sets { get; } =
        [.. Directory.GetFiles(Reference.PathOf("hard"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

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
        return (new LeastSquares { Bias = reference.GetProperty("intercept").GetBoolean() }.Fit(Load(name, reference)),
            reference);
    }

    private static Moments Load(string name, JsonElement reference)
    {
        var (_, rows) = Reference.Csv("hard", name + ".csv");
        var data = Reference.Dataset([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1..])]);
        var degree = reference.GetProperty("polynomial_degree");
        if (degree.ValueKind != JsonValueKind.Number)
        {
            return Moments.Of(data);
        }

        // Powers without rounding: those of the longest sets no double holds.
        var moments =
            new Moments(new Design(Term.Parse(FormattableString.Invariant($"poly(x,{degree})"), ["x"])!, ["y"]));
        moments.Add(data);
        return moments;
    }

    internal static string[] Column(JsonElement exact, string name) =>
        [.. exact.GetProperty(name).EnumerateArray()
            .Select(row => row.ValueKind == JsonValueKind.Array ? row[0].GetString()! : row.GetString()!)];
}
