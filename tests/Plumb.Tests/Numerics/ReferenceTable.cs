using System.Globalization;
using System.Text.Json;

namespace Plumb.Tests;

/// <summary>The entries of data/quantiles.json and data/tails.json; see data/README.md.</summary>
internal static class ReferenceTable
{
    /// <summary>Twelve digits, relative.</summary>
    public const double Digits12 = 1e-12;

    /// <summary>The number of random cases that a law is tried on.</summary>
    public const long Samples = 2000;

    /// <summary>Degrees of freedom, argument and reference of each entry of a function, such as t_sf.</summary>
    public static IEnumerable<(double[] Degrees, double Argument, double Reference)> Of(string function)
    {
        foreach (var file in new[] { "quantiles.json", "tails.json" })
        {
            using var document =
                JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", file)));
            foreach (var entry in document.RootElement.EnumerateArray()
                .Where(e => e.GetProperty("f").GetString() == function))
            {
                var degrees = entry.GetProperty("df");
                var argument = entry.TryGetProperty("x", out var x) ? x : entry.GetProperty("p");
                yield return (
                    degrees.ValueKind == JsonValueKind.Array ? [.. degrees.EnumerateArray().Select(d => d.GetDouble())]
                        : [degrees.GetDouble()],
                    Number(argument),
                    Number(entry.GetProperty("ref")));
            }
        }
    }

    /// <summary>|actual - expected| / |expected|; zero when both are zero.</summary>
    public static double RelativeError(double expected, double actual) =>
        expected == actual ? 0 : Math.Abs(actual - expected) / Math.Abs(expected);

    private static double Number(JsonElement element) =>
        double.Parse(element.GetString()!, CultureInfo.InvariantCulture);
}
