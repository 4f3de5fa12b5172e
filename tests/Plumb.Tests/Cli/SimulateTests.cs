using System.Globalization;

namespace Plumb.Tests.Cli;

public sealed class SimulateTests
{
    [Fact]
    public async Task Same_seed_gives_the_same_bytes() =>
        Golden.Verify("simulate",
            (await Simulate("--inputs", "2", "--outputs", "3", "--rows", "3", "--noise", "0.5", "--seed", "7")).Output);

    [Fact]
    public async Task Another_seed_gives_other_rows() =>
        Assert.NotEqual((await Simulate("--inputs", "2", "--outputs", "1", "--rows", "3", "--seed", "1")).Output,
            (await Simulate("--inputs", "2", "--outputs", "1", "--rows", "3", "--seed", "2")).Output);

    [Fact]
    public async Task Rows_follow_the_truth_and_noise_leaves_x_alone()
    {
        using var folder = new TemporaryFolder();
        var clean = await Simulate("--inputs", "3", "--outputs", "2", "--rows", "50", "--truth", folder["truth.json"],
            "-o", folder["data.csv"]);
        var noisy = await Simulate("--inputs", "3", "--outputs", "2", "--rows", "50", "--noise", "0.1");
        Assert.Equal((0, "", ""), (clean.ExitCode, clean.Output, clean.Error));
        Assert.Equal(["data.csv", "truth.json"], folder.Files);
        var truth = ModelFile.Parse(File.ReadAllText(folder["truth.json"]));
        Assert.Equal(new Provenance("simulate") { HasBias = true, Seed = 1 }, truth.Provenance);

        var rows = Rows(File.ReadAllText(folder["data.csv"]));
        var noisyRows = Rows(noisy.Output);
        Assert.Equal(50, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i][..3], noisyRows[i][..3]);
            Assert.Equal(truth.Map.Apply(rows[i].AsSpan(0, 3)), rows[i][3..]);
            Assert.All(rows[i][..3], x => Assert.InRange(x, 0, 1));
            Assert.All(rows[i][3..].Zip(noisyRows[i][3..], (y, z) => y - z),
                difference => Assert.InRange(Math.Abs(difference), 1e-12, 1));
        }
    }

    private static Task<CliRun> Simulate(params string[] args) => CliRun.Of(["simulate", .. args]);

    private static double[][] Rows(string csv) =>
        [.. csv.TrimEnd('\n')
            .Split('\n')[1..].Select(line =>
                line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
}
