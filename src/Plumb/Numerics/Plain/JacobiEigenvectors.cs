namespace Plumb.Numerics;

/// <summary>
/// The eigenvalues and eigenvectors of a small symmetric matrix, by rotations of two rows and columns at a time.
/// Golub and Van Loan, Matrix Computations, 4th ed., section 8.5.
/// </summary>
internal static class JacobiEigenvectors
{
    private const int MostSweeps = 40; // six or eight are usual
    private const double Still = 1e-16; // of the root of the two diagonal elements' product: what rounding leaves

    /// <summary>All of them, descending.</summary>
    /// <param name="matrix">Symmetric; used up.</param>
    /// <returns>The eigenvalues, and in row i the eigenvector of the i-th.</returns>
    public static (double[] Values, double[][] Vectors) Of(double[][] matrix)
    {
        var size = matrix.Length;
        double[][] vectors = [.. Enumerable.Range(0, size).Select(i =>
            Enumerable.Range(0, size).Select(j => i == j ? 1.0 : 0).ToArray())];
        for (var (sweep, rotated) = (0, true); rotated && sweep < MostSweeps; sweep++)
        {
            rotated = false;
            for (var i = 0; i < size; i++)
            {
                for (var j = i + 1; j < size; j++)
                {
                    rotated |= Rotate(matrix, vectors, i, j);
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => matrix[i][i])];
        return ([.. order.Select(i => matrix[i][i])], [.. order.Select(i => vectors[i])]);
    }

    /// <summary>Makes element (i, j) zero; false where it already is, to rounding.</summary>
    private static bool Rotate(double[][] a, double[][] vectors, int i, int j)
    {
        if (!(Math.Abs(a[i][j]) > Still * Math.Sqrt(Math.Abs(a[i][i])) * Math.Sqrt(Math.Abs(a[j][j]))))
        {
            return false;
        }

        var half = (a[j][j] - a[i][i]) / (2 * a[i][j]);
        var tangent = (half >= 0 ? 1 : -1) / (Math.Abs(half) + double.Hypot(1, half));
        var cosine = 1 / double.Hypot(1, tangent);
        var sine = tangent * cosine;
        for (var k = 0; k < a.Length; k++)
        {
            (a[k][i], a[k][j]) = (cosine * a[k][i] - sine * a[k][j], sine * a[k][i] + cosine * a[k][j]);
        }

        Turn(a[i], a[j], cosine, sine);
        Turn(vectors[i], vectors[j], cosine, sine);
        a[i][j] = a[j][i] = 0;
        return true;
    }

    private static void Turn(double[] one, double[] other, double cosine, double sine)
    {
        for (var k = 0; k < one.Length; k++)
        {
            (one[k], other[k]) = (cosine * one[k] - sine * other[k], sine * one[k] + cosine * other[k]);
        }
    }
}
