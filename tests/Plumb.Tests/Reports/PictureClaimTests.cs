using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plumb.Tests.Cli;

namespace Plumb.Tests;

/// <summary>
/// What sentences and tables under pictures claim of the data, against exact ranks of random problems with dependent
/// columns, constants, and rows that decide a direction alone.
/// </summary>
public sealed class PictureClaimTests
{
    private const string Free = "any value fits as well";

    private static readonly Gen<double[][]> s_inputs =
        from columns in Gen.Int[1, 4]
        from kinds in Gen.Int[0, 4].Array[columns]
        from rows in Gen.Int[columns + 4, 20]
        from cells in Gen.Int[-9, 9].Array[rows * columns]
        select Inputs(rows, kinds, cells);

    private static readonly Gen<(double[][] X, double[] Y)> s_data =
        from x in s_inputs
        from y in Gen.Int[-99, 99].Array[x.Length]
        select (x, y.Select(value => (double)value).ToArray());

    [Fact]
    public void Hatched_bars_are_the_weights_that_other_values_fit_as_well() => s_data.Sample(data =>
    {
        var design = data.X.Select(row => row.Append(1).ToArray()).ToArray();
        var rank = RationalOracle.Rank(design);
        var page = Report(data.X, data.Y);
        if (Table(page, "weights") is { } table)
        {
            for (var j = 0; j < design[0].Length; j++)
            {
                var others = design.Select(row => row.Where((_, k) => k != j).ToArray()).ToArray();
                Assert.Equal(RationalOracle.Rank(others) == rank, table[j][2] == Free);
            }
        }

        if (Table(page, "spectrum") is { } directions)
        {
            Assert.Equal(design[0].Length - rank, directions.Count(row => row[2] == "never"));
        }
    }, iter: 60);

    [Fact]
    public void Rows_said_to_decide_a_direction_alone_are_there_and_decide_it() => s_data.Sample(data =>
    {
        var design = data.X.Select(row => row.Append(1).ToArray()).ToArray();
        var rank = RationalOracle.Rank(design);
        var page = Report(data.X, data.Y);
        if (Figure(page, "leverage") is { } found)
        {
            var isAlone = Enumerable.Range(0, design.Length)
                .Any(i => RationalOracle.Rank([.. design.Where((_, k) => k != i)]) < rank);
            Assert.Equal(isAlone, found.Value.Contains("A row of leverage 1 decides", StringComparison.Ordinal));
        }
    }, iter: 60);

    [Fact]
    public void Weights_are_said_to_be_taken_into_account_where_rows_differ_in_them() =>
        Gen.Select(s_data, Gen.Int[1, 3].Array[20], Gen.Bool).Sample((data, weights, isFrequency) =>
        {
            double[] used = [.. weights.Take(data.X.Length).Select(weight => (double)weight)];
            var page = Report([.. data.X.Select((row, i) => row.Append(used[i]).ToArray())], data.Y,
                isFrequency ? "--frequency" : "--weight");
            if (Figure(page, "scale") is { } found)
            {
                Assert.Equal(!isFrequency && used.Distinct().Count() > 1,
                    found.Value.Contains("weights taken into account", StringComparison.Ordinal));
            }
        }, iter: 60);

    [Fact]
    public void Causes_add_up_to_what_was_learned() => Gen.Select(s_data, Gen.Int[0, 3].Array[5])
        .Sample((data, truth) =>
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("d.csv", Csv(data.X, data.Y));
        string Map(Func<int, double> of) => string.Create(CultureInfo.InvariantCulture,
            $$"""{"weights": [[{{string.Join(", ", data.X[0].Select((_, j) => of(j)))}}]], "bias": [{{of(4)}}]}""");
        var run = CliRun.Of("explain", folder.Write("m.json", Map(j => truth[j] + j % 2 * 0.5)), file, "--target", "y",
            "--truth", folder.Write("t.json", Map(j => truth[j])), "--report", folder["r.html"]).Result;
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        foreach (var row in Table(Parsed(File.ReadAllText(folder["r.html"])), "causes") ?? [])
        {
            double[] numbers = [.. row.Skip(1).Where(cell => cell.Length > 0).Select(Number)];
            var largest = numbers.Max(Math.Abs);
            Assert.Equal(numbers[^1], numbers[..^1].Sum(), largest * 1e-3 + 1e-9); // numbers of a table are rounded
        }
    }, iter: 40);

    // A column is a constant, a copy of the first, the double of the one before, in one row only, or its own.
    private static double[][] Inputs(int rows, int[] kinds, int[] cells)
    {
        var x = new double[rows][];
        for (var i = 0; i < rows; i++)
        {
            x[i] = new double[kinds.Length];
            for (var j = 0; j < kinds.Length; j++)
            {
                x[i][j] = (kinds[j], j) switch
                {
                    (0, _) => 3,
                    (1, > 0) => x[i][0],
                    (2, > 0) => 2 * x[i][j - 1],
                    (3, _) => i == j ? 5 : 0,
                    _ => cells[i * kinds.Length + j],
                };
            }
        }

        return x;
    }

    private static XElement Report(double[][] x, double[] y, string? weight = null)
    {
        using var folder = new TemporaryFolder();
        string[] words = weight is null ? [] : [weight, $"x{x[0].Length}"];
        var run = CliRun.Of(["fit", folder.Write("d.csv", Csv(x, y)), "--target", "y", .. words, "--report",
            folder["r.html"]]).Result;
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return Parsed(File.ReadAllText(folder["r.html"]));
    }

    private static XElement Parsed(string html) => XElement.Parse(
        html[html.IndexOf("<main>", StringComparison.Ordinal)..html.LastIndexOf("</body>", StringComparison.Ordinal)]);

    private static string Csv(double[][] x, double[] y) =>
        string.Join(',', x[0].Select((_, j) => $"x{j + 1}").Append("y")) + "\n" + string.Concat(x.Select((row, i) =>
            string.Join(',', row.Append(y[i]).Select(value => value.ToString(CultureInfo.InvariantCulture))) + "\n"));

    private static XElement? Figure(XElement page, string id) =>
        page.Descendants("figure").FirstOrDefault(figure => figure.Attribute("id")!.Value == id);

    private static List<string[]>? Table(XElement page, string figure) => Figure(page, figure)?
        .Descendants("tbody").Single().Elements("tr")
        .Select(row => row.Elements().Select(cell => cell.Value).ToArray()).ToList();

    private static double Number(string text) => double.Parse(
        Regex.Replace(text, @"\s", "").Replace('\u2212', '-'), NumberStyles.Float, CultureInfo.InvariantCulture);
}
