namespace Plumb.Numerics;

/// <summary>
/// The exact distribution of Durbin and Watson's statistic, for rows in order and independent normal noise: d = sum of
/// lambda[i] u[i]^2 / sum of u[i]^2, lambda the eigenvalues of the
/// products of differences among residuals. Durbin and Watson, Biometrika 37, 1950; as Imhof's form, Farebrother,
/// Applied Statistics 29, AS 153, 1980.
/// </summary>
internal sealed class DurbinWatsonTail
{
    private const double Rounding = 1.0 / (1L << 50); // of the largest eigenvalue: a statistic is not known better

    private readonly double[] _eigenvalues; // descending

    /// <summary>The distribution for rows with these coordinates.</summary>
    /// <param name="coordinates">Rows of coordinates in a basis of what the inputs span, in order: orthonormal but for
    /// rounding. Rows x rank.</param>
    public DurbinWatsonTail(IReadOnlyList<double[]> coordinates)
    {
        var (rows, rank) = (coordinates.Count, coordinates[0].Length);
        var basis = Orthonormal(coordinates, rank);
        var steps = new double[rows - 1][]; // D Q
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = [.. basis.Select(vector => vector[i + 1] - vector[i])];
        }

        // D M D' = D D' - D Q (D Q)', M = I - Q Q', has the eigenvalues of M D'D M. What lies beyond the degrees of
        // freedom is rounding.
        var products = new double[steps.Length][];
        for (var i = 0; i < steps.Length; i++)
        {
            products[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                products[i][j] = (i == j ? 2 : i == j + 1 ? -1 : 0) - Dot(steps[i], steps[j]);
            }
        }

        _eigenvalues = new double[rows - rank];
        var values = SymmetricEigenvalues.Of(products);
        for (var i = 0; i < Math.Min(_eigenvalues.Length, values.Length); i++)
        {
            _eigenvalues[i] = Math.Max(values[i], 0);
        }
    }

    /// <summary>P(D > d).</summary>
    public double Upper(double statistic) => Above(statistic, 1);

    /// <summary>P(D &lt; d).</summary>
    public double Lower(double statistic) => Above(statistic, -1);

    private double Above(double statistic, int sign)
    {
        // No farther out than one rounding from the end: the probability of the end itself is 0, but nobody knows that
        // it was met.
        var (least, most) = (_eigenvalues[^1], _eigenvalues[0]);
        var margin = Rounding * most;
        var d = most - least > 2 * margin ? Math.Clamp(statistic, least + margin, most - margin) : statistic;
        var coefficients = new double[_eigenvalues.Length];
        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = sign * (_eigenvalues[i] - d);
        }

        return QuadraticFormTail.Positive(coefficients);
    }

    /// <summary>
    /// The coordinates' columns once they are orthonormal to the last bit: modified Gram-Schmidt, twice. Golub and Van
    /// Loan, section 5.2.8.
    /// </summary>
    private static double[][] Orthonormal(IReadOnlyList<double[]> coordinates, int rank)
    {
        var basis = new double[rank][];
        for (var k = 0; k < rank; k++)
        {
            var vector = basis[k] = [.. coordinates.Select(row => row[k])];
            for (var pass = 0; pass < 2; pass++)
            {
                for (var other = 0; other < k; other++)
                {
                    Subtract(vector, basis[other], Dot(vector, basis[other]));
                }

                Subtract(vector, vector, 1 - 1 / Math.Sqrt(Dot(vector, vector)));
            }
        }

        return basis;
    }

    private static void Subtract(double[] vector, double[] other, double factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] -= factor * other[i];
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
}
