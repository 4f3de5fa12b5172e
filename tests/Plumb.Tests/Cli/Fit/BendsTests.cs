namespace Plumb.Tests.Cli;

/// <summary>plumb moments --bends: what moments keep of curvature.</summary>
public sealed class BendsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Parabola => Reference.PathOf("verdicts", "anscombe2.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fit_of_moments_names_the_input_that_a_target_is_curved_in()
    {
        var kept = await Keep("all", Parabola, "--bends");
        var fit = (await CliRun.Of("fit", kept, "--target", "y2", "--json")).Json();
        Assert.Contains("curved", fit.Codes());
        Assert.Contains("'y2' is curved in x2 (F test of its square:",
            (await CliRun.Of("fit", kept, "--target", "y2")).OneLine(), StringComparison.Ordinal);
        var plain = (await CliRun.Of("fit", await Keep("plain", Parabola), "--target", "y2", "--json")).Json();
        Assert.DoesNotContain("curved", plain.Codes());

        // The squares tell of curvature, and are no inputs.
        foreach (var name in new[] { "inputs", "weights", "bias", "standardErrors", "rSquared" })
        {
            Assert.Equal(plain.GetProperty(name).GetRawText(), fit.GetProperty(name).GetRawText());
        }
    }

    [Fact]
    public async Task Merged_moments_say_the_same()
    {
        var lines = await File.ReadAllLinesAsync(Parabola, TestContext.Current.CancellationToken);
        var first = await Keep("a", _folder.Write("a.csv", string.Join('\n', lines[..5]) + "\n"), "--bends");
        var second = await Keep("b", _folder.Write("b.csv", string.Join('\n', [lines[0], .. lines[5..]]) + "\n"),
            "--bends");
        Assert.Equal(0,
            (await CliRun.Of("merge", first, second, "--one-part", "-o", _folder["merged.moments"])).ExitCode);
        var whole = await Keep("all", Parabola, "--bends");
        Assert.Equal(await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(_folder["merged.moments"], TestContext.Current.CancellationToken));
        var mixed = await CliRun.Of("merge", first, await Keep("c", _folder["b.csv"]), "-o", _folder["mixed.moments"]);
        Assert.Equal(3, mixed.ExitCode);
    }

    [Fact]
    public async Task Squares_that_are_kept_can_be_inputs_when_named()
    {
        var kept =
            (await CliRun.Of("fit", await Keep("all", Parabola, "--bends"), "--target", "y2", "--input", "x2,x2^2",
                "--json")).Json();
        var direct =
            (await CliRun.Of("fit", Parabola, "--target", "y2", "--input", "x2,x2^2", "--numbers", "double",
                "--json")).Json();
        Assert.Equal(direct.GetProperty("weights").GetRawText(), kept.GetProperty("weights").GetRawText());
        Assert.DoesNotContain("curved", kept.Codes());
        Assert.Equal(3,
            (await CliRun.Of("fit", await Keep("plain", Parabola), "--target", "y2", "--input", "x2,x2^2")).ExitCode);
    }

    [Fact]
    public async Task Weighted_rows_keep_squares_as_well()
    {
        var lines = await File.ReadAllLinesAsync(Parabola, TestContext.Current.CancellationToken);
        var data = _folder.Write("w.csv",
            string.Join('\n', lines.Select((line, i) => line + (i == 0 ? ",w" : ",1"))) + "\n");
        var weighted =
            (await CliRun.Of("fit", await Keep("w", data, "--bends", "--weight", "w"), "--target", "y2",
                "--json")).Json();
        Assert.Contains("curved", weighted.Codes());
    }

    private async Task<string> Keep(string name, string data, params string[] options)
    {
        var path = _folder[name + ".moments"];
        Assert.Equal(0, (await CliRun.Of(["moments", data, "-o", path, .. options])).ExitCode);
        return path;
    }
}
