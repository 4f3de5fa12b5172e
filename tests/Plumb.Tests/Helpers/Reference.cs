using System.Globalization;
using System.Text.Json;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Reference data in the data folder: exact solutions as decimals of 25 digits and more.</summary>
internal static class Reference
{
    public static string PathOf(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "data", .. parts]);

    public static JsonElement Json(params string[] parts)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(PathOf(parts)));
        return document.RootElement.Clone();
    }

    /// <summary>A small, clean CSV: header and numbers.</summary>
    public static (string[] Names, double[][] Rows) Csv(params string[] parts)
    {
        var lines = File.ReadAllLines(PathOf(parts));
        return (lines[0].Split(','), [.. lines.Skip(1).Select(line => line.Split(',').Select(Number).ToArray())]);
    }

    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>
    /// How many digits of an element of a reference are right: -log10 of the relative error; of the absolute error
    /// where the reference is 0.
    /// </summary>
    public static double Digits(double value, string reference)
    {
        var exact = Number(reference);
        if (value == exact)
        {
            return 17;
        }

        return -Math.Log10(exact == 0 ? Math.Abs(value) : Math.Abs(value - exact) / Math.Abs(exact));
    }

    public static void AssertDigits(double wanted, double value, string exact, string what)
    {
        var digits = Digits(value, exact);
        Assert.True(digits >= wanted,
            FormattableString.Invariant($"{what}: {value:R} has {digits:F1} digits of {exact}"));
    }

    /// <summary>x^1 .. x^degree, each in one rounding of the exact power.</summary>
    public static double[] Powers(double x, int degree)
    {
        var powers = new double[degree];
        var power = Dyadic.One;
        for (var k = 0; k < degree; k++)
        {
            power *= x;
            powers[k] = power.ToDouble();
        }

        return powers;
    }

    public static Dataset Dataset(IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets,
        VariableNames? names = null) =>
        new(ToMatrix(inputs), ToMatrix(targets), names);

    public static Matrix ToMatrix(IReadOnlyList<double[]> rows) =>
        Matrix.Create(rows.Count, rows[0].Length, (i, j) => rows[i][j]);
}
