using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>Runs of 'plumb train' on data that are made for them.</summary>
internal static class TrainRuns
{
    /// <summary>50 rows, 3 inputs, 2 targets, in d.csv; their truth in truth.json.</summary>
    public static async Task<TemporaryFolder> Simulated(string noise = "0")
    {
        var folder = new TemporaryFolder();
        var run = await CliRun.Of("simulate", "--inputs", "3", "--outputs", "2", "--rows", "50", "--noise", noise, "-o",
            folder["d.csv"], "--truth", folder["truth.json"]);
        Assert.Equal(0, run.ExitCode);
        return folder;
    }

    /// <summary>What a run on these data gives as JSON.</summary>
    public static Task<JsonElement> Train(TemporaryFolder folder, params string[] words) =>
        Run(folder, ["--target", "y1,y2", .. words]);

    /// <summary>The same, of other targets.</summary>
    public static Task<JsonElement> Run(TemporaryFolder folder, params string[] words) =>
        JsonOf(["train", folder["d.csv"], .. words]);

    /// <summary>What a command gives as JSON.</summary>
    public static async Task<JsonElement> JsonOf(params string[] words)
    {
        var run = await CliRun.Of([.. words, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Json();
    }

    /// <summary>W and b of a model's file.</summary>
    public static double[][] Model(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Parameters();
    }
}
