namespace Plumb.Tests;

/// <summary>A regression in fractions, from rows: what estimates, covariances and tests are compared with.</summary>
internal sealed class ExactRegression
{
    private readonly Fraction[,] _gram; // of independent columns

    public ExactRegression(double[][] x, double[][] y, bool bias, double[]? weights = null)
    {
        Rows = [.. x.Select(row => (Fraction[])[.. bias ? (Fraction[])[1] : [], .. row.Select(Fraction.Of)])];
        Weights = [.. weights?.Select(Fraction.Of) ?? Enumerable.Repeat((Fraction)1, x.Length)];
        var size = Rows[0].Length;
        _gram = new Fraction[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                _gram[i, j] = Sum(k => Rows[k][i] * Rows[k][j]);
            }
        }

        Inverse = Fraction.Solve(_gram, new Fraction[size]) is null ? null
            : [.. Enumerable.Range(0, size).Select(i =>
                Fraction.Solve(_gram, [.. Enumerable.Range(0, size).Select(k => (Fraction)(k == i ? 1 : 0))])!)];
        if (Inverse is null)
        {
            return;
        }

        Parameters = [.. Enumerable.Range(0, y[0].Length).Select(t => Fraction.Solve(_gram,
            [.. Enumerable.Range(0, size).Select(j => Sum(k => Rows[k][j] * Fraction.Of(y[k][t])))])!)];
        Residuals = [.. Enumerable.Range(0, y[0].Length).Select(t => Rows.Select((row, k) =>
            Fraction.Of(y[k][t]) - Dot(row, Parameters[t])).ToArray())];
    }

    public Fraction[][] Rows { get; }

    public Fraction[] Weights { get; }

    /// <summary>(X'X)^-1; null where columns depend on each other.</summary>
    public Fraction[][]? Inverse { get; }

    /// <summary>Of each target, the bias's first.</summary>
    public Fraction[][] Parameters { get; } = [];

    /// <summary>Of each target, row by row.</summary>
    public Fraction[][] Residuals { get; } = [];

    public int DegreesOfFreedom => Rows.Length - Rows[0].Length;

    /// <summary>The sum of products of two targets' residuals.</summary>
    public Fraction Product(int left, int right) => Sum(k => Residuals[left][k] * Residuals[right][k]);

    /// <summary>c'(X'X)^-1 d.</summary>
    public Fraction Form(Fraction[] left, Fraction[] right) =>
        Dot(left, [.. Inverse!.Select(row => Dot(row, right))]);

    public static Fraction Dot(Fraction[] left, Fraction[] right) =>
        left.Zip(right).Aggregate((Fraction)0, (sum, pair) => sum + pair.First * pair.Second);

    private Fraction Sum(Func<int, Fraction> term) =>
        Enumerable.Range(0, Rows.Length).Aggregate((Fraction)0, (sum, k) => sum + Weights[k] * term(k));
}
