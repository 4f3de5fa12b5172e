namespace Plumb.Tests.Cli;

/// <summary>Moments that keep what their inputs are made of.</summary>
public sealed class MomentsDesignTests
{
    private static readonly string s_iris =
        Path.Combine(Repository.Root, "tests/Plumb.Tests/data/factors/iris_species.csv");

    [Theory]
    [InlineData("treatment")]
    [InlineData("sum")]
    public async Task Model_from_moments_predicts_from_columns_as_one_from_rows_does(string coding)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("moments", s_iris, "--coding", coding, "-o", folder["i.moments"]);
        Assert.Equal(0, run.ExitCode);
        run = await CliRun.Of("fit", folder["i.moments"], "--target", "Sepal.Length", "--input", "Petal.Length,Species",
            "-o", folder["m.json"]);
        Assert.Contains("Species: 3 levels", run.OneLine(), StringComparison.Ordinal);
        await CliRun.Of("fit", s_iris, "--target", "Sepal.Length", "--input", "Petal.Length,Species", "--coding",
            coding, "-o", folder["r.json"]);
        var expected = await CliRun.Of("predict", folder["r.json"], s_iris);
        var found = await CliRun.Of("predict", folder["m.json"], s_iris);
        Assert.Equal((0, "", expected.Output), (found.ExitCode, found.Error, found.Output));
    }

    [Fact]
    public async Task Merged_moments_keep_it_and_are_those_of_all_rows()
    {
        using var folder = new TemporaryFolder();
        var lines = await File.ReadAllLinesAsync(s_iris, TestContext.Current.CancellationToken);
        folder.Write("a.csv", Of((i, _) => i % 2 == 0));
        folder.Write("b.csv", Of((i, _) => i % 2 == 1));
        foreach (var name in (string[])["a", "b"])
        {
            await CliRun.Of("moments", folder[name + ".csv"], "-o", folder[name + ".moments"]);
        }

        await CliRun.Of("moments", s_iris, "-o", folder["all.moments"]);
        var run = await CliRun.Of("merge", folder["a.moments"], folder["b.moments"], "--one-part", "-o",
            folder["ab.moments"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(await File.ReadAllBytesAsync(folder["all.moments"], TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(folder["ab.moments"], TestContext.Current.CancellationToken));

        string Of(Func<int, string, bool> takes) =>
            string.Join('\n', lines.Take(1).Concat(lines.Skip(1).Where((line, i) => takes(i, line)))) + "\n";
    }

    [Fact]
    public async Task Moments_of_dates_from_different_days_are_not_added_up()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.csv", "date,y\n2026-01-01,1\n2026-01-02,2\n2026-01-04,3\n");
        folder.Write("b.csv", "date,y\n2026-02-01,4\n2026-02-02,5\n2026-02-04,7\n");
        foreach (var (name, more) in ((string, string[])[])[("a", []), ("b", []),
            ("b2", ["--date-origin", "2026-01-01"])])
        {
            await CliRun.Of(["moments", folder[name[..1] + ".csv"], "-o", folder[name + ".moments"], .. more]);
        }

        var run = await CliRun.Of("merge", folder["a.moments"], folder["b.moments"], "-o", folder["ab.moments"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("which begin on 2026-01-01; write all with the same --date-origin", run.Error,
            StringComparison.Ordinal);
        run = await CliRun.Of("merge", folder["a.moments"], folder["b2.moments"], "-o", folder["ab.moments"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void Save_and_Load_keep_the_design_and_refuse_every_damaged_byte()
    {
        var category = new ColumnMeaning.Category(["u", "v"], Coding.Treatment, "u");
        var plan = new DesignPlan([new Term("kind"), new Term("y")], []) { Categories = ["kind"] };
        var moments = new Moments(plan.Resolve(new Dictionary<string, ColumnMeaning> { ["kind"] = category }));
        moments.Add([1, 2.5], []);
        moments.Add([0, 1.5], []);
        using var stream = new MemoryStream();
        moments.Save(stream);
        var bytes = stream.ToArray();
        var loaded = Moments.Load(new MemoryStream(bytes));
        Assert.Equal(moments, loaded);
        Assert.Equal(moments.Design, loaded.Design);
        Assert.Equal(category, loaded.Select(new VariableNames(["kind[v]"], ["y"])).Design.Meanings["kind"]);
        using var again = new MemoryStream();
        loaded.Save(again);
        Assert.Equal(bytes, again.ToArray());
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => Moments.Load(new MemoryStream(damaged)));
        }
    }
}
