using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plumb.Tests.Cli;

/// <summary>Reports and pictures as files.</summary>
public sealed partial class ReportFileTests
{
    private static readonly string s_energy = Path.Combine(Repository.Root, "samples", "energy.csv");

    public static TheoryData<string, string[]> Commands() => new()
    {
        { "fit DATA --target heating_load,cooling_load",
            ["weights", "digits-1", "residuals-1", "leverage-2", "spectrum"] },
        { "fit DATA --target heating_load --input compactness,height",
            ["weights", "digits", "predicted-measured", "residuals", "quantiles", "scale", "leverage"] },
        { "fit DATA --target heating_load --ridge 1", ["digits"] },
        { "fit DATA --target heating_load --no-second-look", ["weights", "digits", "spectrum"] },
        { "train DATA --target heating_load --input compactness,height --steps 500", ["loss", "spectrum"] },
        { "train DATA --target heating_load --input height --batch 64 --steps 200", ["loss"] },
        { "next DATA --target heating_load --input height,glazing_area --box height=3:7,glazing_area=0:1",
            ["next-points"] },
        { "demo", ["seed"] },
        { "look DATA", [] },
    };

    /// <summary>
    /// One file: well-formed, each id once, nothing loaded, nothing run, no style but its own; each picture with its
    /// numbers.
    /// </summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Report_is_one_file_that_needs_nothing_else(string command, string[] pictures)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of([.. Words(command), "--report", folder["r.html"]]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var html = await File.ReadAllTextAsync(folder["r.html"], TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.Empty(Loading().Matches(html));
        Assert.InRange(html.Length, 1000, 500_000);
        var body = XElement.Parse(html[html.IndexOf("<main>", StringComparison.Ordinal)..html.LastIndexOf("</body>",
            StringComparison.Ordinal)]);
        var ids = body.DescendantsAndSelf().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var figures = body.Descendants("figure").ToList();
        Assert.Subset(figures.Select(figure => figure.Attribute("id")!.Value).ToHashSet(), pictures.ToHashSet());
        Assert.All(figures, figure => Assert.Single(figure.Descendants("table")));
    }

    /// <summary>It says 50% and 95%, which --level does not change.</summary>
    [Fact]
    public async Task Picture_of_weights_keeps_its_levels()
    {
        using var folder = new TemporaryFolder();
        async Task<string> At(string level)
        {
            await CliRun.Of("fit", s_energy, "--target", "heating_load", "--level", level, "--svg", folder[level]);
            return await File.ReadAllTextAsync(Path.Combine(folder[level], "weights.svg"),
                TestContext.Current.CancellationToken);
        }

        Assert.Equal(await At("0.95"), await At("0.5"));
    }

    [Fact]
    public async Task Markdown_report_holds_the_verdict_and_the_tables()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("fit", s_energy, "--target", "heating_load", "--report", folder["r.md"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var text = await File.ReadAllTextAsync(folder["r.md"], TestContext.Current.CancellationToken);
        Assert.StartsWith("# Least squares: y = W x + b\n", text, StringComparison.Ordinal);
        Assert.Contains("\n**Don't trust the weights of surface\\_area", text, StringComparison.Ordinal);
        Assert.Contains("\n| compactness | -13.2283 |", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--report", "r.txt", 2)]
    [InlineData("--report", "no/such/r.html", 5)]
    [InlineData("--report", "", 2)]
    [InlineData("--svg", "no/such/folder", 5)]
    [InlineData("--svg", "", 2)]
    public async Task What_cannot_be_written_is_refused_before_anything_is_read(string option, string file, int code)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("fit", folder["missing.csv"], "--target", "y", option,
            file.Length == 0 ? "" : folder[file]);
        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.DoesNotContain("missing.csv", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The pictures of the documents are those that the commands draw.</summary>
    [Theory]
    [InlineData("energy-weights", "weights", "fit DATA --target heating_load,cooling_load")]
    [InlineData("question", "seed", "demo")]
    [InlineData("training", "loss",
        "train DATA --target heating_load --input compactness,height,glazing_area --steps 20000")]
    [InlineData("residuals", "residuals", "fit DATA --target heating_load --input compactness,height,glazing_area")]
    [InlineData("scale", "scale", "fit DATA --target heating_load --input compactness,height,glazing_area")]
    [InlineData("leverage", "leverage", "fit DATA --target heating_load --input compactness,height,glazing_area")]
    public async Task Pictures_of_the_documents_are_what_commands_draw(string name, string picture, string command)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await CliRun.Of([.. Words(command), "--svg", folder["pictures"]])).ExitCode);
        Golden.VerifyFile(Path.Combine(Repository.Root, "docs", "pictures", name + ".svg"),
            await File.ReadAllTextAsync(Path.Combine(folder["pictures"], picture + ".svg"),
                TestContext.Current.CancellationToken));
    }

    private static string[] Words(string command) =>
        [.. command.Split(' ').Select(word => word == "DATA" ? s_energy : word)];

    // What would make a browser fetch something.
    [GeneratedRegex("""\b(src|srcset|data|poster|action)\s*=|href\s*=\s*"(?!#)|url\((?!#)|@import""")]
    private static partial Regex Loading();
}
