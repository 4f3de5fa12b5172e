using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The eigenvalues and eigenvectors of the sum over rows of z z', z = [x; 1] (or x without bias), in the units of the data:
/// times a loss's scale, the Hessian that gradient descent sees. Computed from a factor of the exact matrix, so small eigenvalues are right too.
/// </summary>
public sealed class Spectrum
{
    private readonly double[][] _rows; // rank x parameters: orthonormal eigenvectors

    private Spectrum(double[] eigenvalues, double[][] rows, double conditionNumber) =>
        (Eigenvalues, _rows, ConditionNumber) = (eigenvalues, rows, conditionNumber);

    /// <summary>The positive eigenvalues, descending: as many as the rank.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>The number of parameters a target: inputs, and 1 for the bias.</summary>
    public int Parameters { get; private init; }

    /// <summary>
    /// The ratio of the largest to the least positive singular value of the matrix of the inputs (and the column of ones) with each column scaled to length 1.
    /// Belsley, Kuh and Welsch, Regression Diagnostics, section 3.2.
    /// </summary>
    public double ConditionNumber { get; }

    /// <summary>One eigenvector: an element an input, then the bias if there is one.</summary>
    public ReadOnlySpan<double> Eigenvector(int index) => _rows[index];

    internal static Spectrum Of(Moments moments, NullSpace nullSpace, bool bias)
    {
        var inputs = moments.InputCount;
        var parameters = inputs + (bias ? 1 : 0);
        int[] basis = bias ? [.. nullSpace.Independent, inputs] : nullSpace.Independent;
        var gram = new Dyadic[basis.Length, basis.Length];
        for (var i = 0; i < basis.Length; i++)
        {
            for (var j = 0; j < basis.Length; j++)
            {
                gram[i, j] = moments.ParameterProduct(basis[i], basis[j]);
            }
        }

        // Columns are scaled by powers of two to a length near 1 until the very end, so that any range of units will do.
        var scales = Enumerable.Range(0, parameters).Select(j => (moments.ParameterProduct(j, j).Magnitude + 1) >> 1).ToArray();
        var factor = ScaledFactor(Cholesky.Of(ScaledMatrix.Of(gram)), basis, nullSpace, scales);
        var conditionNumber = Condition([.. factor.Select(row => (double[])row.Clone())]);
        return new Spectrum(Decompose(factor, scales), factor, conditionNumber) { Parameters = parameters };
    }

    /// <summary>R with R'R = the matrix, rank x parameters, column j divided by 2^scales[j].</summary>
    private static double[][] ScaledFactor(Cholesky cholesky, int[] basis, NullSpace nullSpace, int[] scales)
    {
        var columns = new DoubleDouble[scales.Length][];
        for (var j = 0; j < columns.Length; j++)
        {
            columns[j] = new DoubleDouble[cholesky.Size];
        }

        for (var k = 0; k < cholesky.Size; k++)
        {
            cholesky.Row(k).CopyTo(columns[basis[k]]);
        }

        // A dependent column is the combination of independent ones that its null vector tells.
        for (var d = 0; d < nullSpace.Count; d++)
        {
            var vector = nullSpace.Vector(d);
            var dependent = Enumerable.Range(0, scales.Length).First(j => !vector[j].IsZero && Array.IndexOf(basis, j) < 0);
            foreach (var j in basis.Where(j => !vector[j].IsZero))
            {
                var factor = Dyadic.Quotient(-vector[j].Scale(scales[j]), vector[dependent].Scale(scales[dependent]), 110);
                Add(columns[dependent], DoubleDouble.Of(factor), columns[j]);
            }
        }

        return [.. Enumerable.Range(0, cholesky.Size).Select(k => columns.Select(column => column[k].High).ToArray())];
    }

    private static void Add(DoubleDouble[] sum, DoubleDouble factor, DoubleDouble[] term)
    {
        for (var k = 0; k < sum.Length; k++)
        {
            sum[k] += factor * term[k];
        }
    }

    /// <summary>The squared singular values of the factor in the units of the data; its rows become the singular vectors.</summary>
    private static double[] Decompose(double[][] factor, int[] scales)
    {
        var top = scales.DefaultIfEmpty().Max();
        foreach (var row in factor)
        {
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = Math.ScaleB(row[j], scales[j] - top);
            }
        }

        var lengths = SingularValues.Orthogonalize(factor);
        for (var i = 0; i < lengths.Length; i++)
        {
            for (var j = 0; j < factor[i].Length; j++)
            {
                factor[i][j] /= lengths[i];
            }
        }

        return [.. lengths.Select(length => Math.ScaleB(length * length, 2 * top))];
    }

    /// <summary>The condition number once each column has length 1; the factor is used up.</summary>
    private static double Condition(double[][] factor)
    {
        if (factor.Length == 0)
        {
            return double.NaN;
        }

        for (var j = 0; j < factor[0].Length; j++)
        {
            var length = Math.Sqrt(factor.Sum(row => row[j] * row[j]));
            foreach (var row in factor)
            {
                row[j] /= length > 0 ? length : 1;
            }
        }

        var lengths = SingularValues.Orthogonalize(factor);
        return lengths[0] / lengths[^1];
    }
}
