namespace Plumb.Tests.Cli;

/// <summary>Maps as the JSON gives them: a target a row, its weights, then its bias.</summary>
internal static class Parameters
{
    /// <summary>The Euclidean length over all of them.</summary>
    public static double Norm(double[][] rows) => Math.Sqrt(rows.Sum(row => row.Sum(value => value * value)));

    public static double[][] Difference(double[][] left, double[][] right) =>
        [.. left.Zip(right, (a, b) => a.Zip(b, (x, y) => x - y).ToArray())];

    /// <summary>w . x + b of one target.</summary>
    public static double Predict(double[] target, double[] x) =>
        target[^1] + x.Select((value, j) => target[j] * value).Sum();

    public static void AssertSame(double[][] expected, double[][] actual, double tolerance)
    {
        Assert.Equal(expected.Select(row => row.Length), actual.Select(row => row.Length));
        Assert.All(Difference(expected, actual),
            row => Assert.All(row, value => Assert.InRange(value, -tolerance, tolerance)));
    }

    public static void AssertFinite(double[][] rows) =>
        Assert.All(rows, row => Assert.All(row, value => Assert.True(double.IsFinite(value))));
}
