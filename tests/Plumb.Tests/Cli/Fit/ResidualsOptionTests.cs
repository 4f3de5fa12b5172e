using System.Globalization;

namespace Plumb.Tests.Cli;

/// <summary>plumb fit --residuals: a row for each row of data.</summary>
public sealed class ResidualsOptionTests
{
    [Fact]
    public async Task Rows_are_written_with_what_they_say()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("fit", Reference.PathOf("influence", "stackloss.csv"), "--target", "loss",
            "--residuals", folder["rows.csv"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = File.ReadAllLines(folder["rows.csv"]);
        Assert.Equal("row,leverage,loss,loss_fitted,loss_residual,loss_standardized,loss_studentized,loss_deleted,"
            + "loss_cook,loss_dffits", lines[0]);
        Assert.Equal(22, lines.Length);
        double[] last = [.. lines[^1].Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        Assert.Equal(21, last[0]);
        Assert.Equal(-3.3304933, last[6], 1e-6); // R: rstudent
        Assert.Equal(0.6919999, last[8], 1e-6); // R: cooks.distance
    }

    [Fact]
    public async Task Parquet_and_several_targets_are_written_too()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("t.csv", "x,leverage,y\n0,1,1\n1,2,2\n2,1,4\n3,5,4\n");
        var run = await CliRun.Of("fit", data, "--input", "x", "--target", "leverage,y", "--residuals",
            folder["rows.parquet"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var look = await CliRun.Of("look", folder["rows.parquet"], "--json");
        Assert.Contains("\"leverage_\"", look.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "reads the rows once more", "--no-second-look")]
    [InlineData(4, "compares rows with the noise", "--ridge", "1")]
    public async Task Rows_that_say_nothing_are_refused_and_nothing_is_written(int exitCode, string message,
        params string[] options)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of(["fit", Reference.PathOf("influence", "cars.csv"), "--target", "dist", "--residuals",
            folder["rows.csv"], .. options]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, string.Join(' ', run.Error.Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["rows.csv"]));
    }

    [Fact]
    public async Task Data_are_not_written_over()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("t.csv", "x,y\n0,1\n1,2\n2,4\n");
        Assert.Equal(2, (await CliRun.Of("fit", data, "--target", "y", "--residuals", data)).ExitCode);
    }
}
