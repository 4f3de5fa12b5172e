using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// What clustered errors that are free of bias under even noise, CR2, take of each group of rows: with Z the rows'
/// orthonormal coordinates and M = Z'Z those of the group, (1 - M)^-1/2, by which its scores are multiplied; and the
/// degrees of freedom of what comes of it, by Satterthwaite. Bell and McCaffrey, Survey Methodology 28, 2002;
/// Pustejovsky and Tipton, J. Business and Economic Statistics 36, 2018.
/// </summary>
internal sealed class BiasReducedClusters
{
    // Of 1 - M: the group decides this direction alone, and meets it whatever the noise.
    private const double Alone = 1e-9;

    private readonly List<(double[] Values, double[] Factors, double[][] Vectors)> _groups = [];

    /// <summary>Adds a group.</summary>
    /// <param name="products">M, coordinates x coordinates; used up.</param>
    /// <returns>(1 - M)^-1/2, without the directions that the group decides alone.</returns>
    public double[][] Add(double[][] products)
    {
        var (values, vectors) = JacobiEigenvectors.Of(products);
        double[] factors = [.. values.Select(value => 1 - value > Alone ? 1 / Math.Sqrt(1 - value) : 0)];
        _groups.Add((values, factors, vectors));
        var size = values.Length;
        return [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Select(j =>
            Enumerable.Range(0, size).Sum(k => factors[k] * vectors[k][i] * vectors[k][j])).ToArray())];
    }

    /// <summary>The degrees of freedom for Student's t of a combination.</summary>
    /// <param name="combination">In coordinates.</param>
    public double Freedom(double[] combination)
    {
        var (trace, squares, sums) = (0.0, 0.0, new double[combination.Length, combination.Length]);
        foreach (var group in _groups)
        {
            var (own, u) = Of(group, combination);
            var (a, length) = (Dot(own, own), Dot(u, u));
            trace += a - length;
            squares += a * a - 2 * a * length;
            AddProducts(u, u, sums);
        }

        squares += Dot(sums, sums);
        return squares > 0 ? trace * trace / squares : double.NaN;
    }

    /// <summary>
    /// The degrees of freedom eta for Hotelling's T^2 of several combinations at once: with q of them
    /// (eta - q + 1) / (eta q) times Wald's statistic is F with q and eta - q + 1 degrees of freedom.
    /// </summary>
    /// <param name="combinations">In coordinates, none a combination of the others.</param>
    public double Freedom(double[][] combinations)
    {
        if (combinations is [var only])
        {
            return Freedom(only);
        }

        var (all, q) = (Orthonormal(combinations), combinations.Length);
        var size = all[0].Length;
        var sums = new double[q, q][,];
        for (var s = 0; s < q; s++)
        {
            for (var t = 0; t < q; t++)
            {
                sums[s, t] = new double[size, size];
            }
        }

        var variance = 0.0;
        foreach (var group in _groups)
        {
            var parts = all.Select(combination => Of(group, combination)).ToArray();
            for (var s = 0; s < q; s++)
            {
                for (var t = 0; t < q; t++)
                {
                    var (ass, att, ast) = (Dot(parts[s].Own, parts[s].Own), Dot(parts[t].Own, parts[t].Own),
                        Dot(parts[s].Own, parts[t].Own));
                    var (uss, utt, ust) =
                        (Dot(parts[s].U, parts[s].U), Dot(parts[t].U, parts[t].U), Dot(parts[s].U, parts[t].U));
                    variance += ast * ast - 2 * ast * ust + ass * att - ass * utt - uss * att;
                    AddProducts(parts[s].U, parts[t].U, sums[s, t]);
                }
            }
        }

        for (var s = 0; s < q; s++)
        {
            for (var t = 0; t < q; t++)
            {
                variance += Dot(sums[s, t], sums[s, t]) + Dot(sums[s, t], sums[t, s]);
            }
        }

        return q * (q + 1) / variance;
    }

    // With c the combination: a root of c' Z'A A Z c, and Z'A Z c; A = (1 - Z Z')^-1/2 of the group.
    private static (double[] Own, double[] U) Of((double[] Values, double[] Factors, double[][] Vectors) group,
        double[] combination)
    {
        var (own, u) = (new double[combination.Length], new double[combination.Length]);
        for (var k = 0; k < combination.Length; k++)
        {
            var along = Dot(group.Vectors[k], combination) * group.Factors[k];
            own[k] = along * Math.Sqrt(Math.Max(group.Values[k], 0));
            for (var i = 0; i < u.Length; i++)
            {
                u[i] += along * group.Values[k] * group.Vectors[k][i];
            }
        }

        return (own, u);
    }

    private static double[][] Orthonormal(double[][] rows)
    {
        double[][] all = [.. rows.Select(row => row.ToArray())];
        for (var i = 0; i < all.Length; i++)
        {
            for (var again = 0; again < 2; again++)
            {
                for (var j = 0; j < i; j++)
                {
                    var along = Dot(all[i], all[j]);
                    all[i] = [.. all[i].Zip(all[j], (own, other) => own - along * other)];
                }
            }

            var length = Math.Sqrt(Dot(all[i], all[i]));
            all[i] = [.. all[i].Select(value => value / length)];
        }

        return all;
    }

    private static void AddProducts(double[] left, double[] right, double[,] sums)
    {
        for (var i = 0; i < left.Length; i++)
        {
            for (var j = 0; j < right.Length; j++)
            {
                sums[i, j] += left[i] * right[j];
            }
        }
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var k = 0; k < left.Length; k++)
        {
            sum += left[k] * right[k];
        }

        return sum;
    }

    private static double Dot(double[,] left, double[,] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.GetLength(0); i++)
        {
            for (var j = 0; j < left.GetLength(1); j++)
            {
                sum += left[i, j] * right[i, j];
            }
        }

        return sum;
    }
}
