using System.Globalization;

namespace Plumb.Tests.Rows;

/// <summary>
/// Standard errors are only trusted where they are those of the noise, whatever the noise depends on.
/// </summary>
public sealed class ErrorRatioLawTests
{
    private const double Allowed = 1.25; // of a standard error: from 4000 rows on, more is always seen

    // The noise's standard deviation at a row.
    private static readonly (string Name, Func<double[], double> Size)[] s_noises =
    [
        ("even", _ => 1),
        ("both sides", x => 1 + 0.5 * Math.Abs(x[0])),
        ("middle", x => 1 / (0.5 + x[0] * x[0])),
        ("difference", x => 1 + Math.Abs(x[0] - x[^1])),
        ("product", x => 1 + Math.Abs(x[0] * x[^1])),
        ("rare and far", x => Math.Abs(x[0]) > 3.2 ? 40 : 1),
    ];

    [Fact]
    public void Errors_that_hold_are_those_of_the_noise()
    {
        var (wrong, curved) = (new List<string>(), 0);
        for (var k = 0; k < 72; k++)
        {
            var (random, (name, size)) = (new RandomSource(k, 4), s_noises[k % s_noises.Length]);
            var (rows, inputs) = (4000 << k % 3, 1 + k % 4);
            var together = k % 5 == 0 ? 3 * random.NextDouble() : 0;
            var x = RandomInputs(random, rows, inputs, together);
            double[] sizes = [.. Enumerable.Range(0, rows).Select(i => size(x.Row(i).ToArray()))];
            var data = new Dataset(x, Matrix.Create(rows, 1, (i, _) => x[i, 0] + sizes[i] * random.NextNormal()));
            var fit = new LeastSquares().Fit(Moments.Of(data));
            var report = RowSamples.Look(data);
            var holds = report.Findings.Count == 0;
            var ratio = LargestRatio(fit, x, sizes);
            curved += report.Findings.Any(one => one.Code is "reset" or "bends") ? 1 : 0;
            if (holds ? ratio > Allowed : name == "even")
            {
                var codes = string.Join(' ', report.Findings.Select(one => one.Code));
                wrong.Add(Invariant($"{k}: noise {name}, {rows} rows, {inputs} inputs: {ratio:g3}; {codes}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.InRange(curved, 0, 2); // uneven noise is no curve
    }

    [Fact]
    public void Long_tails_are_no_uneven_noise()
    {
        var warned = new List<string>();
        for (var k = 0; k < 400; k++)
        {
            var random = new RandomSource(k, 5);
            var (rows, inputs) = ((int)Math.Round(8 * Math.Pow(400, random.NextDouble())), 1 + k % 4);
            Func<double> ofInputs = Tail(random, k % 5), ofNoise = Tail(random, k / 5 % 5);
            var x = Matrix.Create(rows + inputs, inputs, (_, _) => ofInputs());
            var y = Matrix.Create(x.Rows, 1, (i, _) => x[i, 0] + ofNoise());
            if (RowSamples.Look(new Dataset(x, y)).Findings.Any(finding => finding.Code == "white"))
            {
                warned.Add(Invariant($"{k}: {rows} rows, {inputs} inputs"));
            }
        }

        Assert.True(warned.Count <= 1, string.Join("\n", warned));
    }

    [Fact]
    public void Noise_that_grows_on_both_sides_is_told_by_the_input_that_it_grows_with()
    {
        const int Rows = 70_000; // beyond a sample, and rounded to a grid
        var random = new RandomSource(1, 6);
        var x = Matrix.Create(Rows, 3, (_, _) => random.NextNormal());
        var data = new Dataset(x, Matrix.Create(Rows, 1, (i, _) => 1 + 2 * x[i, 0] - x[i, 1] + x[i, 2] / 2
            + random.NextNormal() * (1 + 0.3 * Math.Abs(x[i, 1]))));
        var (fit, report) = (new LeastSquares().Fit(Moments.Of(data)), RowSamples.Look(data));
        var test = report.Tests.Single(one => one.Code == "white");
        Assert.Equal("x2", test.Input);
        Assert.Equal(report.RobustErrors!.Weights[0, 1] / fit.WeightErrors[0, 1], test.Statistic);
        Assert.InRange(test.Statistic, 1.15, 1.3);
        Assert.Equal(["white"], report.Findings.Select(finding => finding.Code));
    }

    // The true standard errors, which the noise's sizes give, over the classical ones: the most that one is too small.
    private static double LargestRatio(LinearFit fit, Matrix x, double[] sizes)
    {
        var errors = fit.WeightErrors;
        var widest = 0.0;
        for (var k = 0; k < x.Columns; k++)
        {
            // What is left of an input once the others have explained what they can.
            var others = Enumerable.Range(0, x.Columns).Where(j => j != k).ToArray();
            var own = Matrix.Create(x.Rows, 1, (i, _) => x[i, k]);
            var map = others.Length == 0 ? null : new LeastSquares().Fit(Moments.Of(
                new Dataset(Matrix.Create(x.Rows, others.Length, (i, j) => x[i, others[j]]), own))).Map;
            var mean = Enumerable.Range(0, x.Rows).Average(i => x[i, k]);
            var (length, noise) = (0.0, 0.0);
            for (var i = 0; i < x.Rows; i++)
            {
                var rest = x[i, k] - (map?.Apply([.. others.Select(j => x[i, j])])[0] ?? mean);
                length += rest * rest;
                noise += rest * rest * sizes[i] * sizes[i];
            }

            widest = Math.Max(widest, Math.Sqrt(noise) / length / errors[0, k]);
        }

        return widest;
    }

    private static Matrix RandomInputs(RandomSource random, int rows, int inputs, double together)
    {
        var x = new Matrix(rows, inputs);
        for (var i = 0; i < rows; i++)
        {
            var common = together * random.NextNormal();
            for (var j = 0; j < inputs; j++)
            {
                x[i, j] = common + random.NextNormal();
            }
        }

        return x;
    }

    private static Func<double> Tail(RandomSource random, int kind) => kind switch
    {
        0 => random.NextNormal,
        1 => () => random.NextNormal() / Math.Sqrt((Square(random) + Square(random) + Square(random)) / 3), // t of 3
        2 => () => Math.Exp(random.NextNormal()),
        3 => random.NextDouble,
        _ => () => random.NextDouble() < 0.2 ? 1 : 0.001 * random.NextDouble(),
    };

    private static double Square(RandomSource random)
    {
        var value = random.NextNormal();
        return value * value;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
