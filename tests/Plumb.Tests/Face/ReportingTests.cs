using System.Globalization;
using System.Text;
using Plumb.Tests.Cli;
using Spectre.Console;

namespace Plumb.Tests.Face;

/// <summary>The library's reports are what the command line prints.</summary>
public sealed class ReportingTests
{
    private static readonly string[] s_inputs = ["x1", "x2", "x3"];
    private static readonly string[] s_targets = ["y1", "y2"];

    public static TheoryData<string> Files() => ["noisy", "dependent", "curved"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Report_of_a_fit_is_what_the_command_prints(string kind)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("rows.csv", Csv(kind));
        string[] words = ["fit", path, "--target", "y1,y2", "--input", "x1,x2,x3", "--numbers", "double"];
        var (fit, rows, settings) = await FittedAsync(path);

        Assert.Equal(Output(await CliRun.Of(words)), Flagged(fit.Report(rows, settings)));
        Assert.Equal(Output(await CliRun.Of([.. words, "--evidence", "--covariance", "--statistics", "--loss", "sum"])),
            Flagged(fit.Report(rows, settings with
            {
                ShowsEvidence = true,
                ShowsCovariance = true,
                ShowsStatistics = true,
                Loss = Loss.Sum,
            })));
        Assert.Equal(Output(await CliRun.Of([.. words, "--json"])), Flagged(fit.ToJson(rows, settings) + "\n"));
        foreach (var (file, text) in new[] { ("r.md", fit.ToMarkdown(rows, settings)),
            ("r.html", fit.ToHtml(rows, settings)) })
        {
            Output(await CliRun.Of([.. words, "--report", folder[file]]));
            Assert.Equal(await File.ReadAllTextAsync(folder[file], TestContext.Current.CancellationToken),
                Flagged(text));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Report_of_an_explanation_is_what_the_command_prints(string kind)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("rows.csv", Csv(kind));
        var model = folder.Write("model.json", """
            { "inputs": ["x1", "x2", "x3"], "targets": ["y1", "y2"],
              "weights": [[1.5, -1, 0.25], [0.5, 2, 1]], "bias": [1, 2] }
            """);
        string[] words = ["explain", model, path, "--numbers", "double"];
        var (fit, rows, settings) = await FittedAsync(path, withClouds: false);
        settings = settings with { Map = model };
        var map = new AffineMap(new Matrix(new double[,] { { 1.5, -1, 0.25 }, { 0.5, 2, 1 } }), [1, 2], fit.Names);
        var explanation = Explanation.Of(map, fit, new Background { Rows = rows, IsForeign = true });
        if (explanation.OriginEvidence is { Answer: Answer.Fails }) // then the command reads the rows once more
        {
            await using var reader = await OpenAsync(path);
            var token = TestContext.Current.CancellationToken;
            var hints = await RowHints.OfAsync(map, fit.Moments, reader.ReadAsync(s_inputs, s_targets, token), token);
            explanation = Explanation.Of(map, fit, new Background { Rows = rows, IsForeign = true, Hints = hints });
        }

        Assert.Equal(Output(await CliRun.Of(words)), Flagged(explanation.Report(settings)));
        Assert.Equal(Output(await CliRun.Of([.. words, "--json"])), Flagged(explanation.ToJson(settings) + "\n"));
        Output(await CliRun.Of([.. words, "--report", folder["r.html"]]));
        Assert.Equal(await File.ReadAllTextAsync(folder["r.html"], TestContext.Current.CancellationToken),
            Flagged(explanation.ToHtml(settings)));
        Assert.StartsWith("# ", explanation.ToMarkdown());
    }

    [Fact]
    public async Task Report_of_a_proposal_is_what_the_command_prints()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("rows.csv", Csv("noisy"));
        string[] words = ["next", path, "--target", "y1,y2", "--input", "x1,x2,x3", "--numbers", "double", "--box",
            "x1=0:1,x2=0:1,x3=-1:2"];
        var (fit, _, settings) = await FittedAsync(path);
        var box = new CandidatePoints.Box([0, 0, -1], [1, 1, 2]);
        var proposal = new Experiment(new ExperimentGoal.Determinant()).Propose(fit.Moments, box);

        Assert.Equal(Output(await CliRun.Of(words)), proposal.Report(fit, box, settings: settings));
        Assert.Equal(Output(await CliRun.Of([.. words, "--json"])),
            proposal.ToJson(fit, box, settings: settings) + "\n");
        foreach (var (file, text) in new[] { ("r.md", proposal.ToMarkdown(fit, box, settings: settings)),
            ("r.html", proposal.ToHtml(fit, box, settings: settings)) })
        {
            Output(await CliRun.Of([.. words, "--report", folder[file]]));
            Assert.Equal(await File.ReadAllTextAsync(folder[file], TestContext.Current.CancellationToken), text);
        }
    }

    [Fact]
    public async Task One_row_has_a_report_without_tables()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("rows.csv", Csv("one-row"));
        var (fit, _, settings) = await FittedAsync(path);
        static string OnOneLine(string text) => text.ReplaceLineEndings(" ");
        Assert.Equal(OnOneLine(Output(await CliRun.Of("fit", path, "--target", "y1,y2", "--input", "x1,x2,x3"))),
            OnOneLine(Flagged(fit.Report(settings: settings))));
    }

    [Fact]
    public async Task Lines_keep_to_their_width_and_rows_not_given_are_said_to_be_missing()
    {
        using var folder = new TemporaryFolder();
        var (fit, _, _) = await FittedAsync(folder.Write("rows.csv", Csv("noisy")));
        foreach (var width in (int[])[20, 40, 80, 120])
        {
            var text = fit.Report(settings: new ReportSettings { Width = width, ShowsEvidence = true });
            Assert.All(text.Split('\n'), line => Assert.InRange(line.GetCellWidth(), 0, width));
        }

        Assert.Contains("the rows were not given", fit.Report(settings: new ReportSettings { ShowsEvidence = true }),
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReportSettings { Width = 19 });
    }

    /// <summary>The library counts columns as the console does that the command line writes to.</summary>
    [Fact]
    public void Characters_are_as_wide_as_the_console_takes_them_for()
    {
        var wrong = new StringBuilder();
        for (var value = 0x20; value < 0x110000; value++)
        {
            if (Rune.IsValid(value) && value != 0x1200 && new Rune(value) is var rune // a letter, of no width there
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned)
                && CellWidth.Of(rune.ToString()) != rune.ToString().GetCellWidth())
            {
                wrong.Append(CultureInfo.InvariantCulture, $" U+{value:X4}");
            }
        }

        Assert.Equal("", wrong.ToString());
        Assert.All((string[])["e\u0301", "🇩🇪", "👩‍👩‍👧", "❤️", "漢字", "각", "नमस्ते", "👍🏽"],
            text => Assert.Equal(text.GetCellWidth(), CellWidth.Of(text)));
    }

    private static string Output(CliRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }

    /// <summary>What the command line adds to what the library says: its flags.</summary>
    private static string Flagged(string text) =>
        text.Replace("the JSON gives", "--json gives", StringComparison.Ordinal);

    private static async Task<(LinearFit Fit, RowReport Rows, ReportSettings Settings)> FittedAsync(string path,
        bool withClouds = true)
    {
        await using var reader = await OpenAsync(path);
        var fit = new LeastSquares { WithholdTooLarge = true }.Fit(await Moments.ReadAsync(reader, s_inputs, s_targets,
            cancellationToken: TestContext.Current.CancellationToken));
        await using var again = await OpenAsync(path);
        var token = TestContext.Current.CancellationToken;
        var rows = await RowTests.OfAsync(fit, again.ReadAsync(s_inputs, s_targets, token), withClouds: withClouds,
            cancellationToken: token);
        return (fit, rows, new ReportSettings { Data = path, Width = 100, DataFindings = reader.Findings });
    }

    private static Task<CsvReader> OpenAsync(string path) => CsvReader.OpenAsync(File.OpenRead(path), path,
        cancellationToken: TestContext.Current.CancellationToken);

    private static string Csv(string kind)
    {
        var random = new RandomSource(7);
        var text = new StringBuilder("x1,x2,x3,y1,y2\n");
        for (var i = 0; i < (kind == "one-row" ? 1 : 60); i++)
        {
            var (x1, x2) = (random.NextDouble(), random.NextDouble());
            var x3 = kind == "dependent" ? x1 + x2 : 3 * random.NextDouble() - 1;
            var bend = kind == "curved" ? 4 * x1 * x1 : 0;
            text.Append(CultureInfo.InvariantCulture,
                $"{x1:R},{x2:R},{x3:R},{1.5 * x1 - x2 + 0.25 * x3 + 1 + bend + 0.1 * random.NextNormal():R},"
                    + $"{0.5 * x1 + 2 * x2 + x3 + 2 + 0.3 * random.NextNormal():R}\n");
        }

        return text.ToString();
    }
}
