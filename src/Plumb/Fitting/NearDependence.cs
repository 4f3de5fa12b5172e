using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Finds inputs that are a combination of those before them up to the last bit of the data: |X v| is at most what changing each input by half a unit in its last place
/// can do, 2^-53 (sum of |v[j]| |x[j]|). The measure does not grow with the number of rows. An input found so is left out when those after it are judged:
/// what sets it apart is rounding, and any column could be fitted with that.
/// </summary>
internal sealed class NearDependence
{
    /// <summary>Half a unit in the last place, relative: what the data may be off by.</summary>
    public const double HalfUnit = 1.0 / (1L << 53);

    private const double Negligible = 1e-9; // terms this much smaller than the largest are not named

    private readonly IReadOnlyList<string> _names;
    private readonly Lazy<PositiveDefiniteSolver> _solver;
    private readonly int[] _columns;
    private readonly bool _bias;
    private readonly Dyadic _rows; // the sum of their weights
    private readonly Dyadic[] _squares; // one an input
    private readonly Dyadic[] _sums; // likewise

    /// <summary>Remembers what near dependences are found by; the moments may change afterwards.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="solver">Holds the factor of the equations of these columns.</param>
    /// <param name="columns">The inputs that the equations are over.</param>
    /// <param name="bias">Whether the constant column takes part.</param>
    public NearDependence(Moments moments, Lazy<PositiveDefiniteSolver> solver, int[] columns, bool bias)
    {
        (_names, _solver, _columns, _bias, _rows) = (moments.Names.Inputs, solver, columns, bias, moments.WeightSum);
        _squares = [.. Enumerable.Range(0, moments.InputCount).Select(j => moments.InputProduct(j, j))];
        _sums = [.. Enumerable.Range(0, moments.InputCount).Select(moments.InputSum)];
    }

    /// <summary>The near dependences, one for each column that nearly depends on columns before it.</summary>
    /// <param name="tolerance">What the data may be off by, relative to each number, or to the smallest normal number where that is more.</param>
    /// <exception cref="ArithmeticException">The inverse leaves the range of doubles.</exception>
    public IReadOnlyList<Dependence> Find(double tolerance)
    {
        var (solver, columns) = (_solver.Value, _columns);
        var found = new List<Dependence>();
        var (rows, lengths) = Prepare(solver, columns);
        for (var k = 0; k < columns.Length;)
        {
            // Row k of the inverse factor is the combination of columns up to k that leaves the least, over the length that it leaves.
            if (RowProducts.DotOfMagnitudes(rows.Row(k), lengths) * tolerance < 1)
            {
                k++;
                continue;
            }

            var (row, place) = (rows.Row(k).ToArray(), k);
            found.Add(Describe(columns, [.. row[..(k + 1)].Select((value, j) => Math.ScaleB(value / row[place], solver.Scales[place] - solver.Scales[j]))]));
            int[] kept = [.. Enumerable.Range(0, columns.Length).Where(j => j != place)];
            columns = [.. kept.Select(j => columns[j])];
            solver = new PositiveDefiniteSolver(solver.Coefficients.Submatrix(kept));
            (rows, lengths) = Prepare(solver, columns);
        }

        return found;
    }

    /// <summary>The inverse factor, and the columns' lengths in its coordinates.</summary>
    private (PaddedRows Rows, double[] Lengths) Prepare(PositiveDefiniteSolver solver, int[] columns)
    {
        var scale = _bias ? _rows : Dyadic.One; // the equations are this much larger than the moments
        var lengths = new double[PaddedRows.RoundUp(columns.Length)];
        for (var j = 0; j < columns.Length; j++)
        {
            lengths[j] = Dyadic.SquareRootOfRatio((LastPlaces.Square(_squares[columns[j]], _rows) * scale).Scale(-2 * solver.Scales[j]), Dyadic.One);
        }

        return (solver.Inverse.Rows ?? throw new ArithmeticException("an input is so nearly a combination of the others that no double holds its standard error; leave it out."), lengths);
    }

    private Dependence Describe(int[] columns, double[] combination)
    {
        var weights = new double[_names.Count];
        for (var j = 0; j < combination.Length; j++)
        {
            weights[columns[j]] = combination[j];
        }

        // A term is judged by what it contributes, in the units of the sum.
        var lengths = weights.Select((weight, j) => Math.Abs(weight) * Dyadic.SquareRootOfRatio(_squares[j], _rows)).ToArray();
        var largest = lengths.Max();
        var rounded = weights.Select((weight, j) => lengths[j] < Negligible * largest ? 0 : Readable(weight)).ToArray();
        var constant = 0.0;
        if (_bias)
        {
            var sum = Dyadic.Zero;
            for (var j = 0; j < rounded.Length; j++)
            {
                // Of the factors before they are rounded: what the ninth digit of one lacks, times an offset, is no constant.
                sum -= rounded[j] == 0 ? Dyadic.Zero : (Dyadic)weights[j] * _sums[j];
            }

            constant = sum.IsZero ? 0 : Dyadic.Ratio(sum, _rows);
            constant = Math.Abs(constant) < Negligible * largest ? 0 : Readable(constant);
        }

        return new Dependence(_names, rounded, constant, DependenceKind.Near);
    }

    /// <summary>A number without the rounding noise of a near dependence: nine digits.</summary>
    private static double Readable(double value) =>
        value == 0 ? 0 : double.Parse(value.ToString("G9", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
