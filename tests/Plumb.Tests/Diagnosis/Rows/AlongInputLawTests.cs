using System.Globalization;

namespace Plumb.Tests.Rows;

/// <summary>
/// A wave, a step or a kink along an input is found; where the relation is affine, none is said to be.
/// </summary>
public sealed class AlongInputLawTests
{
    // The noise's standard deviation at a row.
    private static readonly Func<double[], double>[] s_noises =
    [
        _ => 1,
        x => 0.3 + Math.Abs(x[0]),
        x => 0.3 + x[0] * x[0],
        x => x[0] > 0 ? 3 : 1,
        x => Math.Exp(x[^1] / 2),
    ];

    private static readonly (string Name, Func<double, double> Of)[] s_forms =
    [
        ("slow wave", x => 2 * Math.Sin(3 * x)),
        ("fast wave", x => 2 * Math.Sin(12 * x)),
        ("step", x => x > 0.4 ? 3 : 0),
        ("saw", x => 2 * (x * 1.5 - Math.Floor(x * 1.5))),
    ];

    [Fact]
    public void Affine_relations_are_not_said_to_bend()
    {
        var said = new List<string>();
        for (var k = 0; k < 900; k++)
        {
            var random = new RandomSource(k, 31);
            var (rows, inputs) = ((int)Math.Round(15 * Math.Pow(100, random.NextDouble())), 1 + k % 6);
            var (kind, size) = (k / 10 % 5, s_noises[k / 3 % s_noises.Length]);
            var x = Inputs(random, rows, inputs, kind);
            var y = Matrix.Create(rows, 1, (i, _) => 1 + 2 * x[i, 0]
                + size(x.Row(i).ToArray()) * (k % 4 == 1 ? RowSamples.Student(random, 3) : random.NextNormal()));
            said.AddRange(RowSamples.Look(new Dataset(x, y)).Findings.Where(finding => finding.Code == "along-input")
                .Select(finding => Invariant($"{k} ({rows} rows, {inputs} inputs, kind {kind}): {finding.Message}")));
        }

        Assert.True(said.Count <= 1, string.Join("\n", said)); // a false alarm in a thousand data sets
    }

    [Fact]
    public void Forms_are_found_and_the_fit_is_not_trusted()
    {
        var (missed, trusted) = (new List<string>(), new List<string>());
        for (var k = 0; k < 120; k++)
        {
            var (random, form) = (new RandomSource(k, 32), s_forms[k % s_forms.Length]);
            var (rows, inputs) = (300 + 20 * k, 1 + k % 5);
            var x = Inputs(random, rows, inputs, kind: k / 4 % 2);
            var at = k % inputs;
            var data = new Dataset(x, Matrix.Create(rows, 1,
                (i, _) => 1 + x[i, 0] + form.Of(x[i, at]) + random.NextNormal()));
            var fit = new LeastSquares().Fit(Moments.Of(data));
            var report = RowSamples.Look(data);
            var verdict = Assessment.Of(fit, fit.Accuracy, report).Verdict;
            var label = Invariant($"{k} {form.Name} in {rows} x {inputs}: {string.Join(' ', report.Codes())}");
            if (verdict.Contains("You can trust", StringComparison.Ordinal))
            {
                trusted.Add(label);
            }

            if (report.Tests.Where(test => test.Code is "along-input" or "bends" or "reset")
                .All(test => test.PValue > 0.0005))
            {
                missed.Add(label);
            }
        }

        Assert.True(trusted.Count == 0 && missed.Count <= 6,
            Invariant($"trusted: {trusted.Count}, missed: {missed.Count}\n")
                + string.Join("\n", trusted.Concat(missed)));
    }

    [Fact]
    public void Units_and_the_order_of_rows_do_not_show()
    {
        for (var k = 0; k < 20; k++)
        {
            var random = new RandomSource(k, 33);
            var x = Inputs(random, 200, 2, kind: 0);
            var y = Matrix.Create(200, 1, (i, _) => x[i, 0] + k % 3 * Math.Sin(8 * x[i, 1]) + random.NextNormal());
            int[] shuffled = [.. Enumerable.Range(0, 200).OrderBy(i => i * 7919 % 211)];
            var own = RowSamples.Look(new Dataset(x, y));
            var again = RowSamples.Look(new Dataset(x, y).Pick(shuffled));
            var scaled = RowSamples.Look(new Dataset(
                Matrix.Create(200, 2, (i, j) => (j == 0 ? -2e6 : 5) + (j == 0 ? 3e5 : -0.007) * x[i, j]),
                Matrix.Create(200, 1, (i, _) => 400 - 3e5 * y[i, 0])));
            Assert.Equal(Test(own)?.PValue, Test(again)?.PValue);
            Assert.Equal(own.Codes().Where(code => code != "durbin-watson"),
                again.Codes().Where(code => code != "durbin-watson"));
            Assert.Equal(own.Codes().Contains("along-input"), scaled.Codes().Contains("along-input"));
        }
    }

    private static HypothesisTest? Test(RowReport report) =>
        report.Tests.SingleOrDefault(test => test.Code == "along-input");

    private static Matrix Inputs(RandomSource random, int rows, int inputs, int kind) =>
        Matrix.Create(rows, inputs, (_, j) => kind switch
        {
            0 => 4 * random.NextDouble() - 2,
            1 => random.NextNormal(),
            2 => RowSamples.Student(random, 2),
            3 => random.NextIndex(4) == 0 ? 1 : 0,
            _ => j % 2 == 0 ? Math.Exp(random.NextNormal()) : random.NextIndex(7),
        });

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
