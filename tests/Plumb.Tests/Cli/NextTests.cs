using static Plumb.Tests.Cli.Parameters;

namespace Plumb.Tests.Cli;

public sealed class NextTests : IDisposable
{
    private static readonly string[] s_box = ["--box", "x1=0:1,x2=0:1,x3=0:1"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Shares that add up to 1 as they are written, and not quite so in doubles.</summary>
    [Fact]
    public async Task Decimals_are_taken_as_they_are_written()
    {
        string[] rows = [.. Enumerable.Range(0, 20).Select(i => (A: 10 + 7 * i % 41, B: 12 + 11 * i % 37, C: i))
            .Select(at => FormattableString.Invariant(
                $"{at.A / 100m},{at.B / 100m},{(100 - at.A - at.B) / 100m},{(3 * at.A + at.B + at.C % 5) / 100m}"))];
        await File.WriteAllLinesAsync(_folder["shares.csv"], ["a,b,c,y", .. rows],
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["candidates.csv"], "a,b,c\n0.3,0.3,0.4\n0.1,0.2,0.7\n",
            TestContext.Current.CancellationToken);
        var box = (await Run("next", _folder["shares.csv"], "--target", "y", "--box", "a=0:1,b=0:1,c=0:1", "--json"))
            .Json();
        Assert.Equal((3, 4), (box.Number("rank"), box.GetProperty("points")[0].Number("rank")));
        var on = (await Run("next", _folder["shares.csv"], "--target", "y", "--candidates", _folder["candidates.csv"],
            "--json")).Json();
        Assert.Equal(3, on.Number("rank"));
        Assert.All(on.GetProperty("points").EnumerateArray(), point => Assert.Equal(3, point.Number("rank")));
    }

    [Fact]
    public async Task Question_ends_with_the_truth_once_the_proposed_points_are_measured()
    {
        await Run("simulate", "--inputs", "3", "--outputs", "3", "--rows", "1", "-o", _folder["point.csv"], "--truth",
            _folder["truth.json"]);
        await Run("train", _folder["point.csv"], "--target", "y1,y2,y3", "--loss", "sum", "--learning-rate", "0.001",
            "--steps", "1000", "-o", _folder["model.json"]);
        var explained = await Run("explain", _folder["model.json"], _folder["point.csv"]);
        Assert.Contains("3 of 4 directions per target are undetermined", explained.OneLine(),
            StringComparison.Ordinal);
        Assert.Contains("Next: collect rows in which x1, x2, x3 vary, such as 'plumb next' proposes",
            explained.OneLine(), StringComparison.Ordinal);

        var next =
            await Run(["next", _folder["point.csv"], "--target", "y1,y2,y3", .. s_box, "--goal", "rank", "-o",
                _folder["points.csv"]]);
        Assert.Contains("With the first 3 points the data determine every parameter.", next.Output,
            StringComparison.Ordinal);
        await Run("predict", _folder["truth.json"], _folder["points.csv"], "-o", _folder["measured.csv"]);
        var (points, measured) = (await Lines("points.csv"), await Lines("measured.csv"));
        await File.WriteAllLinesAsync(_folder["all.csv"],
            [.. await Lines("point.csv"), .. points.Zip(measured, (x, y) => $"{x},{y}").Skip(1)],
            TestContext.Current.CancellationToken);

        var fit = (await Run("fit", _folder["all.csv"], "--target", "y1,y2,y3", "--json")).Json();
        var truth =
            ModelFile.Parse(
                await File.ReadAllTextAsync(_folder["truth.json"], TestContext.Current.CancellationToken)).Map;
        Assert.Equal(4, fit.Number("rank"));
        AssertSame([.. Enumerable.Range(0, 3).Select(t => (double[])[.. truth.WeightsOf(t), truth.Bias[t]])],
            fit.Parameters(), 1e-14);
    }

    [Fact]
    public async Task Report_shows_points_rank_and_errors()
    {
        await Run("simulate", "--inputs", "3", "--outputs", "2", "--rows", "12", "--noise", "0.1", "-o",
            _folder["d.csv"]);
        Golden.Verify("next",
            (await Run(["next", _folder["d.csv"], "--target", "y1,y2", .. s_box, "--count", "3"])).Output.Replace(
                _folder["."][..^1], ""));
    }

    [Fact]
    public async Task Json_has_the_properties_of_its_schema_in_their_order()
    {
        _folder.Write("d.csv", "x1,x2,y\n1,2,3\n");
        _folder.Write("c.csv", "x2,x1\n1,1\n2,1\n5,9\n");
        var next =
            (await Run("next", _folder["d.csv"], "--target", "y", "--candidates", _folder["c.csv"], "--json")).Json();
        Golden.Verify("next-json-names", JsonNames.Of(next));
        Assert.Equal([3, 1, 2], next.GetProperty("points").EnumerateArray().Select(point => point.Number("candidate")));
        Assert.Equal([2, 3, 3], next.GetProperty("points").EnumerateArray().Select(point => point.Number("rank")));
        Assert.Equal(["candidates-used-up"], next.Codes());
    }

    [Fact]
    public async Task Powers_are_made_from_the_columns_of_the_box()
    {
        _folder.Write("d.csv", "x,y\n0.5,3\n");
        var next =
            (await Run("next", _folder["d.csv"], "--target", "y", "--input", "poly(x,2)", "--box", "x=0:2",
                "--json")).Json();
        Assert.Equal(["x"], next.GetProperty("columns").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal([2, 3, 3, 3, 3],
            next.GetProperty("points").EnumerateArray().Select(point => point.Number("rank")));
    }

    [Fact]
    public async Task Goal_may_be_one_parameter()
    {
        await Run("simulate", "--inputs", "3", "--outputs", "2", "--rows", "12", "--noise", "0.1", "-o",
            _folder["d.csv"]);
        async Task<double> After(string goal) =>
            (await Run(["next", _folder["d.csv"], "--target", "y1,y2", .. s_box, "--count", "4", "--goal", goal,
                "--json"])).Json().GetProperty("points")[3].GetProperty("unitErrors")
                .GetProperty("weights")[2].GetDouble();
        Assert.True(await After("w[y1,x3]") < await After("d"));
        Assert.True(await After("w[y1,x3]") < await After("b[y2]"));
    }

    [Theory]
    [InlineData("", "give either --candidates or --box")]
    [InlineData("--box x1=0:1",
        "--box has no bounds for 'x2', expected some for each column that the inputs are made from; add x2=LOW:HIGH")]
    [InlineData("--box x1=0:1,x2=1", "--box holds 'x2=1', expected the smallest and the largest value, such as "
        + "x2=0:1.")]
    [InlineData("--box x1=0:1,x2=1:0", "--box holds 'x2=1:0', expected the smallest and the largest value")]
    [InlineData("--box x1=0:1,x3=0:1",
        "--box names 'x3', which is no column that the inputs are made from; did you mean 'x1'?")]
    [InlineData("--box x1=0:1,x2", "--box holds 'x2', expected a name and its value, as in x1=0:1.")]
    [InlineData("--box x1=0:1,x1=0:1", "--box names 'x1' twice")]
    [InlineData("--box x1=0:1,x2=0:1 --goal w[y,x7]",
        "--goal holds 'w[y,x7]', expected rank, d, a, or a parameter such as w[y,x1] or b[y]")]
    public async Task Options_that_cannot_be_meant_are_refused(string words, string message)
    {
        _folder.Write("d.csv", "x1,x2,y\n1,2,3\n");
        var run =
            await CliRun.Of(
                ["next", _folder["d.csv"], "--target", "y",
                    .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + message, run.Error, StringComparison.Ordinal);
    }

    private async Task<string[]> Lines(string file) =>
        await File.ReadAllLinesAsync(_folder[file], TestContext.Current.CancellationToken);

    private static async Task<CliRun> Run(params string[] words)
    {
        var run = await CliRun.Of(words);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run;
    }
}
