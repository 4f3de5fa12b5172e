using System.Globalization;

namespace Plumb.Tests.Cli;

/// <summary>Standard errors that are asked for and cannot be found are refused: none stand in for them.</summary>
public sealed class ErrorsNotFoundTests
{
    [Theory]
    [InlineData("fit", "hc3")]
    [InlineData("fit", "hc1")]
    [InlineData("fit", "hac:2")]
    [InlineData("fit", "bootstrap:100")]
    [InlineData("fit", "cluster:g")]
    [InlineData("fit", "cluster:g,h")]
    [InlineData("test", "hc3")]
    public async Task Inputs_that_are_too_nearly_dependent_have_no_such_errors(string command, string errors)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllLinesAsync(folder["sum.csv"], NearlyDependent(),
            TestContext.Current.CancellationToken);
        string[] arguments = [command, folder["sum.csv"], "--target", "y", "--input", "a,b,c", "--numbers", "double",
            .. command == "test" ? ["a = b"] : Array.Empty<string>()];

        var plain = await CliRun.Of(arguments);
        Assert.Equal(0, plain.ExitCode);

        var asked = await CliRun.Of([.. arguments, "--errors", errors]);
        Assert.Equal(4, asked.ExitCode);
        Assert.Equal("", asked.Output);
        Assert.Contains("the inputs are too nearly dependent; leave out --errors", asked.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_says_why_and_infers_nothing_from_others()
    {
        var random = new RandomSource(5);
        var x = Matrix.Create(40, 3, (_, _) => random.NextDouble());
        x = Matrix.Create(40, 3, (i, j) => j < 2 ? x[i, j] : x[i, 0] + x[i, 1]);
        var data = new Dataset(x, Matrix.Create(40, 1, (i, _) => x[i, 0] + random.NextDouble()));
        var fit = new LeastSquares().Fit(Moments.Of(data));
        Assert.NotEmpty(fit.NearDependences);

        var stop = TestContext.Current.CancellationToken;
        var errors = new HeteroskedasticErrors(HeteroskedasticKind.HC2);
        var report = await RowTests.OfAsync(fit, Again(data), errors: errors, cancellationToken: stop);
        Assert.Null(report.AskedErrors);
        Assert.Equal("the inputs are too nearly dependent", report.WhyNoAskedErrors);
        Assert.Throws<InvalidOperationException>(() => { _ = report.InferenceOf(fit); });
        Assert.Null((await RowTests.OfAsync(fit, Again(data), cancellationToken: stop)).WhyNoAskedErrors);
    }

    private static IAsyncEnumerable<Dataset> Again(Dataset data) => new[] { data }.ToAsyncEnumerable();

    private static IEnumerable<string> NearlyDependent()
    {
        var random = new RandomSource(4);
        yield return "a,b,c,y,g,h";
        for (var row = 0; row < 60; row++)
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{a:R},{b:R},{a + b:R},{a + random.NextDouble():R},{row % 10},{row % 7}");
        }
    }
}
