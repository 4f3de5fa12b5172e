using System.Globalization;
using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>What else explain can be told, and what it finds by itself.</summary>
public sealed class ExplainEvidenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Mistake_is_named_with_the_command_that_repairs_it()
    {
        await Simulated();
        var best = (await Run("fit", _folder["d.csv"], "--target", "y1,y2,y3", "--json")).Json();
        var rows = best.GetProperty("weights").Rows();
        var turned = JsonSerializer.Serialize(Enumerable.Range(0, 3).Select(j => rows.Select(row => row[j])));
        var path = _folder.Write("turned.json",
            $$"""{"weights": {{turned}}, "bias": {{best.GetProperty("bias").GetRawText()}}}""");
        var run = await Run("explain", path, _folder["d.csv"]);
        Assert.Contains("the map fits once W is transposed", run.OneLine(), StringComparison.Ordinal);
        Assert.EndsWith($"Next: write the repaired map: plumb explain {path} {_folder["d.csv"]} -o repaired.json",
            run.OneLine().TrimEnd(), StringComparison.Ordinal);

        await Run("explain", path, _folder["d.csv"], "-o", _folder["repaired.json"]);
        var repaired = (await Run("explain", _folder["repaired.json"], _folder["d.csv"], "--json")).Json();
        Assert.Equal("Your W and b are the best fit, to rounding.", repaired.Text("verdict"));
        Assert.Equal(JsonValueKind.Null, repaired.GetProperty("mistake").ValueKind);
    }

    [Fact]
    public async Task Weight_decay_is_an_objective()
    {
        await Simulated();
        await Run("train", _folder["d.csv"], "--target", "y1,y2,y3", "--steps", "3", "-o", _folder["m.json"]);
        var explained =
            (await Run("explain", _folder["m.json"], _folder["d.csv"], "--weight-decay", "0.1", "--json")).Json();
        Assert.Equal(["objective", "not-converged"],
            explained.GetProperty("causes").EnumerateArray().Select(cause => cause.Text("code")));
    }

    [Fact]
    public async Task Steps_from_a_start_explain_where_training_stopped()
    {
        await Simulated();
        await Run("train", _folder["d.csv"], "--target", "y1,y2,y3", "--steps", "0", "-o", _folder["start.json"]);
        await Run("train", _folder["d.csv"], "--target", "y1,y2,y3", "--init", _folder["start.json"], "--steps", "20",
            "--learning-rate", "0.3", "-o", _folder["m.json"]);
        string[] start = ["--start", _folder["start.json"], "--learning-rate", "0.3", "--steps"];
        var stopped = (await Run(["explain", _folder["m.json"], _folder["d.csv"], .. start, "20", "--json"])).Json();
        Assert.Equal(["objective", "arithmetic"],
            stopped.GetProperty("causes").EnumerateArray().Select(cause => cause.Text("code")));
        Assert.Contains("stopping after 20 steps", stopped.Text("verdict"), StringComparison.Ordinal);
        var other = (await Run(["explain", _folder["m.json"], _folder["d.csv"], .. start, "21", "--json"])).Json();
        Assert.Equal(["objective", "not-converged"],
            other.GetProperty("causes").EnumerateArray().Select(cause => cause.Text("code")));
    }

    [Fact]
    public async Task Noise_in_an_input_is_corrected_for()
    {
        await Simulated();
        await Run("fit", _folder["d.csv"], "--target", "y1,y2,y3", "-o", _folder["m.json"]);
        var explained =
            (await Run("explain", _folder["m.json"], _folder["d.csv"], "--truth", _folder["truth.json"],
                "--input-noise", "x1=0.1", "--json")).Json();
        Assert.Equal(["arithmetic", "misfit", "noise"],
            explained.GetProperty("causes").EnumerateArray().Select(cause => cause.Text("code")));
        var reliability = explained.GetProperty("corrected").GetProperty("reliability").Numbers();
        Assert.InRange(reliability[0], 0.8, 0.95);
        Assert.Equal([1, 1], reliability[1..]);
        Assert.Contains("best fit / corrected",
            (await Run("explain", _folder["m.json"], _folder["d.csv"], "--input-noise", "x1=0.1")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_is_tested_where_it_means_something()
    {
        _folder.Write("d.csv",
            "x,y\n"
                + string.Concat(
                    Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 37 % 61},"
                        + $"{Math.Sin(i / 2.0):R}\n"))));
        async Task<string[]> Codes(params string[] words) =>
            (await Run(["fit", _folder["d.csv"], "--target", "y", .. words, "--json"])).Json().Codes();
        var unasked = await Codes();
        Assert.DoesNotContain("durbin-watson", unasked);
        Assert.Contains("order-in-doubt", unasked);
        Assert.Contains("durbin-watson", await Codes("--ordered"));
    }

    [Fact]
    public async Task Rows_that_cannot_be_seen_again_are_told_as_such()
    {
        await Simulated();
        await Run("fit", _folder["d.csv"], "--target", "y1,y2,y3", "-o", _folder["m.json"]);
        await Run("moments", _folder["d.csv"], "-o", _folder["d.moments"]);
        var explained = (await Run("explain", _folder["m.json"], _folder["d.moments"], "--json")).Json();
        Assert.Contains("rows-not-seen", explained.Codes());
        Assert.Equal(JsonValueKind.Null, explained.GetProperty("rowTests").ValueKind);
    }

    [Theory]
    [InlineData("--ridge 1 --weight-decay 1",
        "give only one of --ridge, --weight-decay and --start")]
    [InlineData("--steps 3", "give --start, --steps and --learning-rate together, or none of them")]
    [InlineData("--input-noise x9=1", "--input-noise names 'x9', which is no input; did you mean 'x1'?")]
    [InlineData("--input-noise x1=-1",
        "--input-noise holds 'x1=-1', expected a standard deviation of 0 or more, such as x1=0.1.")]
    public async Task Options_that_cannot_be_meant_are_refused(string words, string message)
    {
        await Simulated();
        var run = await CliRun.Of(["explain", _folder["truth.json"], _folder["d.csv"], .. words.Split(' ')]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + message, run.Error, StringComparison.Ordinal);
    }

    private Task<CliRun> Simulated() =>
        Run("simulate", "--inputs", "3", "--outputs", "3", "--rows", "60", "--noise", "0.02", "-o", _folder["d.csv"],
            "--truth", _folder["truth.json"]);

    private static async Task<CliRun> Run(params string[] words)
    {
        var run = await CliRun.Of(words);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run;
    }
}
