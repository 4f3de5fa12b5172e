using System.Globalization;
using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>
/// The rows of every fit are looked at again: with weights, from a pipe, or not at all where that is asked for.
/// </summary>
public sealed class SecondLookTests
{
    private const string Parabola =
        "x,y,one\n10,9.14,1\n8,8.14,1\n13,8.74,1\n9,8.77,1\n11,9.26,1\n14,8.1,1\n6,6.13,1\n4,3.1,1\n"
            + "12,9.13,1\n7,7.26,1\n5,4.74,1\n";

    [Fact]
    public async Task Weights_of_1_say_what_no_weights_say()
    {
        // Without their column, which could group the rows.
        var unweighted = Parabola.Replace(",one", "", StringComparison.Ordinal)
            .Replace(",1\n", "\n", StringComparison.Ordinal);
        var plain = await CliRun.WithInput(unweighted, "fit", "-", "--target", "y", "--input", "x", "--json");
        var weighted = await CliRun.WithInput(Parabola, "fit", "-", "--target", "y", "--input", "x", "--weight", "one",
            "--json");
        var counted = await CliRun.WithInput(Parabola, "fit", "-", "--target", "y", "--input", "x", "--frequency",
            "one", "--json");
        Assert.Equal(JsonValueKind.Object, plain.Json().GetProperty("rowTests").ValueKind);
        Assert.Equal(plain.Json().GetRawText(), weighted.Json().GetRawText());
        Assert.Equal(plain.Json().GetRawText(), counted.Json().GetRawText());
        Assert.Contains("is curved for", plain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_looked_at_again_where_that_is_asked_for()
    {
        var run = await CliRun.WithInput(Parabola, "fit", "-", "--target", "y", "--input", "x", "--no-second-look",
            "--json");
        Assert.Equal(JsonValueKind.Null, run.Json().GetProperty("rowTests").ValueKind);
        Assert.Contains("were not looked at again: no second look was wanted.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_rows_are_read_again_with_their_weights()
    {
        using var folder = new TemporaryFolder();
        var path = folder["many.csv"];
        var random = new RandomSource(4);
        await File.WriteAllLinesAsync(path,
            [.. new[] { "x,y,w" }, .. Enumerable.Range(0, 1_500_000).Select(_ => Row(random))],
            TestContext.Current.CancellationToken);
        foreach (var weights in (string[][])[[], ["--weight", "w"]])
        {
            var run =
                await CliRun.Of([.. new[] { "fit", path, "--target", "y", "--input", "x", "--json" }, .. weights]);
            var tests = run.Json().GetProperty("rowTests").GetProperty("tests");
            Assert.Contains(tests.EnumerateArray(),
                test => test.Text("code") == "reset" && test.Number("pValue") < 1e-8);
        }
    }

    private static string Row(RandomSource random)
    {
        var x = Math.Round(random.NextDouble(), 3);
        return string.Create(CultureInfo.InvariantCulture,
            $"{x},{x * x + Math.Round(random.NextDouble(), 2)},{1 + Math.Round(random.NextDouble(), 1)}");
    }
}
