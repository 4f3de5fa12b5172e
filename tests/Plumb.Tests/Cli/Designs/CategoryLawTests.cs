using System.Globalization;

namespace Plumb.Tests.Cli;

/// <summary>What holds of categories in any data.</summary>
public sealed class CategoryLawTests
{
    private static readonly string[] s_names = ["red", "Blue", "ångström", "x y", "10", "a,b"];

    /// <summary>Rows of a number, a level of each of two categories, and a target.</summary>
    private static readonly Gen<(double X, int A, int B, double Y)[]> s_rows =
        Gen.Select(Gen.Int[-99, 99], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[-999, 999])
            .Select(row => (row.Item1 / 10.0, row.Item2, row.Item3, row.Item4 / 10.0)).Array[16, 60]
            .Where(rows => rows.Select(row => row.Item2).Distinct().Count() > 1
                && rows.Select(row => row.Item3).Distinct().Count() > 1);

    [Fact]
    public async Task Levels_and_indicators_by_hand_give_the_same_bits() =>
        await s_rows.SampleAsync(async rows =>
        {
            using var folder = new TemporaryFolder();
            var texts = folder.Write("texts.csv", Texts(rows));
            var hand = folder.Write("hand.csv", Indicators(rows));
            var (left, right) = (await Json(texts), await Json(hand));
            foreach (var part in (string[])["weights", "bias", "standardErrors", "rank", "residualStandardDeviation",
                "fPValue", "identified", "digits", "nearRank", "verdict"])
            {
                Assert.Equal(right.GetProperty(part).GetRawText(), left.GetProperty(part).GetRawText());
            }

            static async Task<System.Text.Json.JsonElement> Json(string file) =>
                (await CliRun.Of("fit", file, "--target", "y", "--json")).Json();
        }, iter: 20);

    [Fact]
    public async Task Codings_predict_the_same_and_leave_the_same_residual() =>
        await s_rows.SampleAsync(async rows =>
        {
            using var folder = new TemporaryFolder();
            var data = folder.Write("texts.csv", Texts(rows));
            List<(double Deviation, double[] Predicted)> found = [];
            foreach (var coding in (string[])["treatment", "sum", "helmert", "full"])
            {
                var model = folder[coding + ".json"];
                var fit = await CliRun.Of("fit", data, "--formula", "y ~ x + a*b", "--coding", coding, "--json", "-o",
                    model);
                Assert.Equal((0, ""), (fit.ExitCode, fit.Error));
                var predicted = await CliRun.Of("predict", model, data);
                Assert.Equal(0, predicted.ExitCode);
                found.Add((fit.Json().GetProperty("residualStandardDeviation").Numbers()[0],
                    [.. predicted.Output.TrimEnd('\n').Split('\n').Skip(1)
                        .Select(line => double.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))]));
            }

            foreach (var (deviation, predicted) in found.Skip(1))
            {
                Assert.Equal(found[0].Deviation, deviation, 1e-9);
                Assert.All(predicted.Zip(found[0].Predicted),
                    pair => Assert.Equal(pair.Second, pair.First, 1e-9 * (1 + Math.Abs(pair.Second))));
            }
        }, iter: 10);

    [Fact]
    public async Task Order_of_rows_shows_nowhere() =>
        await Gen.Select(s_rows, Gen.Int[0, 1000]).SampleAsync(async (rows, seed) =>
        {
            using var folder = new TemporaryFolder();
            var shuffled = rows.ToArray();
            new Random(seed).Shuffle(shuffled);
            var (one, other) = (folder.Write("one.csv", Texts(rows)), folder.Write("other.csv", Texts(shuffled)));
            Assert.Equal(await Model(one), await Model(other));

            async Task<string> Model(string file) =>
                (await CliRun.Of("fit", file, "--formula", "y ~ a + b + x:a", "-o", "-")).Output;
        }, iter: 20);

    private static string Texts((double X, int A, int B, double Y)[] rows) => Table("x,a,b,y", rows,
        row => $"{row.X},\"{s_names[row.A]}\",\"{s_names[row.B]}\",{row.Y}");

    private static string Indicators((double X, int A, int B, double Y)[] rows)
    {
        var (a, b) = (Others(rows.Select(row => row.A)), Others(rows.Select(row => row.B)));
        return Table($"x,{Heads("a", a)},{Heads("b", b)},y", rows,
            row => $"{row.X},{Cells(a, row.A)},{Cells(b, row.B)},{row.Y}");

        static string Heads(string name, int[] levels) => string.Join(',', levels.Select(level => $"{name}{level}"));
        static string Cells(int[] levels, int own) => string.Join(',', levels.Select(level => level == own ? 1 : 0));
    }

    // All levels but the first in order.
    private static int[] Others(IEnumerable<int> levels) =>
        [.. levels.Distinct().OrderBy(level => s_names[level], StringComparer.Ordinal).Skip(1)];

    private static string Table<T>(string header, IEnumerable<T> rows, Func<T, FormattableString> line) =>
        header + "\n" + string.Concat(rows.Select(row => FormattableString.Invariant(line(row)) + "\n"));
}
