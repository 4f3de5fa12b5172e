using System.Globalization;
using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// Finds inputs that are a combination of those before them up to the last bit of the data: |X v| is at most what
/// changing each input by half a unit in its last place
/// can do, 2^-53 (sum of |v[j]| |x[j]|). The measure does not grow with the number of rows. An input found so is left
/// out when those after it are judged:
/// what sets it apart is rounding, and any column could be fitted with that.
/// </summary>
internal sealed class NearDependence
{
    /// <summary>Half a unit in the last place, relative: what the data may be off by.</summary>
    public const double HalfUnit = 1.0 / (1L << 53);

    private const double Negligible = 1e-9; // terms this much smaller than the largest are not named
    private const int Halved = 512; // half of the bits of a double's range

    private readonly IReadOnlyList<string> _names;
    private readonly Once<PositiveDefiniteSolver> _solver;
    private readonly int[] _columns;
    private readonly bool _bias;
    private readonly Dyadic _rows; // the sum of their weights
    private readonly Dyadic[] _squares; // one per input
    private readonly Dyadic[] _sums; // likewise

    /// <summary>Remembers what near dependences are found by; the moments may change afterwards.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="solver">Holds the factor of the equations of these columns.</param>
    /// <param name="columns">The inputs that the equations are over.</param>
    /// <param name="bias">Whether the constant column takes part.</param>
    public NearDependence(Moments moments, Once<PositiveDefiniteSolver> solver, int[] columns, bool bias)
    {
        (_names, _solver, _columns, _bias, _rows) = (moments.Names.Inputs, solver, columns, bias, moments.WeightSum);
        _squares = [.. Enumerable.Range(0, moments.InputCount).Select(j => moments.InputProduct(j, j))];
        _sums = [.. Enumerable.Range(0, moments.InputCount).Select(moments.InputSum)];
    }

    /// <summary>The near dependences, one for each column that nearly depends on columns before it.</summary>
    /// <param name="tolerance">What the data may be off by, relative to each number, or to the smallest normal number
    /// where that is more.</param>
    public IReadOnlyList<Dependence> Find(double tolerance)
    {
        var (solver, columns) = (_solver.Value, _columns);
        var found = new List<Dependence>();
        var lengths = LengthsOf(solver, columns);
        for (var k = 0; k < columns.Length;)
        {
            // Row k of the inverse factor is the combination of columns up to k that leaves the least, over the length
            // that it leaves.
            var (rows, power) = (solver.Inverse.Rows, solver.Inverse.RowPowers[k]);
            if (Math.ScaleB(RowProducts.DotOfMagnitudes(rows.Row(k), lengths) * tolerance, power) < 1)
            {
                k++;
                continue;
            }

            var place = k;
            var (scales, row) = (solver.Scales, rows.Row(k)[..(k + 1)].ToArray());
            found.Add(
                Describe(columns, [.. row.Select((value, j) => ((Dyadic)value).Scale(scales[place] - scales[j]))]));
            int[] kept = [.. Enumerable.Range(0, columns.Length).Where(j => j != place)];
            columns = [.. kept.Select(j => columns[j])];
            solver = new PositiveDefiniteSolver(solver.Coefficients.Submatrix(kept));
            lengths = LengthsOf(solver, columns);
        }

        return found;
    }

    /// <summary>The columns' lengths in the coordinates of the solver.</summary>
    private double[] LengthsOf(PositiveDefiniteSolver solver, int[] columns)
    {
        var scale = _bias ? _rows : Dyadic.One; // the equations are this much larger than the moments
        var lengths = new double[PaddedRows.RoundUp(columns.Length)];
        for (var j = 0; j < columns.Length; j++)
        {
            lengths[j] =
                Dyadic.SquareRootOfRatio(
                    (LastPlaces.Square(_squares[columns[j]], _rows) * scale).Scale(-2 * solver.Scales[j]), Dyadic.One);
        }

        return lengths;
    }

    /// <summary>
    /// The relation of a combination of columns, the last of which is the one that depends on the others.
    /// </summary>
    private Dependence Describe(int[] columns, Dyadic[] combination)
    {
        var vector = new Dyadic[_names.Count];
        for (var j = 0; j < combination.Length; j++)
        {
            vector[columns[j]] = combination[j];
        }

        // A term is judged by what it contributes, in the units of the sum.
        Dyadic[] Contributions(Dyadic[] terms) => [.. terms.Select((value, j) => value * value * _squares[j])];
        Dyadic Least(Dyadic[] contributions) =>
            contributions.Aggregate((most, value) => value > most ? value : most) * Negligible * Negligible;
        var contributions = Contributions(vector);
        var least = Least(contributions);
        Dyadic[] named = [.. vector.Select((value, j) => contributions[j] < least ? Dyadic.Zero : value)];
        double[] exact = [.. Dependence.InRange(named, combination[^1])];
        double[] weights = [.. exact.Select(Readable)];

        // Of the factors before they are rounded: what the ninth digit of one lacks, times an offset, is no constant.
        var sum = Dyadic.Zero;
        for (var j = 0; _bias && j < weights.Length; j++)
        {
            sum -= named[j].IsZero ? Dyadic.Zero : (Dyadic)exact[j] * _sums[j];
        }

        var isNegligible = sum * sum < Least(Contributions([.. weights.Select(weight => (Dyadic)weight)])) * _rows;
        var constant = isNegligible ? 0 : Dyadic.Ratio(sum, _rows);
        if (double.IsFinite(constant))
        {
            return new Dependence(_names, weights, Readable(constant), DependenceKind.Near);
        }

        double[] smaller = [.. weights.Select(weight => Math.ScaleB(weight, -Halved))];
        return new Dependence(_names, smaller, Readable(Dyadic.Ratio(sum.Scale(-Halved), _rows)), DependenceKind.Near);
    }

    /// <summary>A number without the rounding noise of a near dependence: nine digits.</summary>
    private static double Readable(double value) =>
        value == 0 ? 0
            : double.Parse(value.ToString("G9", CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture);
}
