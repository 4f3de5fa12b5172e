namespace Plumb.Tests.Cli;

/// <summary>Columns that may group the rows: of those that were not looked at, the evidence says so.</summary>
public sealed class GroupsNotSeenTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(20, null)]
    [InlineData(21, "(groups by the last column were not looked at)")]
    [InlineData(23, "(groups by the last 3 columns were not looked at)")]
    public async Task Columns_beyond_twenty_are_named(int others, string? said)
    {
        using var folder = new TemporaryFolder();
        var random = new RandomSource(7);
        string[] names = ["x", "y", .. Enumerable.Range(0, others).Select(k => $"g{k}")];
        await File.WriteAllLinesAsync(folder["rows.csv"], Enumerable.Range(0, 60).Select(_ =>
        {
            var x = random.NextNormal();
            return FormattableString.Invariant($"{x},{x + random.NextNormal()}")
                + string.Concat(Enumerable.Range(0, others).Select(_ => $",{random.NextIndex(6)}"));
        }).Prepend(string.Join(',', names)), TestContext.Current.CancellationToken);
        var run = await CliRun.Of("fit", folder["rows.csv"], "--target", "y", "--input", "x", "--json");
        var errors = run.Json().GetProperty("evidence").EnumerateArray()
            .Single(item => item.Text("question") == "errors");
        Assert.Equal("holds", errors.Text("answer"));
        Assert.Equal(said ?? "", string.Concat(errors.Text("method").SkipWhile(letter => letter != '(')));
    }
}
