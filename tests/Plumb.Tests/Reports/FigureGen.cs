namespace Plumb.Tests;

/// <summary>Random data for pictures: ordinary, huge, tiny, infinite and not numbers.</summary>
internal static class FigureGen
{
    public static readonly Gen<double> Number = Gen.Frequency(
        (8, Gen.Double[-100, 100]),
        (2, Gen.Double[-5, 5].Select(Gen.Int[-300, 300], (digit, power) => digit * Math.Pow(10, power))),
        (1, Among(0, -0.0, 1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue,
            double.MinValue, double.Epsilon)));

    public static readonly Gen<string> Name = Gen.Frequency(
        (4, Gen.String[Gen.Char['a', 'z'], 1, 30]),
        (1, Gen.String[0, 80]),
        (1, Among("<script>alert(1)</script>", "a&b\"'", "\u0000\u001b[31m\u202e", "\ud800", "", "温度センサー",
            "a rather long name of a column, as people write them in spreadsheets")));

    public static readonly Gen<PointCloud> Cloud = Gen.Select(
        Gen.Select(Gen.Long[0, 1000000], Number, Number, (row, x, y) => new CloudPoint(row, x, y)).Array[0, 60],
        Gen.Select(Number, Number, Gen.Long[0, 100000], (x, y, count) => new CloudCell(x, y, count)).Array[0, 30],
        Gen.Double[1e-3, 100], Gen.Double[1e-3, 100], Gen.Bool,
        (points, cells, width, height, hasCells) =>
            new PointCloud(points, hasCells ? new(width, height, cells) : null));

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
