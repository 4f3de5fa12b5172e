namespace Plumb.Tests;

/// <summary>Random problems of two targets, small enough for fractions.</summary>
internal static class RandomRegressions
{
    private static readonly Gen<double> s_value = Gen.OneOf(
        Gen.Int[-3, 3].Select(i => (double)i),
        Gen.Int[-999, 999].Select(i => i / 100.0),
        Gen.Double[0.5, 1],
        Gen.Int[-3, 3].Select(i => 1e6 + i));

    /// <summary>Of any rank.</summary>
    public static Gen<(double[][] X, double[][] Y, bool Bias)> Any =>
        from inputs in Gen.Int[1, 4]
        from bias in Gen.Bool
        from rows in Gen.Int[inputs + 3, inputs + 9]
        from x in s_value.Array[inputs].Array[rows]
        from y in s_value.Array[2].Array[rows]
        select (x, y, bias);

    /// <summary>Of full rank.</summary>
    public static Gen<(double[][] X, double[][] Y, bool Bias)> FullRank =>
        Any.Where(problem => new ExactRegression(problem.X, problem.Y, problem.Bias).Inverse is not null);

    public static LinearFit Fit(double[][] x, double[][] y, bool bias)
    {
        var moments = new Moments(x[0].Length, y[0].Length);
        moments.AddRows(x, y);
        return new LeastSquares { Bias = bias }.Fit(moments);
    }
}
