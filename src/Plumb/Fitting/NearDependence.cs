using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Finds inputs that are a combination of those before them up to the last bit of the data: |X v| is at most what changing each input by half a unit in its last place
/// can do, 2^-53 (sum of |v[j]| |x[j]|). The measure does not grow with the number of rows. An input found so is left out when those after it are judged:
/// what sets it apart is rounding, and any column could be fitted with that.
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
        Dyadic scale = bias ? moments.WeightSum : Dyadic.One; // the equations are this much larger than the moments
        var found = new List<Dependence>();
        for (var k = 0; k < columns.Length;)
        {
            var (combination, length) = Project(solver, k);
            var reach = 0.0;
            for (var j = 0; j <= k; j++)
            {
                reach += Dyadic.SquareRootOfRatio(combination[j] * combination[j] * moments.InputProduct(columns[j], columns[j]) * scale, length * length);
            }

            if (reach * HalfUnit < 1)
            {
                k++;
                continue;
            }

            found.Add(Describe(moments, columns, combination, bias));
            int[] kept = [.. Enumerable.Range(0, columns.Length).Where(j => j != k)];
            columns = [.. kept.Select(j => columns[j])];
            solver = new PositiveDefiniteSolver(solver.Coefficients.Submatrix(kept));
        }

        return found;
    }

    /// <summary>The combination of columns up to k, with 1 for k, that leaves the least, and the length that it leaves: L^-1's row over its last element, and L[k, k].</summary>
    private static (Dyadic[] Combination, Dyadic Length) Project(PositiveDefiniteSolver solver, int k)
    {
        var (row, scales) = (solver.InverseLower[k], solver.Scales);
        return ([.. row.Select((value, j) => (value / row[k]).ToDyadic().Scale(scales[k] - scales[j]))], solver.Lower[k][k].ToDyadic().Scale(scales[k]));
    }

    private static Dependence Describe(Moments moments, int[] columns, Dyadic[] combination, bool bias)
    {
        var weights = new double[moments.InputCount];
        for (var j = 0; j < combination.Length; j++)
        {
            weights[columns[j]] = combination[j].ToDouble();
        }

        // A term is judged by what it contributes, in the units of the sum.
        var lengths = weights.Select((weight, j) => Math.Abs(weight) * Dyadic.SquareRootOfRatio(moments.InputProduct(j, j), moments.WeightSum)).ToArray();
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

            constant = sum.IsZero ? 0 : Dyadic.Ratio(sum, moments.WeightSum);
            constant = Math.Abs(constant) < Negligible * largest ? 0 : Readable(constant);
        }

        return new Dependence(moments.Names.Inputs, rounded, constant, DependenceKind.Near);
    }

    /// <summary>A number without the rounding noise of a near dependence: nine digits.</summary>
    private static double Readable(double value) =>
        value == 0 ? 0 : double.Parse(value.ToString("G9", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
