using System.Globalization;

namespace Plumb.Tests.Cli;

/// <summary>
/// Formulas, categories and functions against R's lm, whose numbers bench/validation/factors.R wrote.
/// </summary>
public sealed class LmTests
{
    private const double ElevenDigits = 1e-11;

    private static readonly string s_folder = Path.Combine(Repository.Root, "tests/Plumb.Tests/data/factors");

    public static TheoryData<string> Fits() => [.. File.ReadLines(Path.Combine(s_folder, "lm.csv"))];

    [Theory]
    [MemberData(nameof(Fits))]
    public async Task Fit_agrees_with_lm_to_eleven_digits(string line)
    {
        if (line.Split(';') is not [var data, var formula, var options, var bias, var weights, var errors, var sigma])
        {
            throw new InvalidDataException(line);
        }

        var run = await CliRun.Of(["fit", Path.Combine(s_folder, data), "--formula", formula, "--json",
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--errors", "classical"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var fit = run.Json();
        var hasBias = bias.Length > 0;
        Assert.Equal(hasBias, fit.GetProperty("hasBias").GetBoolean());
        var (expected, expectedErrors) = (Numbers(weights), Numbers(errors));
        Require(expected, expectedErrors, fit.Parameters("minimumNorm")[0], hasBias);
        Require(expectedErrors, expectedErrors, fit.Parameters("standardErrors")[0], hasBias);
        Assert.Equal(double.Parse(sigma, CultureInfo.InvariantCulture),
            fit.GetProperty("residualStandardDeviation").Numbers()[0], ElevenDigits);
    }

    private static void Require(double[] expected, double[] errors, double[] found, bool hasBias)
    {
        Assert.Equal(expected.Length, found.Length - (hasBias ? 0 : 1));
        for (var i = 0; i < expected.Length; i++)
        {
            var scale = Math.Max(Math.Abs(expected[i]), errors[i]);
            Assert.InRange(found[i], expected[i] - ElevenDigits * scale, expected[i] + ElevenDigits * scale);
        }
    }

    private static double[] Numbers(string text) =>
        [.. text.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
