using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>Fits with known errors: those of R, and of scipy's curve_fit with absolute_sigma.</summary>
public sealed class SigmaOptionTests
{
    private const int Digits = 13; // of R's; curve_fit stops before the minimum
    private const int DigitsOfTails = 11;
    private const int DigitsOfSteps = 7;

    private static readonly string s_file = Reference.PathOf("sigma", "chicks.csv");

    public static TheoryData<int> Cases => [0, 1];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Numbers_are_those_of_R(int number)
    {
        var expected = Reference.Json("sigma", "sigma.json")[number];
        var found = (await CliRun.Of([.. Asked(expected), "--json"])).Json();
        AssertParameters(found, "weights", "bias", expected.GetProperty("estimates"), Digits);
        var errors = found.GetProperty("standardErrors");
        AssertParameters(errors, "weights", "bias", expected.GetProperty("errors"), Digits);
        AssertParameters(found.GetProperty("pValues"), "weights", "bias", expected.GetProperty("p"), DigitsOfTails);
        var chi = found.GetProperty("chiSquared");
        AssertNumber(chi.GetProperty("values")[0], expected.GetProperty("chi"), Digits - 1);
        AssertNumber(chi.GetProperty("pValues")[0], expected.GetProperty("pOfChi"), DigitsOfTails);
        AssertNumber(found.GetProperty("confidence").GetProperty("bias")[0][0], expected.GetProperty("low")[0], Digits);
        Assert.Equal(expected.GetProperty("freedom").GetInt32(),
            found.GetProperty("residualDegreesOfFreedom").GetInt32());
        Assert.Equal(number == 0, found.Codes().Contains("noise-larger-than-given"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Numbers_are_those_that_curve_fit_comes_to(int number)
    {
        var expected = Reference.Json("sigma", "scipy.json")[number];
        var found = (await CliRun.Of([.. Asked(expected), "--json"])).Json();
        AssertParameters(found, "weights", "bias", expected.GetProperty("estimates"), DigitsOfSteps);
        AssertParameters(found.GetProperty("standardErrors"), "weights", "bias", expected.GetProperty("errors"),
            DigitsOfSteps);
    }

    [Fact]
    public async Task Tests_are_by_chi_squared()
    {
        var expected = Reference.Json("sigma", "sigma.json")[1];
        var found = (await CliRun.Of("test", s_file, "--target", "weight", "--sigma", "error", "square = 0", "--json"))
            .Json();
        var test = found.GetProperty("tests")[0];
        AssertNumber(test.GetProperty("pValue"), expected.GetProperty("wald"), DigitsOfTails);
        Assert.Equal(JsonValueKind.Null, test.GetProperty("denominatorDegreesOfFreedom").ValueKind);
    }

    [Fact]
    public async Task Report_says_what_the_errors_rest_on_and_how_the_fit_stands()
    {
        var bad = await CliRun.Of("fit", s_file, "--target", "weight", "--input", "time", "--sigma", "error");
        var text = string.Join(' ', bad.Output.Split('\n', StringSplitOptions.TrimEntries));
        Assert.Contains("The residuals of 'weight' are larger than the standard errors given explain", text,
            StringComparison.Ordinal);
        Assert.Contains("chi-squared 229.2 on 10 degrees of freedom, p < 1e-16", text, StringComparison.Ordinal);
        Assert.Contains("those errors would have to be 4.79 times as large", text, StringComparison.Ordinal);
        Assert.DoesNotContain("HC3", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "row 2 has standard error 0 in column 'e', expected a number above 0")]
    [InlineData("-1", "row 2 has standard error -1 in column 'e', expected a number above 0")]
    [InlineData("", "(3): column 'e' is empty, where a number was expected")]
    public async Task What_is_no_standard_error_is_refused_by_place(string error, string message)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["d.csv"], $"x,y,e\n1,1,1\n2,3,{error}\n3,3,1\n",
            TestContext.Current.CancellationToken);
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y", "--sigma", "e");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("d.csv", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, string.Join(' ', run.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_are_by_z_and_chi_squared()
    {
        string[] asked = ["test", s_file, "--target", "weight", "--sigma", "error", "time = 8", "time = 8, square = 0"];
        var page = (await CliRun.Of(asked)).Output;
        Assert.Contains("interval       z        p", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", page, StringComparison.Ordinal);
        var f = (await CliRun.Of([.. asked, "--json"])).Json().GetProperty("tests")[1].GetProperty("f").GetDouble();
        Assert.Matches("chi-squared +equations +p\n", page);
        Assert.Contains(FormattableString.Invariant($"  {2 * f:F1} "), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_one_column_weighs_rows() => Assert.Contains("give one of --weight, --frequency and --sigma",
        (await CliRun.Of("fit", s_file, "--target", "weight", "--sigma", "error", "--weight", "time")).Error,
        StringComparison.Ordinal);

    private static string[] Asked(JsonElement expected) => ["fit", s_file, "--target", "weight", "--sigma", "error",
        "--input", string.Join(',', expected.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()))];

    private static void AssertParameters(JsonElement found, string weights, string bias, JsonElement expected,
        int digits)
    {
        JsonElement[] all = [found.GetProperty(bias)[0], .. found.GetProperty(weights)[0].EnumerateArray()];
        Assert.Equal(expected.GetArrayLength(), all.Length);
        for (var k = 0; k < all.Length; k++)
        {
            AssertNumber(all[k], expected[k], digits);
        }
    }

    // R's smallest tails are 0, where Plumb has digits still.
    private static void AssertNumber(JsonElement found, JsonElement expected, int digits)
    {
        if (expected.GetDouble() == 0)
        {
            Assert.InRange(found.GetDouble(), 0, 1e-300);
            return;
        }

        Assert.InRange(Reference.Digits(found.GetDouble(), expected.GetRawText()), digits, 17);
    }
}
