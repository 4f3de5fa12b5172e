using System.Globalization;
using System.Text;

namespace Plumb.Tests.Cli;

/// <summary>Many rows with categories are added up while their levels are learned.</summary>
public sealed class OnePassTests
{
    private const int Rows = 34_000;
    private static readonly string s_note = new('n', 4000); // so that the file is one that all processors read

    [Fact]
    public async Task A_long_file_gives_what_a_short_one_of_the_same_rows_does()
    {
        using var folder = new TemporaryFolder();
        var (longer, shorter) = (folder["long.csv"], folder["short.csv"]);
        Write(longer, s_note);
        Write(shorter, "");
        foreach (var coding in (string[])["treatment", "sum", "helmert"])
        {
            Assert.Equal(await Fit(shorter, coding), await Fit(longer, coding));
        }
    }

    [Fact]
    public async Task A_pipe_of_many_rows_is_read_once()
    {
        using var folder = new TemporaryFolder();
        var shorter = folder["short.csv"];
        Write(shorter, "");
        var rows = await File.ReadAllLinesAsync(shorter, TestContext.Current.CancellationToken);
        var text = string.Join('\n', [rows[0], .. Enumerable.Repeat(rows[1..], 50).SelectMany(part => part)]) + "\n";
        var piped = await CliRun.WithInput(text, "fit", "-", "--target", "y", "--input", "kind,x,place", "--json");
        Assert.Equal(0, piped.ExitCode);
        Assert.Equal(50L * Rows, piped.Json().GetProperty("rows").GetInt64());
        Assert.Equal(JsonOf(await CliRun.Of("fit", shorter, "--target", "y", "--input", "kind,x,place", "--json"),
            "weights", "bias"), JsonOf(piped, "weights", "bias"));
    }

    private static async Task<string> Fit(string file, string coding) => JsonOf(
        await CliRun.Of("fit", file, "--target", "y", "--input", "kind,x,place", "--coding", coding, "--json"),
        "rows", "weights", "bias", "standardErrors", "rank", "residualStandardDeviation", "digits");

    private static string JsonOf(CliRun run, params string[] parts)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return string.Join('\n', parts.Select(part => part + run.Json().GetProperty(part).GetRawText()));
    }

    private static void Write(string path, string note)
    {
        using var text = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        text.Write("x,kind,place,note,y\n");
        var random = new RandomSource(3);
        for (var i = 0; i < Rows; i++)
        {
            var (kind, place) = ((int)(7 * random.NextDouble()), (int)(3 * random.NextDouble()));
            var x = random.NextNormal();
            var y = 2 * x + kind - 0.5 * place + 0.1 * random.NextNormal();
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{x},k{kind},{(char)('z' - place)},{note},{y}\n"));
        }
    }
}
