using System.Globalization;
using System.Text.Json;
using Plumb.Cli;
using Plumb.Studio;
using Plumb.Tests.Cli;

namespace Plumb.Tests.Studio;

/// <summary>What the studio's page gets to see: what the command line says of the same file.</summary>
public sealed class StudioTests
{
    [Fact]
    public async Task The_address_holds_the_token_where_browsers_send_it_to_nobody()
    {
        await using var page = await StudioPage.StartAsync();
        Assert.Equal("127.0.0.1", page.Root.Host);
        Assert.Equal(43, page.Token.Length); // 256 bits
        await using var other = await StudioPage.StartAsync();
        Assert.NotEqual(page.Token, other.Token);
        using var html = await page.Client.GetAsync(page.Root, TestContext.Current.CancellationToken);
        Assert.Equal("text/html", html.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_opened_file_shows_its_columns_and_a_fit_its_report_rows_and_plan()
    {
        await using var page = await StudioPage.StartAsync();
        var opened = await page.AskAsync("/api/open", """{"file": "data.csv"}""");
        Assert.Equal(["u", "v", "y"], opened.GetProperty("look").GetProperty("columns").EnumerateArray()
            .Select(column => column.GetProperty("name").GetString()));
        Assert.Equal("plumb look data.csv", opened.GetProperty("command").GetString());

        var fitted = await page.AskAsync("/api/fit", """{"targets": ["y"], "inputs": ["u"]}""");
        Assert.Equal("plumb fit data.csv --target y --input u", fitted.GetProperty("command").GetString());
        Assert.Contains("data.csv: 60 rows, 1 input, 1 target", fitted.GetProperty("report").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(60, fitted.GetProperty("clouds")[0].GetProperty("points").GetArrayLength());
    }

    [Fact]
    public async Task Many_rows_are_counted_in_cells()
    {
        const int Rows = 6000;
        await using var page = await StudioPage.StartAsync(inside =>
            File.WriteAllText(Path.Combine(inside, "many.csv"), StudioPage.Data(Rows)));
        await page.AskAsync("/api/open", """{"file": "many.csv"}""");
        var fitted = await page.AskAsync("/api/fit", """{"targets": ["y"], "inputs": ["u", "v"]}""");
        var cloud = fitted.GetProperty("clouds")[0];
        Assert.Equal(0, cloud.GetProperty("points").GetArrayLength());
        foreach (var grid in (string[])["fittedAndResidual", "fittedAndMeasured", "leverageAndStandardized"])
        {
            var cells = cloud.GetProperty(grid).GetProperty("cells").EnumerateArray().Select(x => x.GetInt64());
            Assert.Equal(Rows, cells.Chunk(3).Sum(cell => cell[2]));
        }
    }

    [Fact]
    public async Task Predictions_of_the_page_are_the_losses_that_training_has()
    {
        await using var page = await StudioPage.StartAsync();
        var plan = (await page.FitAsync()).GetProperty("training");
        foreach (var (kind, flag) in new[] { ("plain", "false"), ("standardized", "true") })
        {
            var way = plan.GetProperty(kind);
            double[] Numbers(string name) => [.. way.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];
            var (eigenvalues, lengths) = (Numbers("eigenvalues"), Numbers("lengths"));
            var rate = 0.3 * way.GetProperty("bestRate").GetDouble();
            double Predicted(long step) => plan.GetProperty("leastLoss").GetDouble() + eigenvalues.Zip(lengths,
                (e, l) => e * l * l / 2 * Math.Pow(1 - rate * e, 2 * step)).Sum();
            Assert.Equal(plan.GetProperty("startLoss").GetDouble(), Predicted(0), 1e-9);
            var events = await TrainAsync(page, rate, 200, flag);
            Assert.All(events.SkipLast(1), item => Assert.Equal(1,
                item.GetProperty("loss").GetDouble() / Predicted(item.GetProperty("step").GetInt64()), 1e-9));
        }
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_run_ends_where_its_command_does(string isStandardized)
    {
        await using var page = await StudioPage.StartAsync();
        await page.FitAsync();
        var end = (await TrainAsync(page, 0.05, 300, isStandardized))[^1];
        var line = end.GetProperty("command").GetString()!;
        using var folder = new TemporaryFolder();
        var file = folder.Write("data.csv", StudioPage.Data(60));
        string[] words = [.. line.Split(' ').Skip(1).Select(word => word == "data.csv" ? file : word)];
        var run = await CliRun.Of([.. words, "--json"]);
        using var document = JsonDocument.Parse(run.Output);
        var learned = document.RootElement.GetProperty("learned");
        Assert.Equal(300, end.GetProperty("steps").GetInt64());
        Assert.True(JsonElement.DeepEquals(learned, end.GetProperty("map")), $"{learned} {end}");
    }

    [Fact]
    public async Task A_million_steps_are_told_in_a_few()
    {
        await using var page = await StudioPage.StartAsync();
        await page.FitAsync();
        using var response = await page.SendAsync(page.Question("/api/train", """{"rate": 1e-6, "steps": 1000000}"""));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.InRange(text.Length, 1, 100_000);
        Assert.Contains("\"steps\":1000000,", text, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"{text.Length} characters"));
    }

    [Fact]
    public async Task A_run_that_diverges_says_so()
    {
        await using var page = await StudioPage.StartAsync();
        await page.FitAsync();
        Assert.True((await TrainAsync(page, 10, 1000, "false"))[^1].GetProperty("diverged").GetBoolean());
    }

    [Fact]
    public async Task Without_a_row_is_the_fit_to_the_others_to_the_bit()
    {
        await using var page = await StudioPage.StartAsync();
        await page.FitAsync();
        var answer = await page.AskAsync("/api/row", """{"row": 17}""");
        Assert.Equal("sed 18d data.csv | plumb fit - --target y", answer.GetProperty("command").GetString());
        string[] lines = StudioPage.Data(60).Split('\n');
        var others = string.Join('\n', lines.Where((_, i) => i != 17));
        var run = await CliRun.WithInput(others, "fit", "-", "--target", "y", "--json");
        using var document = JsonDocument.Parse(run.Output);
        var map = document.RootElement;
        string[] expected = [.. map.GetProperty("weights")[0].EnumerateArray().Select(x => x.ToString()),
            map.GetProperty("bias")[0].ToString()];
        Assert.Equal(expected, answer.GetProperty("targets")[0].GetProperty("parameters").EnumerateArray()
            .Select(parameter => parameter.GetProperty("after").ToString()));
        Assert.Equal(59, answer.GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task Rows_with_categories_are_taken_out_too()
    {
        var rows = Enumerable.Range(0, 30).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{"abc"[i % 3]},{i},{i * i % 7 + i}"));
        await using var page = await StudioPage.StartAsync(inside =>
            File.WriteAllLines(Path.Combine(inside, "kinds.csv"), ["kind,x,y", .. rows]));
        await page.AskAsync("/api/open", """{"file": "kinds.csv"}""");
        await page.AskAsync("/api/fit", """{"targets": ["y"], "inputs": ["kind", "x"]}""");
        Assert.Equal(29, (await page.AskAsync("/api/row", """{"row": 30}""")).GetProperty("rows").GetInt64());
    }

    [Theory]
    [InlineData("/api/fit", """{"targets": ["y"], "inputs": ["u"]}""", "no file is open")]
    [InlineData("/api/row", """{"row": 1}""", "nothing is fitted yet")]
    [InlineData("/api/train", """{"rate": 1, "steps": 1}""", "nothing is fitted yet")]
    [InlineData("/api/open", """{"file": 7}""", "'file' is not what was expected")]
    [InlineData("/api/train", """{"rate": -1, "steps": 1}""", "'rate' is not what was expected")]
    public async Task What_cannot_be_answered_says_why(string path, string json, string message)
    {
        await using var page = await StudioPage.StartAsync();
        using var response = await page.SendAsync(page.Question(path, json));
        Assert.Equal(422, (int)response.StatusCode);
        Assert.Contains(message, JsonDocument.Parse(await response.Content.ReadAsStringAsync(
            TestContext.Current.CancellationToken)).RootElement.GetProperty("error").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_file_is_kept_for_as_long_as_it_is_open()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "plumb-studio-*");
        string kept;
        await using (var page = await StudioPage.StartAsync())
        {
            kept = Assert.Single(Directory.GetDirectories(Path.GetTempPath(), "plumb-studio-*").Except(before));
            foreach (var name in (string[])["first.csv", "second.csv"])
            {
                using var response = await page.SendAsync(page.Upload(name, "a,y\n1,2\n2,3\n3,5\n"u8.ToArray()));
                Assert.True(response.IsSuccessStatusCode);
            }

            Assert.Equal("second.csv", Path.GetFileName(Assert.Single(
                Directory.GetFiles(kept, "*", SearchOption.AllDirectories))));
            var fitted = await page.AskAsync("/api/fit", """{"targets": ["y"], "inputs": ["a"]}""");
            Assert.DoesNotContain(kept, fitted.ToString(), StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(kept));
    }

    [Fact]
    public void Taking_a_row_out_of_many_takes_little_time()
    {
        const int Rows = 100_000, Inputs = 20;
        var random = new RandomSource(1);
        var data = new Dataset(Matrix.Create(Rows, Inputs, (_, _) => random.NextNormal()),
            Matrix.Create(Rows, 1, (_, _) => random.NextNormal()));
        var moments = Moments.Of(data);
        var fit = new LeastSquares().Fit(moments);
        var row = new Dataset(Matrix.Create(1, Inputs, (_, j) => data.Inputs[7, j]),
            Matrix.Create(1, 1, (_, _) => data.Targets[7, 0]));
        for (var i = 0; i < 5; i++)
        {
            var removed = RemovedRow.Of(fit, moments, row, 8);
            Assert.Equal(Rows - 1, removed.After.Rows);
            TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
                $"{Rows} rows x {Inputs} inputs: {removed.Milliseconds:f1} ms"));
        }
    }

    [Fact]
    public async Task The_command_line_says_how_to_get_a_studio_or_starts_it()
    {
        var run = await CliRun.Of("studio", "nofile.csv");
        Assert.Equal(ExitCode.DataRefused, run.ExitCode);
        Assert.Contains("nofile.csv: there is no such file", run.Error, StringComparison.Ordinal);
    }

    private static async Task<List<JsonElement>> TrainAsync(StudioPage page, double rate, long steps,
        string isStandardized)
    {
        using var response = await page.SendAsync(page.Question("/api/train", string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"rate": {{rate:R}}, "steps": {{steps}}, "isStandardized": {{isStandardized}}}""")));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return [.. text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line["data: ".Length..]).RootElement)];
    }
}
