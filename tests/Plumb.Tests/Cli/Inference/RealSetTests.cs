using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>Regressions of 26 real data sets: the exact values, to a double's last digits.</summary>
public sealed class RealSetTests
{
    private const double Digits = 15.6; // one rounding
    private const double DigitsOfRobust = 12.5; // sums over rows in doubles; R has 8.3 of HC3 on longley

    private static readonly JsonElement s_all = Reference.Json("validation", "exact.json");

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_all.GetArrayLength())];

    [Fact]
    public void Sets_are_26() => Assert.Equal(26,
        s_all.EnumerateArray().Select(item => item.Text("data")).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Numbers_are_exact(int number)
    {
        var expected = s_all[number];
        string[] options = [.. expected.GetProperty("options").EnumerateArray().Select(item => item.GetString()!)];
        Task<CliRun> Run(string errors) => CliRun.Of(["fit",
            Reference.PathOf("validation", expected.Text("data") + ".csv"), .. options, "--errors", errors, "--json"]);
        var (found, robust) = ((await Run("classical")).Json(), (await Run("hc3")).Json());
        var clusters = (await Run("cr1:block")).Json();
        var lags = expected.Text("kind") == "frequencies" ? default : (await Run("hac:2")).Json();
        var target = found.GetProperty("targets").EnumerateArray().Select(name => name.GetString()).ToList()
            .IndexOf(expected.Text("target"));
        bool[] kept = [.. expected.GetProperty("kept").EnumerateArray().Select(item => item.GetBoolean())];
        var values = Parameters(found, target, kept);
        AssertDigits(expected, "coefficients", values, values, Digits);
        AssertDigits(expected, "errors", Parameters(found.GetProperty("standardErrors"), target, kept), values, Digits);
        AssertDigits(expected, "hc3", Parameters(robust.GetProperty("standardErrors"), target, kept), values,
            DigitsOfRobust);
        AssertDigits(expected, "cluster", Parameters(clusters.GetProperty("standardErrors"), target, kept), values,
            DigitsOfRobust);
        if (lags.ValueKind != JsonValueKind.Undefined)
        {
            AssertDigits(expected, "hac", Parameters(lags.GetProperty("standardErrors"), target, kept), values,
                DigitsOfRobust);
        }

        AssertDigits(expected, "rSquared", [found.GetProperty("rSquared")[target]], values, Digits);
        AssertDigits(expected, "f", [found.GetProperty("fStatistic")[target]], values, Digits);
    }

    private static JsonElement[] Parameters(JsonElement document, int target, bool[] kept) =>
        [.. document.GetProperty("weights")[target].EnumerateArray().Prepend(document.GetProperty("bias")[target])
            .Where((_, k) => kept[k])];

    // Of dependent columns all are withheld.
    private static void AssertDigits(JsonElement expected, string name, JsonElement[] found, JsonElement[] values,
        double digits)
    {
        for (var k = 0; k < found.Length; k++)
        {
            if (found.Length == 1 || values[k].ValueKind != JsonValueKind.Null)
            {
                Reference.AssertDigits(digits, found[k].GetDouble(), expected.GetProperty(name)[k].GetString()!, name);
            }
        }
    }
}
