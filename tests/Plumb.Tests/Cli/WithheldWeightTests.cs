namespace Plumb.Tests.Cli;

/// <summary>A weight that no double holds is withheld alone.</summary>
public sealed class WithheldWeightTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_other_weights_are_given()
    {
        var rows = Enumerable.Range(1, 12).Select(i => $"{i}e-200,{i * i % 5},{2.5 * i + 0.1 * (i * i % 3)}e200"); // the first weight is about 2.5e400
        await File.WriteAllTextAsync(_folder["d.csv"], "a,b,y\n" + string.Join('\n', rows) + "\n", TestContext.Current.CancellationToken);
        var run = await CliRun.Of("fit", _folder["d.csv"], "--target", "y", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var fit = run.Json();
        var weights = fit.GetProperty("weights").Rows()[0];
        Assert.True(double.IsNaN(weights[0]) && double.IsFinite(weights[1]));
        Assert.Contains("too-large", fit.Codes());
        Assert.StartsWith("No double holds the weight of a.", fit.Text("verdict"), StringComparison.Ordinal);
        Assert.Contains("too large", (await CliRun.Of("fit", _folder["d.csv"], "--target", "y")).Output, StringComparison.Ordinal);
    }
}
