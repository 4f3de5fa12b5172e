using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// A test of a hypothesis about the parameters of all targets at once: by the eigenvalues of E^-1 H, E the residuals'
/// sums of products between targets and H what the hypothesis adds to them.
/// Rencher and Christensen, Methods of Multivariate Analysis, 3rd ed., sections 6.1 and 10.5.
/// </summary>
/// <param name="Text">The hypothesis.</param>
/// <param name="Eigenvalues">The largest first.</param>
/// <param name="Statistics">Wilks's, Pillai's, Hotelling and Lawley's, Roy's.</param>
public sealed record MultivariateTest(string Text, IReadOnlyList<double> Eigenvalues,
    IReadOnlyList<MultivariateStatistic> Statistics)
{
    /// <summary>The test; null where residuals of targets depend on each other, or leave too few degrees of
    /// freedom.</summary>
    /// <param name="text">The hypothesis.</param>
    /// <param name="residuals">E.</param>
    /// <param name="explained">H, on the same scale.</param>
    /// <param name="equations">How many the hypothesis is.</param>
    /// <param name="freedom">The residual degrees of freedom.</param>
    internal static MultivariateTest? Of(string text, Dyadic[,] residuals, Dyadic[,] explained, int equations,
        double freedom)
    {
        var size = residuals.GetLength(0);
        if (freedom < size || equations < 1)
        {
            return null;
        }

        // In units of each target's residuals, to a power of two.
        int[] powers = [.. Enumerable.Range(0, size).Select(t => residuals[t, t].Magnitude >> 1)];
        DoubleDouble[,] Scaled(Dyadic[,] products)
        {
            var scaled = new DoubleDouble[size, size];
            for (var t = 0; t < size; t++)
            {
                for (var u = 0; u < size; u++)
                {
                    scaled[t, u] = DoubleDouble.Of(products[t, u].Scale(-powers[t] - powers[u]));
                }
            }

            return scaled;
        }

        if (Enumerable.Range(0, size).Any(t => residuals[t, t].IsZero) || Lower(Scaled(residuals)) is not { } lower)
        {
            return null;
        }

        double[] values =
            [.. SymmetricEigenvalues.Of(Whitened(lower, Scaled(explained))).Select(value => Math.Max(0, value))];
        return new MultivariateTest(text, [.. values.Take(Math.Min(size, equations))],
            StatisticsOf(values, size, equations, freedom));
    }

    // p targets, q equations, v degrees of freedom.
    private static MultivariateStatistic[] StatisticsOf(double[] values, double p, double q, double v)
    {
        static MultivariateStatistic With(string name, double value, double f, double k, double d) =>
            new(name, value, f, k, d, d > 0 ? FisherF.UpperTail(f, k, d) : double.NaN);
        var s = Math.Min(p, q);
        var (m, n) = ((Math.Abs(p - q) - 1) / 2, (v - p - 1) / 2);
        var logWilks = -values.Sum(value => Elementary.Log1P(value));
        var squares = p * p + q * q - 5;
        var t = squares > 0 ? Math.Sqrt((p * p * q * q - 4) / squares) : 1;
        var d = (v - (p - q + 1) / 2) * t - (p * q - 2) / 2;
        var pillai = values.Sum(value => value / (1 + value));
        var hotelling = values.Sum();
        var (k, widest) = (s * (2 * m + s + 1), Math.Max(p, q));
        return
        [
            With("Wilks", Elementary.Exp(logWilks), Elementary.ExpM1(-logWilks / t) * d / (p * q), p * q, d),
            With("Pillai", pillai, (2 * n + s + 1) / (2 * m + s + 1) * pillai / (s - pillai), k, s * (2 * n + s + 1)),
            With("Hotelling-Lawley", hotelling, 2 * (s * n + 1) * hotelling / (s * k), k, 2 * (s * n + 1)),
            With("Roy", values[0], values[0] * (v - widest + q) / widest, widest, v - widest + q),
        ];
    }

    /// <summary>L of E = L L'; null where it is singular to twenty digits.</summary>
    private static DoubleDouble[,]? Lower(DoubleDouble[,] matrix)
    {
        const double LeastPivot = 1e-20; // a double-double has 31 digits
        var size = matrix.GetLength(0);
        var lower = new DoubleDouble[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    rest -= lower[i, k] * lower[j, k];
                }

                if (i == j && !(rest.High > LeastPivot))
                {
                    return null;
                }

                lower[i, j] = i == j ? DoubleDouble.Sqrt(rest) : rest / lower[j, j];
            }
        }

        return lower;
    }

    /// <summary>L^-1 H L'^-1.</summary>
    private static double[][] Whitened(DoubleDouble[,] lower, DoubleDouble[,] matrix)
    {
        var size = lower.GetLength(0);
        void SolveColumns(DoubleDouble[,] values)
        {
            for (var column = 0; column < size; column++)
            {
                for (var i = 0; i < size; i++)
                {
                    for (var k = 0; k < i; k++)
                    {
                        values[i, column] -= lower[i, k] * values[k, column];
                    }

                    values[i, column] /= lower[i, i];
                }
            }
        }

        SolveColumns(matrix);
        var turned = new DoubleDouble[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                turned[i, j] = matrix[j, i];
            }
        }

        SolveColumns(turned);
        return [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Select(j =>
            ((turned[i, j] + turned[j, i]) / 2).High).ToArray())];
    }
}
