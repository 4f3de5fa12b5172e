namespace Plumb.Tests.Cli;

/// <summary>Models as Python and as C: run by python3 and gcc, to the last bit.</summary>
public sealed class SourceExportTests
{
    private const string Model =
        """{"inputs": ["a", "b c", "é"], "targets": ["y", "z*/"], "weights": [[0.1, -0.0, 1e300], [3, 1e-7, 2]], "bias": [0.5, -1]}""";

    private static readonly double[][] s_rows = [[0.3, 5, 1e-300], [1, 2, 3], [-7.25, 1e10, 0]];

    [Fact]
    public async Task Python_predicts_to_the_last_bit()
    {
        OtherProgram.Require("python3");
        using var folder = await ExportedAsync("own.py");
        folder.Write("run.py", "import own\n" + string.Concat(s_rows.Select(row =>
            $"print(*map(repr, own.apply([{Listed(row)}])))\n")) + "assert own.COLUMNS == ('a', 'b c', 'é')\n"
            + "assert own.TARGETS == ('y', 'z*/')\ntry:\n    own.apply([1])\nexcept ValueError as e:\n"
            + "    assert str(e) == 'x has 1 numbers, expected 3'\nelse:\n    assert False\n");
        AssertBits(await OtherProgram.RunAsync("python3", folder["."], ["-W", "error", "run.py"]));
    }

    [Fact]
    public async Task C_predicts_to_the_last_bit()
    {
        OtherProgram.Require("gcc");
        using var folder = await ExportedAsync("own.h");
        var rows = string.Join(", ", s_rows.Select(row => "{ " + Listed(row) + " }"));
        var y = await OtherLanguages.CompiledAsync(folder, $$"""
            int main(void)
            {
                const double x[][own_columns] = { {{rows}} };
                double y[own_targets];
                for (int i = 0; i < {{s_rows.Length}}; i++) {
                    own_apply(x[i], y);
                    printf("%.17g %.17g\n", y[0], y[1]);
                }
                return own_column(2)[0] == 0 || own_target(1)[1] != '*';
            }
            """);
        AssertBits(string.Join('\n', y.Select(row => Listed(row).Replace(',', ' '))));
    }

    [Fact]
    public async Task Cell_that_the_model_does_not_take_is_refused()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("d.csv", "city,area,y\n" + string.Concat(Enumerable.Range(1, 12).Select(i =>
            $"{(i % 2 == 0 ? "Ulm" : "Köln")},{i},{i * i % 7}\n")));
        Assert.Equal(0, (await CliRun.Of("fit", data, "--target", "y", "--input", "city,log(area)", "-o",
            folder["own.json"])).ExitCode);
        foreach (var file in (string[])["own.py", "own.h"])
        {
            Assert.Equal(0, (await CliRun.Of("export", folder["own.json"], "-o", folder[file])).ExitCode);
        }

        OtherProgram.Require("gcc");
        var y = await OtherLanguages.CAsync(folder, [[("Paris", true), ("1", false)], [("Köln", true), ("-1", false)],
            [("Köln", true), ("2", false)]], 1);
        Assert.Equal([-1, -2], [y[0][0], y[1][0]]);
        Assert.InRange(y[2][0], 0, 7);
        OtherProgram.Require("python3");
        folder.Write("run.py", """
            import own
            for city, area in (("Paris", 1), ("Köln", -1)):
                try:
                    own.apply(city, area)
                except ValueError as e:
                    print(e)
            """);
        Assert.Equal("city holds 'Paris', which is no level that the model knows\n"
            + "log(area) was asked of -1, expected a number above 0\n",
            await OtherProgram.RunAsync("python3", folder["."], ["run.py"]));
    }

    private static async Task<TemporaryFolder> ExportedAsync(string file)
    {
        var folder = new TemporaryFolder();
        var run = await CliRun.Of("export", folder.Write("model.json", Model), "-o", folder[file]);
        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
        return folder;
    }

    private static void AssertBits(string output)
    {
        var map = ModelFile.Parse(Model).Map;
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(s_rows.Length, lines.Length);
        Assert.Equal(s_rows.SelectMany(row => map.Apply(row)).Select(BitConverter.DoubleToInt64Bits),
            lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(Reference.Number)
                .Select(BitConverter.DoubleToInt64Bits));
    }

    private static string Listed(double[] row) => string.Join(",", row.Select(value =>
        value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
}
