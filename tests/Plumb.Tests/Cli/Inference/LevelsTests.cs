using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>Means and slopes by category: those of emmeans; and what is refused.</summary>
public sealed class LevelsTests
{
    private const int Digits = 10;
    private const int DigitsOfSlopes = 6; // emtrends takes them from a difference of predictions
    private const int DigitsOfTukey = 3; // R's ptukey iterates to less

    public static TheoryData<int> Cases =>
        [.. Enumerable.Range(0, Reference.Json("inference", "levels.json").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Levels_are_those_of_emmeans(int number)
    {
        var expected = Reference.Json("inference", "levels.json")[number];
        string[] options = [.. expected.GetProperty("options").EnumerateArray().Select(item => item.GetString()!)];
        var found = (await CliRun.Of(["test", Reference.PathOf("inference", expected.Text("data") + ".csv"),
            .. options, "--by", expected.Text("by"), "--errors", "classical", "--json"])).Json();
        var slope = expected.Text("slope") is { Length: > 0 } name ? name : null;
        var levels = found.GetProperty("levels").EnumerateArray()
            .Single(item => item.GetProperty("slopeOf").GetString() == slope);
        var digits = slope is null ? Digits : DigitsOfSlopes;
        AssertNumbers(levels, "estimates", "estimate", expected, "estimates", digits);
        AssertNumbers(levels, "estimates", "standardError", expected, "errors", digits);
        AssertNumbers(levels, "estimates", "low", expected, "low", digits);
        double Of(JsonElement test, string value) => test.GetProperty("equations")[0].GetProperty(value).GetDouble();
        foreach (var (k, test) in levels.GetProperty("differences").EnumerateArray().Index())
        {
            Assert.InRange(Reference.Digits(Of(test, "difference"),
                expected.GetProperty("differences")[k].GetRawText()), digits - 1, 17);
            Assert.InRange(Reference.Digits(Of(test, "standardError"),
                expected.GetProperty("differenceErrors")[k].GetRawText()), digits - 1, 17);
            Assert.InRange(Reference.Digits(Of(test, "pValue"), expected.GetProperty("p")[k].GetRawText()),
                digits - 2, 17);
            Assert.InRange(Math.Abs(test.GetProperty("adjustedPValue").GetDouble()
                - expected.GetProperty("tukey")[k].GetDouble()), 0, Math.Pow(10, -DigitsOfTukey - 1));
        }

        Assert.Equal(expected.GetProperty("f")[0].GetDouble(), levels.GetProperty("equal").GetProperty("f").GetDouble(),
            0.0006); // emmeans rounds it to three decimals
        Assert.InRange(Reference.Digits(found.GetProperty("tests")[0].GetProperty("f").GetDouble(),
            expected.GetProperty("chow")[0].GetRawText()), Digits, 17);
    }

    [Fact]
    public async Task Releveling_changes_no_mean_and_no_difference()
    {
        string[] asked = ["test", Reference.PathOf("inference", "iris.csv"), "--target", "Sepal.Length", "--input",
            "Petal.Length,Species", "--by", "Species", "--json"];
        var first = (await CliRun.Of(asked)).Json().GetProperty("levels")[0];
        foreach (var coding in (string[][])[["--reference", "Species=virginica"], ["--coding", "sum"],
            ["--coding", "helmert"]])
        {
            var other = (await CliRun.Of([.. asked, .. coding])).Json().GetProperty("levels")[0];
            for (var k = 0; k < 3; k++)
            {
                foreach (var value in (string[])["estimate", "standardError", "low"])
                {
                    double Of(JsonElement levels) =>
                        levels.GetProperty("estimates")[k].GetProperty(value).GetDouble();
                    Assert.InRange(Of(other) / Of(first), 1 - 1e-14, 1 + 1e-14);
                }
            }
        }
    }

    [Fact]
    public async Task Report_shows_means_differences_and_whether_they_matter()
    {
        var run = await CliRun.Of("test", Reference.PathOf("inference", "iris.csv"), "--formula",
            "Sepal.Length ~ Petal.Length * Species", "--by", "Species", "--errors", "classical");
        Assert.Equal(0, run.ExitCode);
        foreach (var text in (string[])["nothing differs by Species", "Means by Species  all equal: F",
            "Slopes of Petal.Length by Species", "setosa = versicolor", "p (tukey)"])
        {
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_way_that_is_the_default_can_be_named()
    {
        string[] asked = ["test", Reference.PathOf("inference", "iris.csv"), "--target", "Sepal.Length",
            "--input", "Petal.Length,Species", "--by", "Species"];
        Assert.Equal((await CliRun.Of(asked)).Output, (await CliRun.Of([.. asked, "--adjust", "tukey"])).Output);
    }

    [Theory]
    [InlineData("Petal.Length", "'Petal.Length' is no category among the inputs; expected one of Species")]
    [InlineData("nothing", "'nothing' is no category among the inputs")]
    public async Task What_is_no_category_is_refused(string by, string message)
    {
        var run = await CliRun.Of("test", Reference.PathOf("inference", "iris.csv"), "--target", "Sepal.Length",
            "--input", "Petal.Length,Species", "--by", by);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, string.Join(' ', run.Error.Split('\n')), StringComparison.Ordinal);
    }

    private static void AssertNumbers(JsonElement found, string list, string value, JsonElement expected, string name,
        int digits)
    {
        var items = found.GetProperty(list).EnumerateArray().ToArray();
        Assert.Equal(expected.GetProperty(name).GetArrayLength(), items.Length);
        foreach (var (k, item) in items.Index())
        {
            Assert.InRange(Reference.Digits(item.GetProperty(value).GetDouble(),
                expected.GetProperty(name)[k].GetRawText()), digits, 17);
        }
    }
}
