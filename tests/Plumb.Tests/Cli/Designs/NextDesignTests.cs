using System.Globalization;

namespace Plumb.Tests.Cli;

/// <summary>Points to measure next where inputs are categories, dates and functions of columns.</summary>
public sealed class NextDesignTests
{
    private static readonly string s_iris =
        Path.Combine(Repository.Root, "tests/Plumb.Tests/data/factors/iris_species.csv");

    [Fact]
    public async Task Candidates_with_texts_are_chosen_as_those_with_columns_of_0_and_1_are()
    {
        using var folder = new TemporaryFolder();
        folder.Write("t.csv", Table(byText: true, withTarget: true));
        folder.Write("tc.csv", Table(byText: true, withTarget: false));
        folder.Write("n.csv", Table(byText: false, withTarget: true));
        folder.Write("nc.csv", Table(byText: false, withTarget: false));
        string[] more = ["--target", "y", "--count", "4", "--json"];
        var texts = (await CliRun.Of(["next", folder["t.csv"], "--candidates", folder["tc.csv"], .. more])).Json();
        var numbers = (await CliRun.Of(["next", folder["n.csv"], "--candidates", folder["nc.csv"], .. more])).Json();
        for (var i = 0; i < 4; i++)
        {
            foreach (var name in (string[])["candidate", "rank", "gain", "unitErrors"])
            {
                Assert.Equal(numbers.GetProperty("points")[i].GetProperty(name).GetRawText(),
                    texts.GetProperty("points")[i].GetProperty(name).GetRawText());
            }
        }

        Assert.Contains(texts.GetProperty("points")[0].GetProperty("point")[0].GetString(), (string[])["u", "v", "w"]);
    }

    [Fact]
    public async Task Box_has_all_levels_and_raises_the_rank_by_one_that_was_measured_in_one_way_only()
    {
        using var folder = new TemporaryFolder();
        // w stands where x is 2 alone, so that its product with x is not determined.
        folder.Write("d.csv", "kind,x,y\nu,0,1\nu,1,2.1\nu,3,4\nv,0,2\nv,2,3.1\nv,3,4\nw,2,5\nw,2,5.1\n");
        var run = await CliRun.Of("next", folder["d.csv"], "--target", "y", "--input", "kind*x", "--box", "x=0:3",
            "--count", "1", "--json", "-o", folder["p.csv"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var json = run.Json();
        var point = json.GetProperty("points")[0];
        Assert.Equal((5, 6), (json.Number("rank"), point.Number("rank")));
        Assert.Equal("w", point.GetProperty("point")[0].GetString());
        Assert.NotEqual(2, point.GetProperty("point")[1].GetDouble());
        var written = await File.ReadAllLinesAsync(folder["p.csv"], TestContext.Current.CancellationToken);
        Assert.Equal("kind,x", written[0]);
        Assert.StartsWith("w,", written[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_and_truth_values_are_proposed_as_they_are_written()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "date,open,y\n" + string.Concat(Enumerable.Range(0, 12).Select(i =>
            FormattableString.Invariant($"2026-01-{i + 1:00},{(i % 3 == 0 ? "yes" : "no")},{i * 1.5 + i % 4}\n"))));
        var run = await CliRun.Of("next", folder["d.csv"], "--target", "y", "--box", "date=2026-01-01:2026-03-01",
            "--count", "1", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var point = run.Json().GetProperty("points")[0].GetProperty("point");
        Assert.Equal(("2026-03-01", "yes"), (point[0].GetString(), point[1].GetString()));
    }

    [Fact]
    public async Task Functions_are_proposed_where_they_are_defined()
    {
        var run = await CliRun.Of("next", s_iris, "--target", "Sepal.Length", "--input", "1/Petal.Width,Species",
            "--box", "Petal.Width=-1:1", "--count", "3", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(run.Json().GetProperty("points").EnumerateArray(),
            point => Assert.NotEqual(0, point.GetProperty("point")[0].GetDouble()));
    }

    [Theory]
    [InlineData("log(Petal.Width),Species", "Petal.Width=0:3", "--box reaches 0 in column 'Petal.Width'")]
    [InlineData("Petal.Width,Species", "Petal.Width=0:3,Species=a:b", "is a category, of which any level can be")]
    [InlineData("Petal.Width,Species", "Petal.Length=0:3", "is no column that the inputs are made from")]
    [InlineData("Petal.Width,Species,Petal.Length", "Petal.Width=0:3", "has no bounds for 'Petal.Length'")]
    public async Task Box_that_cannot_be_is_refused(string inputs, string box, string said)
    {
        var run = await CliRun.Of("next", s_iris, "--target", "Sepal.Length", "--input", inputs, "--box", box);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rosa,1", 3, "(3)", "'rosa', expected one of the 3 levels setosa")]
    [InlineData("setosa,0", 3, "row 2 holds 0 in column 'Petal.Width', expected a number above 0")]
    public async Task Candidate_that_cannot_be_is_refused_with_its_row(string row, int exitCode, params string[] said)
    {
        using var folder = new TemporaryFolder();
        folder.Write("c.csv", "Species,Petal.Width\nsetosa,1\n" + row + "\n");
        var run = await CliRun.Of("next", s_iris, "--target", "Sepal.Length", "--input", "log(Petal.Width),Species",
            "--candidates", folder["c.csv"]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.All(said, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
    }

    private static string Table(bool byText, bool withTarget) =>
        (byText ? "kind,x" : "kind_v,kind_w,x") + (withTarget ? ",y\n" : "\n")
        + string.Concat(Enumerable.Range(0, 12).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{(byText ? "uvw"[i % 3].ToString() : i % 3 == 1 ? "1,0" : i % 3 == 2 ? "0,1" : "0,0")},{i * i % 7}")
                + (withTarget ? FormattableString.Invariant($",{i + i % 5 * 0.5}\n") : "\n")));
}
