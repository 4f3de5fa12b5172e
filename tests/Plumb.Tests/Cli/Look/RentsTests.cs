using System.Text;

namespace Plumb.Tests.Cli;

/// <summary>
/// A table as people keep one, with a date, a category, yes and no, thousands with commas and gaps, from the first look
/// to the exported map.
/// </summary>
public sealed class RentsTests
{
    [Fact]
    public async Task Every_step_is_as_it_should_be()
    {
        using var folder = new TemporaryFolder();
        var (data, model, code) = (Reference.PathOf("rents.csv"), folder["rents.json"], folder["rents.cs"]);
        var log = new StringBuilder();
        async Task<CliRun> StepAsync(int exitCode, params string[] args)
        {
            var run = await CliRun.Of(args);
            var head = run.Output.Split("\n\n")[0]; // breaks where the paths' lengths say
            log.Append($"$ plumb {string.Join(' ', args)}\n{head.Replace('\n', ' ')}{run.Output[head.Length..]}")
                .Append($"{run.Error}\n");
            Assert.True(exitCode == run.ExitCode, log.ToString());
            return run;
        }

        await StepAsync(0, "look", data);
        var refused = await StepAsync(3, "fit", data, "--target", "rent");
        Assert.Contains("--missing drop", refused.Error, StringComparison.Ordinal);
        await StepAsync(0, "fit", data, "--target", "rent", "--missing", "drop", "-o", model);
        await StepAsync(0, "score", model, data, "--missing", "drop");
        await StepAsync(3, "explain", model, data);
        await StepAsync(0, "explain", model, data, "--missing", "drop");
        await StepAsync(0, "export", model, "-o", code);
        await StepAsync(0, "export", model, "-o", folder["rents.onnx"]);
        Golden.Verify("rents", log.ToString()
            .Replace(Path.GetDirectoryName(model)! + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(data, "rents.csv", StringComparison.Ordinal));
        Assert.Contains("Apply(double listed, string city, double area_m2, double rooms, bool balcony)",
            await File.ReadAllTextAsync(code, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_are_near_those_that_the_rents_were_made_with()
    {
        var fit = (await CliRun.Of("fit", Reference.PathOf("rents.csv"), "--target", "rent", "--missing", "drop",
            "--json")).Json();
        double[] made = [0.25, 60, -270, 300, 11.4, 35, 60];
        var found = fit.GetProperty("weights")[0].Numbers();
        var errors = fit.GetProperty("standardErrors").GetProperty("weights")[0].Numbers();
        Assert.All(made.Index(), weight => Assert.InRange(Math.Abs(found[weight.Index] - weight.Item)
            / errors[weight.Index], 0, 3));
    }

    [Fact]
    public async Task Every_row_keeps_its_place_among_the_predictions()
    {
        using var folder = new TemporaryFolder();
        var data = Reference.PathOf("rents.csv");
        Assert.Equal(0, (await CliRun.Of("fit", data, "--target", "rent", "--missing", "drop", "-o",
            folder["m.json"])).ExitCode);
        var run = await CliRun.Of("predict", folder["m.json"], data, "--keep", "listed,city", "--missing", "empty");
        Assert.Equal((0, "plumb: warning: 10 of 160 rows lack a value that the model needs: their predictions are "
            + "empty.\n"), (run.ExitCode, run.Error));
        var (rows, lines) = (File.ReadAllLines(data), run.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal("listed,city,rent", lines[0]);
        Assert.Equal(rows.Skip(1).Select(row => string.Join(',', row.Split(',')[..2])),
            lines.Skip(1).Select(line => string.Join(',', line.Split(',')[..2])));
        Assert.Equal(10, lines.Count(line => line.EndsWith(',')));
    }
}
