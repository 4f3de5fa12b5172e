using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Finds inputs that are a combination of those before them up to the last bit of the data: |X v| is at most what changing each input by half a unit in its last place
/// can do, 2^-53 (sum of |v[j]| |x[j]|). The measure does not grow with the number of rows.
/// </summary>
internal static class NearDependence
{
    private const double HalfUnit = 1.0 / (1L << 53);
    private const double Negligible = 1e-9; // terms this much smaller than the largest are not named

    /// <summary>The near dependences, one for each column that nearly depends on columns before it.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="solver">Holds the factor of the equations of these columns.</param>
    /// <param name="columns">The inputs that the equations are over.</param>
    /// <param name="bias">Whether the constant column takes part.</param>
    public static IReadOnlyList<Dependence> Find(Moments moments, PositiveDefiniteSolver solver, int[] columns, bool bias)
    {
        var found = new List<Dependence>();
        var cholesky = solver.Cholesky;
        Dyadic rows = bias ? moments.Rows : 1L; // the equations are this much larger than the moments
        for (var k = 0; k < cholesky.Size; k++)
        {
            // Row k of the inverse of L, divided by its last element, is the combination v with v[k] = 1 that leaves the least: L[k, k] in length.
            var row = solver.InverseLower[k];
            var length = cholesky.Row(k)[k].ToDyadic().Scale(cholesky.Scales[k]);
            var weights = new double[moments.InputCount];
            var reach = 0.0;
            for (var j = 0; j <= k; j++)
            {
                var coefficient = (row[j] / row[k]).ToDyadic().Scale(cholesky.Scales[k] - cholesky.Scales[j]);
                weights[columns[j]] = coefficient.ToDouble();
                reach += Dyadic.SquareRootOfRatio(coefficient * coefficient * moments.InputProduct(columns[j], columns[j]) * rows, length * length);
            }

            if (reach * HalfUnit >= 1)
            {
                found.Add(Describe(moments, weights, bias));
            }
        }

        return found;
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
