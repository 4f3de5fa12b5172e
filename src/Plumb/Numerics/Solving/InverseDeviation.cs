namespace Plumb.Numerics;

/// <summary>
/// D = I - J A J' for an approximate inverse J of A's factor: in doubles, of products in twice their precision, with a
/// bound on what rounding did.
/// </summary>
internal sealed class InverseDeviation
{
    /// <summary>
    /// Far above what sums of products with J's elements lose below the least double, far below all that matters.
    /// </summary>
    public const double Underflow = 1e-180;

    /// <summary>What a bound is multiplied by after a few roundings.</summary>
    public const double RoundedUp = 1 + 1.0 / (1L << 40);

    private const int Share = 16; // rows that a thread takes at a time; a multiple of those of a tile

    private readonly PaddedRows _factor; // J
    private readonly double[] _lengths; // of its rows, rounded up

    /// <summary>Evaluates D.</summary>
    /// <param name="factor">J.</param>
    /// <param name="high">A, in double-double.</param>
    /// <param name="low">What high lacks.</param>
    public InverseDeviation(PaddedRows factor, PaddedRows high, PaddedRows low)
    {
        _factor = factor;
        _lengths = LengthsOf(factor);
        Elements = new PaddedRows(factor.Rows, factor.Rows);
        var lengths = LengthsOf(high);
        Evaluate(high, low, lengths);
        RowBounds = BoundsOf(lengths);
    }

    /// <summary>D.</summary>
    public PaddedRows Elements { get; }

    /// <summary>
    /// Bounds on what rounding did to each row of D. An element of J A is off by at most e |j| |a|, these the lengths
    /// of rows and e the error of a product; with J A, its own row is at most
    /// |j| times A's Frobenius norm; so an element of J A J' is off by twice e times that norm times two lengths of
    /// rows of J.
    /// </summary>
    public double[] RowBounds { get; }

    /// <summary>By blocks of rows of J A.</summary>
    private void Evaluate(PaddedRows high, PaddedRows low, double[] lengths)
    {
        var size = _factor.Rows;
        ParallelFor.ForEach((size + Share - 1) / Share,
            () => (new PaddedRows(Share, size), new PaddedRows(Share, size)), (share, image) =>
        {
            var first = share * Share;
            var height = Math.Min(Share, size - first);
            var (imageHigh, imageLow) = image;
            Span<DoubleDouble> products = stackalloc DoubleDouble[RowProducts.Tile * AccurateProducts.RightRows];
            // Rows of A are long, and each is met by all rows of the block before the next one comes.
            for (var i = 0; i < size; i += AccurateProducts.RightRows)
            {
                for (var k = 0; k < height; k += RowProducts.Tile)
                {
                    var (rows, columns) =
                        Multiply(first + k, Math.Min(RowProducts.Tile, height - k), high, low, i, lengths, products);
                    for (var r = 0; r < rows; r++)
                    {
                        for (var c = 0; c < columns; c++)
                        {
                            (imageHigh[k + r, i + c], imageLow[k + r, i + c]) =
                                (products[AccurateProducts.RightRows * r + c].High,
                                    products[AccurateProducts.RightRows * r + c].Low);
                        }
                    }
                }
            }

            var imageLengths = LengthsOf(imageHigh);
            for (var i = first / RowProducts.Tile * RowProducts.Tile; i < size; i += RowProducts.Tile)
            {
                for (var k = 0; k < height; k += AccurateProducts.RightRows)
                {
                    var (rows, columns) =
                        Multiply(i, Math.Min(RowProducts.Tile, size - i), imageHigh, imageLow, k, imageLengths,
                            products);
                    for (var r = 0; r < rows; r++)
                    {
                        for (var c = 0; c < Math.Min(columns, height - k); c++)
                        {
                            var (row, column) = (i + r, first + k + c);
                            if (column <= row)
                            {
                                var one = (DoubleDouble)(row == column ? 1 : 0);
                                Elements[row, column] = Elements[column, row] =
                                    (one - products[AccurateProducts.RightRows * r + c]).High;
                            }
                        }
                    }
                }
            }
        });
    }

    /// <summary>Products of up to four rows of J with up to two of another matrix; how many.</summary>
    private (int Rows, int Others) Multiply(int row, int rows, PaddedRows high, PaddedRows low, int other,
        double[] lengths, Span<DoubleDouble> products)
    {
        var others = Math.Min(AccurateProducts.RightRows, high.Rows - other);
        var to = PaddedRows.RoundUp(row + rows); // the rest of J's rows is 0
        if (rows == RowProducts.Tile && others == AccurateProducts.RightRows)
        {
            // By Cauchy and Schwarz.
            Span<double> bounds = stackalloc double[RowProducts.Tile * AccurateProducts.RightRows];
            for (var r = 0; r < rows; r++)
            {
                (bounds[2 * r], bounds[2 * r + 1]) =
                    (_lengths[row + r] * lengths[other], _lengths[row + r] * lengths[other + 1]);
            }

            AccurateProducts.Tile(ref _factor[row, 0], _factor.Stride, ref high[other, 0], ref low[other, 0],
                high.Stride, to, bounds, products);
            return (rows, others);
        }

        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < others; c++)
            {
                products[AccurateProducts.RightRows * r + c] =
                    AccurateProducts.Dot(_factor.Row(row + r)[..to], high.Row(other + c)[..to],
                        low.Row(other + c)[..to]);
            }
        }

        return (rows, others);
    }

    private double[] BoundsOf(double[] lengths)
    {
        var size = _factor.Rows;
        var norm = Math.Sqrt(lengths.Sum(length => length * length));
        var error = 2.01 * AccurateProducts.TileError(size) * norm * _lengths.Sum();
        var bounds = new double[size];
        for (var i = 0; i < size; i++)
        {
            // D itself is rounded once more.
            bounds[i] =
                (_lengths[i] * error + RowProducts.SumOfMagnitudes(Elements.Row(i)) / (1L << 52)
                    + Underflow * size * (1 + RowProducts.SumOfMagnitudes(_factor.Row(i)))) * RoundedUp;
        }

        return bounds;
    }

    /// <summary>The lengths of rows, rounded up.</summary>
    private static double[] LengthsOf(PaddedRows matrix) =>
        [.. Enumerable.Range(0, matrix.Rows)
            .Select(i => Math.Sqrt(RowProducts.Dot(matrix.Row(i), matrix.Row(i))) * RoundedUp)];
}
