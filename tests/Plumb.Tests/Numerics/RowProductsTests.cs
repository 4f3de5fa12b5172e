using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>
/// Inner products in twice a double's precision, beside exact ones: they keep the bounds that certificates rest on.
/// </summary>
public sealed class RowProductsTests
{
    // From rows alike to rows that cancel, with elements of all sizes.
    private static readonly Gen<Problem> s_problem =
        from length in Gen.Int[1, 70]
        from spread in Gen.Int[0, 60]
        from x in Row(length, spread).Array[RowProducts.Tile]
        from y in Row(length, spread).Array[AccurateProducts.RightRows]
        from low in Row(length, 0).Array[AccurateProducts.RightRows]
        select Problem.Of(x, y, low);

    [Fact]
    public void Accurate_products_keep_their_bound() =>
        s_problem.Sample(problem => problem.All((i, j) =>
        {
            var product = AccurateProducts.Dot(problem.X.Row(i), problem.High.Row(j), problem.Low.Row(j));
            return (problem.Magnitudes(i, j) * AccurateProducts.DotError(problem.X.Columns)
                - problem.Error(i, j, product).Abs()).Sign >= 0;
        }));

    [Fact]
    public void Tiles_of_accurate_products_keep_their_bound() =>
        s_problem.Sample(problem =>
        {
            var bounds = new double[RowProducts.Tile * AccurateProducts.RightRows];
            problem.All((i, j) =>
            {
                bounds[AccurateProducts.RightRows * i + j] =
                    Problem.LengthOf(problem.X.Row(i)) * Problem.LengthOf(problem.High.Row(j));
                return true;
            });
            var products = new DoubleDouble[bounds.Length];
            AccurateProducts.Tile(ref problem.X[0, 0], problem.X.Stride, ref problem.High[0, 0],
                ref problem.Low[0, 0], problem.High.Stride, problem.X.Stride, bounds, products);
            return problem.All((i, j) =>
            {
                var place = AccurateProducts.RightRows * i + j;
                return ((Dyadic)bounds[place] * AccurateProducts.TileError(problem.X.Columns)
                    - problem.Error(i, j, products[place]).Abs()).Sign >= 0;
            });
        });

    private static Gen<double[]> Row(int length, int spread) =>
        Gen.Select(Gen.Double[-1, 1], Gen.Int[-spread, spread], Math.ScaleB).Array[length];

    private sealed record Problem(PaddedRows X, PaddedRows High, PaddedRows Low)
    {
        private const double HalfUnit = 1.0 / (1L << 53);

        public static Problem Of(double[][] x, double[][] y, double[][] low)
        {
            // The second row of y lies across the first of x, to rounding.
            var (first, second) = (x[0], y[1]);
            var slope = first.Zip(second, (a, b) => a * b).Sum() / first.Sum(a => a * a);
            y[1] = double.IsFinite(slope) ? [.. second.Zip(first, (b, a) => b - slope * a)] : second;
            return new Problem(Padded(x), Padded(y),
                Padded(
                    [.. low.Select((row, j) =>
                        row.Zip(y[j], (share, value) => share * HalfUnit * Math.Abs(value)).ToArray())]));
        }

        public bool All(Func<int, int, bool> holds) =>
            Enumerable.Range(0, X.Rows).All(i => Enumerable.Range(0, High.Rows).All(j => holds(i, j)));

        public Dyadic Error(int i, int j, DoubleDouble product) =>
            product.ToDyadic()
                - Enumerable.Range(0, X.Columns).Aggregate(Dyadic.Zero,
                    (sum, k) => sum + (Dyadic)X[i, k] * ((Dyadic)High[j, k] + Low[j, k]));

        public Dyadic Magnitudes(int i, int j) =>
            Enumerable.Range(0, X.Columns).Aggregate(Dyadic.Zero,
                (sum, k) => sum + ((Dyadic)X[i, k] * High[j, k]).Abs());

        public static double LengthOf(ReadOnlySpan<double> row) => Math.Sqrt(RowProducts.Dot(row, row)) * (1 + 1e-12);

        private static PaddedRows Padded(double[][] rows)
        {
            var padded = new PaddedRows(rows.Length, rows[0].Length);
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i].CopyTo(padded.Row(i));
            }

            return padded;
        }
    }
}
