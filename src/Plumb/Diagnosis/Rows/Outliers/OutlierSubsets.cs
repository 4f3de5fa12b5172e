using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Fits of subsets of rows that hold none of a group which lies far out among the inputs and draws the fit to itself.
/// </summary>
/// <param name="rows">The rows.</param>
/// <param name="all">Their sums.</param>
internal sealed class OutlierSubsets(List<CoordinateRow> rows, RowProductSums all)
{
    private const int MostComponents = 3;
    private const int PowerSteps = 100;

    private readonly int _rank = rows[0].Coordinates.Length;

    /// <summary>The coefficients of each fit.</summary>
    public IEnumerable<double[]> Fits() =>
        ByLeverage().Concat(BySensitivity()).Select(Fit).OfType<double[]>();

    /// <summary>The rows of least leverage. Hadi and Simonoff, JASA 88, 1993.</summary>
    private IEnumerable<bool[]> ByLeverage()
    {
        var leverages = rows.Select(row => RestFit.Dot(row.Coordinates, row.Coordinates)).ToArray();
        foreach (var share in (double[])[0.5, 0.75])
        {
            yield return Below(leverages, share);
        }
    }

    /// <summary>
    /// The rows that are alike in how predictions change without each single row: rows that hide each other are extreme
    /// along one of the main components of these changes.
    /// Pena and Yohai, A fast procedure for outlier diagnostics in large regression problems, JASA 94, 1999.
    /// </summary>
    private IEnumerable<bool[]> BySensitivity()
    {
        var products = Sensitivities();
        for (var component = 0; component < Math.Min(MostComponents, _rank); component++)
        {
            if (LargestComponent(products) is not { } direction)
            {
                yield break;
            }

            var places = rows.Select(row => RestFit.Dot(row.Coordinates, direction)).ToArray();
            yield return Below(places, 0.5);
            yield return Below([.. places.Select(place => -place)], 0.5);
            yield return Below([.. places.Select(Math.Abs)], 0.5);
        }
    }

    /// <summary>The sum over rows of d d', d the change of the coefficients without the row.</summary>
    private double[][] Sensitivities()
    {
        const double Alone = 1e-10; // of 1: such a row's residual is rounding
        var products = Enumerable.Range(0, _rank).Select(_ => new double[_rank]).ToArray();
        foreach (var row in rows)
        {
            var rest = 1 - RestFit.Dot(row.Coordinates, row.Coordinates);
            var factor = rest > Alone ? RestFit.Square(row.Residual / rest) : 0;
            for (var i = 0; i < _rank && factor > 0; i++)
            {
                for (var j = 0; j < _rank; j++)
                {
                    products[i][j] += factor * row.Coordinates[i] * row.Coordinates[j];
                }
            }
        }

        return products;
    }

    /// <summary>
    /// The eigenvector of the largest eigenvalue, by powers, and what is left of the matrix without it; null where
    /// nothing is left.
    /// </summary>
    private double[]? LargestComponent(double[][] products)
    {
        var start = Enumerable.Range(0, _rank).MaxBy(k => products[k][k]);
        var vector = (double[])products[start].Clone();
        var value = 0.0;
        for (var step = 0; step < PowerSteps; step++)
        {
            value = Math.Sqrt(RestFit.Dot(vector, vector));
            if (!(value > 0))
            {
                return null;
            }

            vector = [.. vector.Select(element => element / value)];
            vector = [.. products.Select(row => RestFit.Dot(row, vector))];
        }

        value = Math.Sqrt(RestFit.Dot(vector, vector));
        vector = [.. vector.Select(element => element / value)];
        for (var i = 0; i < _rank; i++)
        {
            for (var j = 0; j < _rank; j++)
            {
                products[i][j] -= value * vector[i] * vector[j];
            }
        }

        return vector;
    }

    private static bool[] Below(double[] values, double share)
    {
        var limit = Selection.Smallest((double[])values.Clone(), (int)Math.Ceiling(share * values.Length));
        return [.. values.Select(value => value <= limit)];
    }

    private double[]? Fit(bool[] isIn)
    {
        var sums = all.Clone();
        for (var i = 0; i < isIn.Length; i++)
        {
            if (!isIn[i])
            {
                sums.Add(rows[i].Coordinates, rows[i].Residual, -1);
            }
        }

        return sums.Solve();
    }
}
