using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Finds inputs that are a combination of those before them up to the last bit of the data: |X v| is at most what changing each input by half a unit in its last place
/// can do, 2^-53 (sum of |v[j]| |x[j]|). The measure does not grow with the number of rows.
/// </summary>
internal static class NearDependence
{
    private const double HalfUnit = 1.0 / (1L << 53);
    private const double LeastResolvedPivot = 1.0 / (1L << 40); // its square keeps some 24 good bits of double-double's 104
    private const double Negligible = 1e-9; // terms this much smaller than the largest are not named

    /// <summary>The near dependences, one for each column that nearly depends on columns before it.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="solver">Holds the factor of the equations of these columns.</param>
    /// <param name="columns">The inputs that the equations are over.</param>
    /// <param name="bias">Whether the constant column takes part.</param>
    public static IReadOnlyList<Dependence> Find(Moments moments, PositiveDefiniteSolver solver, int[] columns, bool bias)
    {
        Dyadic scale = bias ? moments.Rows : 1L; // the equations are this much larger than the moments
        var found = new List<Dependence>();
        var others = new List<int>();
        for (var k = 0; k < columns.Length; k++)
        {
            var (combination, length) = solver.Cholesky.Row(k)[k].High > LeastResolvedPivot ? FromFactor(solver, k) : FromEquations(solver, others, k);
            var reach = 0.0;
            for (var j = 0; j <= k; j++)
            {
                reach += Dyadic.SquareRootOfRatio(combination[j] * combination[j] * moments.InputProduct(columns[j], columns[j]) * scale, length);
            }

            if (reach * HalfUnit < 1)
            {
                others.Add(k);
                continue;
            }

            var weights = new double[moments.InputCount];
            for (var j = 0; j <= k; j++)
            {
                weights[columns[j]] = combination[j].ToDouble();
            }

            found.Add(Describe(moments, weights, bias));
        }

        return found;
    }

    /// <summary>The combination of columns up to k, with 1 for k, that leaves the least, and the square of the length that it leaves: L^-1's row over its last element, L[k, k]^2.</summary>
    private static (Dyadic[] Combination, Dyadic SquaredLength) FromFactor(PositiveDefiniteSolver solver, int k)
    {
        var (cholesky, row) = (solver.Cholesky, solver.InverseLower[k]);
        var length = cholesky.Row(k)[k].ToDyadic().Scale(cholesky.Scales[k]);
        var combination = new Dyadic[k + 1];
        for (var j = 0; j <= k; j++)
        {
            combination[j] = (row[j] / row[k]).ToDyadic().Scale(cholesky.Scales[k] - cholesky.Scales[j]);
        }

        return (combination, length * length);
    }

    /// <summary>The same from the exact equations of the columns that are not themselves nearly dependent, where the factor's digits are used up.</summary>
    private static (Dyadic[] Combination, Dyadic SquaredLength) FromEquations(PositiveDefiniteSolver solver, List<int> others, int k)
    {
        var matrix = solver.Matrix;
        var solution = new PositiveDefiniteSolver(matrix.Submatrix([.. others])).Solve([.. others.Select(j => -matrix[j, k])]);
        var combination = new Dyadic[matrix.Size];
        combination[k] = Dyadic.One;
        for (var i = 0; i < others.Count; i++)
        {
            combination[others[i]] = solution[i];
        }

        var product = matrix.Multiply(combination);
        var length = Dyadic.Zero;
        for (var j = 0; j <= k; j++)
        {
            length += combination[j] * product[j];
        }

        return (combination, length);
    }

    private static Dependence Describe(Moments moments, double[] weights, bool bias)
    {
        // A term is judged by what it contributes, in the units of the sum.
        var lengths = weights.Select((weight, j) => Math.Abs(weight) * Dyadic.SquareRootOfRatio(moments.InputProduct(j, j), moments.Rows)).ToArray();
        var largest = lengths.Max();
        var rounded = weights.Select((weight, j) => lengths[j] < Negligible * largest ? 0 : Readable(weight)).ToArray();
        var constant = 0.0;
        if (bias)
        {
            var sum = Dyadic.Zero;
            for (var j = 0; j < rounded.Length; j++)
            {
                sum -= (Dyadic)rounded[j] * moments.InputSum(j);
            }

            constant = sum.IsZero ? 0 : Dyadic.Ratio(sum, moments.Rows);
            constant = Math.Abs(constant) < Negligible * largest ? 0 : Readable(constant);
        }

        return new Dependence(moments.Names.Inputs, rounded, constant, DependenceKind.Near);
    }

    /// <summary>A number without the rounding noise of a near dependence: nine digits.</summary>
    private static double Readable(double value) =>
        value == 0 ? 0 : double.Parse(value.ToString("G9", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
