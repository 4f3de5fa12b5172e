using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether the noise of a target changes with the inputs: n R^2 of the squared residuals on the inputs and a constant,
/// without
/// weights. Koenker, J. Econometrics 17, 1981.
/// </summary>
internal sealed class UnevenNoiseTests
{
    private const double Dependent = 1e-10; // squared residuals that vary by less of their mean square are equal
    // Of the mean variance: less is not taken from a line through squared residuals.
    private const double LeastShare = 0.05;

    private readonly RowFrame _frame;
    private readonly RowSums _sums;
    private readonly int _target;
    private readonly int[] _basis; // 1, unless it is a combination of the others; and the coordinates

    /// <summary>The test of one target.</summary>
    public UnevenNoiseTests(RowFrame frame, RowSums sums, int target)
    {
        (_frame, _sums, _target) = (frame, sums, target);
        _basis = [sums.One, .. Enumerable.Range(0, frame.Coordinates)];
        if (!frame.Fit.Settings.Bias && !new ProjectedColumns(_basis, sums.Plain).IsUsable)
        {
            _basis = _basis[1..];
        }
    }

    private int Squares => _frame.Coordinates + _target;

    /// <summary>Whether the inputs are far enough from dependent.</summary>
    public bool IsUsable => new ProjectedColumns(_basis, _sums.Plain).IsUsable;

    /// <summary>The test of all rows; null where it cannot be made, or nothing varies.</summary>
    public HypothesisTest? BreuschPagan() => Test([]);

    /// <summary>The same without a few rows.</summary>
    public HypothesisTest? Without(IReadOnlyList<RowCandidate> rows) => Test(rows);

    /// <summary>
    /// What the variance at a row is, over its mean: by a line through the squared residuals of the other rows.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="others">Rows that are left out, it among them.</param>
    public double VarianceAt(RowCandidate row, IReadOnlyList<RowCandidate> others)
    {
        var products = ProductsWithout(others);
        var columns = new ProjectedColumns(_basis, products);
        if (columns.Coefficients(Squares) is not { } line)
        {
            return 1;
        }

        DoubleDouble sum = 0;
        for (var k = 0; k < line.Length; k++)
        {
            sum += line[k] * Element(row, _basis[k]);
        }

        var mean = (products(Squares, _sums.One) / products(_sums.One, _sums.One)).High;
        return Math.Max(LeastShare, sum.High / mean);
    }

    private HypothesisTest? Test(IReadOnlyList<RowCandidate> without)
    {
        var freedom = _basis.Length - 1;
        if (freedom < 1)
        {
            return null;
        }

        var products = ProductsWithout(without);
        var (count, sum) = (products(_sums.One, _sums.One), products(_sums.One, Squares));
        var about = sum * sum / count;
        var total = products(Squares, Squares) - about;
        var rest = new ProjectedColumns(_basis, products).Rest(Squares, Squares);
        if (!(total.High > Dependent * about.High) || double.IsNaN(rest.High))
        {
            return null;
        }

        var statistic = Math.Max(0, (count * (total - rest) / total).High);
        var p = ChiSquared.UpperTail(statistic, freedom);
        return new HypothesisTest("breusch-pagan", "Breusch-Pagan, Koenker's form", _frame.Names.Targets[_target],
            statistic, [freedom], p);
    }

    private Func<int, int, DoubleDouble> ProductsWithout(IReadOnlyList<RowCandidate> rows)
    {
        if (rows.Count == 0)
        {
            return _sums.Plain;
        }

        return (i, j) =>
        {
            var sum = _sums.Plain(i, j);
            foreach (var row in rows)
            {
                sum -= (DoubleDouble)Element(row, i) * Element(row, j) * row.Count;
            }

            return sum;
        };
    }

    private double Element(RowCandidate row, int column) =>
        column == _sums.One ? 1 : column == Squares ? row.Residual * row.Residual : row.Coordinates[column];
}
