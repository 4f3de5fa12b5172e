using System.Globalization;

namespace Plumb.Tests.Origins;

/// <summary>Data that foreign maps are made of.</summary>
internal sealed record ForeignData(string Name, double[][] X, double[][] Y)
{
    public int Inputs => X[0].Length;

    public int Targets => Y[0].Length;

    public Dataset ToDataset() =>
        new(Matrix.Create(X.Length, Inputs, (i, j) => X[i][j]), Matrix.Create(Y.Length, Targets, (i, t) => Y[i][t]));

    /// <summary>Six: real ones, and one with as many targets as inputs, so that W can be turned.</summary>
    public static IReadOnlyList<ForeignData> All() =>
    [
        OfCsv("diabetes.csv", ["target"]),
        OfCsv("mtcars.csv", ["mpg"]),
        OfCsv("anscombe1.csv", ["y1"]),
        OfCsv("airquality.csv", ["Ozone"]),
        OfSamples("energy.csv", ["heating_load", "cooling_load"], ["roof_area", "orientation"]),
        Correlated(),
    ];

    public static ForeignData OfCsv(string name, string[] targets) =>
        Of(name, Path.Combine(AppContext.BaseDirectory, "data", "verdicts", name), targets, [], 1);

    private static ForeignData OfSamples(string name, string[] targets, string[] without) =>
        Of(name, Path.Combine(AppContext.BaseDirectory, "data", "samples", name), targets, without, 5);

    /// <summary>Complete rows, every so many.</summary>
    private static ForeignData Of(string name, string path, string[] targets, string[] without, int every)
    {
        string[][] lines = [.. File.ReadLines(path).Select(line => line.Split(','))];
        int[] ys = [.. targets.Select(target => Array.IndexOf(lines[0], target))];
        int[] xs = [.. Enumerable.Range(0, lines[0].Length).Where(j => !ys.Contains(j)
            && !without.Contains(lines[0][j]))];
        string[][] rows = [.. lines.Skip(1).Where((cells, i) => i % every == 0
            && cells.All(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out _)))];
        double[][] Columns(int[] places) =>
            [.. rows.Select(row =>
            places.Select(place => double.Parse(row[place], CultureInfo.InvariantCulture)).ToArray())];
        return new ForeignData(name, Columns(xs), Columns(ys));
    }

    private static ForeignData Correlated()
    {
        var random = new RandomSource(19);
        double[][] x = new double[80][], y = new double[80][];
        for (var i = 0; i < x.Length; i++)
        {
            var common = random.NextNormal();
            x[i] = [5 + common + random.NextNormal(), 40 * (common + 0.5 * random.NextNormal()),
                0.01 * (3 + random.NextNormal() - common)];
            y[i] = [3 + 2 * x[i][0] - 0.05 * x[i][1] + 90 * x[i][2] + 0.5 * random.NextNormal(), 100 - 7 * x[i][0]
                + 0.3 * x[i][1] + 400 * x[i][2] + random.NextNormal(), -8 + x[i][0] + 0.1 * x[i][1] - 250 * x[i][2]
                + 0.3 * random.NextNormal()];
        }

        return new ForeignData("correlated", x, y);
    }
}
