namespace Plumb.Tests.Cli;

public sealed class ExportTests
{
    private const string Model =
        """{"inputs": ["a", "b"], "targets": ["y"], "weights": [[1, 10]], "bias": [0.5],"""
            + """ "undetermined": [{"weights": [1, -1], "bias": 0}]}""";

    [Theory]
    [InlineData("m.npz")]
    [InlineData("m.SAFETENSORS")]
    [InlineData("m.json")]
    [InlineData("m")]
    public async Task Exported_model_predicts_what_the_model_predicts(string file)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("export", folder.Write("model.json", Model), "-o", folder[file]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        var predicted = await CliRun.WithInput("b,c,a\n1,text,2\n3,,4\n", "predict", folder[file], "-");
        Assert.StartsWith("y", predicted.Output, StringComparison.Ordinal);
        Assert.Equal(["12.5", "34.5"],
            predicted.Output.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData("m.onnx", true)]
    [InlineData("m.cs", true)]
    [InlineData("m.py", true)]
    [InlineData("m.h", true)]
    [InlineData("m.json", false)]
    public async Task What_the_format_cannot_keep_is_said(string file, bool isLost)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("export", folder.Write("model.json", Model), "-o", folder[file]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(isLost, run.Error.Contains("not that the data leave a direction "
            + "undetermined", StringComparison.Ordinal));
        Assert.Contains(file, folder.Files);
    }

    [Fact]
    public async Task Single_precision_is_for_ONNX_and_says_what_it_changed()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("model.json", """{"weights": [[0.1, 0.5]], "bias": [1]}""");
        var run = await CliRun.Of("export", model, "-o", folder["m.onnx"], "--precision", "float32");
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains(
            "W and b were rounded to single precision; the largest relative change is 1.5e-08, of w[y1,x1].",
            run.Error, StringComparison.Ordinal);
        var again = await CliRun.Of("export", model, "-o", folder["d.onnx"], "--precision", "double");
        Assert.Equal("", again.Error);
        Assert.True(new FileInfo(folder["d.onnx"]).Length > new FileInfo(folder["m.onnx"]).Length);
        run = await CliRun.Of("export", model, "-o", folder["m.npz"], "--precision", "float32");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--precision float32 is for .onnx, and", run.Error, StringComparison.Ordinal);
        var large = folder.Write("large.json", """{"weights": [[0.1, 1e300]], "bias": [1]}""");
        run = await CliRun.Of("export", large, "-o", folder["l.onnx"], "--precision", "float32");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("w[y1,x2] is 1E+300, beyond the range of single precision", run.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("l.onnx", folder.Files);
    }

    [Fact]
    public async Task Every_command_that_writes_models_writes_every_format_and_refuses_others_before_it_works()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("d.csv", "x,y\n1,3\n2,5\n3,7\n");
        Assert.Equal(0, (await CliRun.Of("fit", data, "--target", "y", "-o", folder["f.npz"])).ExitCode);
        Assert.Equal("y\n9\n", (await CliRun.WithInput("x\n4\n", "predict", folder["f.npz"], "-")).Output);
        Assert.Equal(0, (await CliRun.Of("train", data, "--target", "y", "-o", folder["t.onnx"])).ExitCode);
        Assert.Equal(0, (await CliRun.Of("explain", folder["f.npz"], data, "-o", folder["e.safetensors"])).ExitCode);
        Assert.Equal(0,
            (await CliRun.Of("simulate", "--inputs", "2", "--outputs", "1", "--rows", "3", "--truth",
                folder["s.cs"])).ExitCode);
        Assert.Contains("public static class S\n", File.ReadAllText(folder["s.cs"]), StringComparison.Ordinal);
        foreach (string[] command in new string[][] { ["fit", folder["none.csv"], "--target", "y"],
            ["export", folder["none.json"]], ["train", folder["none.csv"], "--target", "y"] })
        {
            var run = await CliRun.Of([.. command, "-o", "model.pkl"]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(
                "'model.pkl', which has no known model extension; use .json, .npz, .safetensors, .onnx, .cs, .py or .h",
                run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(["d.csv", "e.safetensors", "f.npz", "s.cs", "t.onnx"], folder.Files);
    }
}
