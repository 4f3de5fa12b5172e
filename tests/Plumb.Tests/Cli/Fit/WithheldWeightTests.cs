namespace Plumb.Tests.Cli;

/// <summary>A weight that no double holds is withheld alone.</summary>
public sealed class WithheldWeightTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_other_weights_are_given()
    {
        // The first weight is about 2.5e400.
        var rows = Enumerable.Range(1, 12).Select(i => $"{i}e-200,{i * i % 5},{2.5 * i + 0.1 * (i * i % 3)}e200");
        await File.WriteAllTextAsync(_folder["d.csv"], "a,b,y\n" + string.Join('\n', rows) + "\n",
            TestContext.Current.CancellationToken);
        var run = await CliRun.Of("fit", _folder["d.csv"], "--target", "y", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var fit = run.Json();
        var weights = fit.GetProperty("weights").Rows()[0];
        Assert.True(double.IsNaN(weights[0]) && double.IsFinite(weights[1]));
        Assert.Contains("too-large", fit.Codes());
        Assert.StartsWith("Beyond the range of doubles: the weight of "
            + "a.", fit.Text("verdict"), StringComparison.Ordinal);
        Assert.Contains("too large", (await CliRun.Of("fit", _folder["d.csv"], "--target", "y")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_other_standard_errors_are_given()
    {
        // The first weight is 0, as y does not know its sign, and its standard error about 5e310.
        var rows = Enumerable.Range(2, 12)
            .Select(i => $"{(i % 2 == 0 ? "" : "-")}{i / 2}e-306,{i / 2 % 4},{i / 2 * (i / 2) % 7}e6");
        var data = _folder.Write("d.csv", "a,b,y\n" + string.Join('\n', rows) + "\n");
        var run = await CliRun.Of("fit", data, "--target", "y", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var fit = run.Json();
        Assert.Equal(0, fit.Parameters()[0][0]);
        Assert.Equal("too-large", fit.GetProperty("status").GetProperty("weights")[0][0].GetString());
        var errors = fit.GetProperty("standardErrors").GetProperty("weights").Rows()[0];
        Assert.True(double.IsNaN(errors[0]) && double.IsFinite(errors[1]));
        Assert.Contains("error-too-large", fit.Codes());
        Assert.StartsWith("Some standard errors are beyond the range of "
            + "doubles", fit.Text("verdict"), StringComparison.Ordinal);
        var report = await CliRun.Of("fit", data, "--target", "y");
        Assert.Contains("too large", report.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e-300,1", "--json")] // a factor of the inverse that leaves the range of doubles
    [InlineData("1e-315,1", "--json")]
    [InlineData("1e-320,1", "--no-bias")]
    public async Task Inputs_that_hardly_differ_at_all_are_told_to_be_near_and_the_others_given(string row,
        string option)
    {
        var text = $"a,b,c,y\n0,{row},1\n1,1,2,2\n2,2,3,0\n3,3,5,2\n5,5,8,1\n7,7,1,4\n";
        var run = await CliRun.WithInput(text, "fit", "-", "--target", "y", "--numbers", "double", option);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("a = b", run.Output, StringComparison.Ordinal);
    }
}
