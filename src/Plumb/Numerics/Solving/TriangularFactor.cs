using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Cholesky's factor L of a symmetric matrix and the inverse of L, in plain doubles. Both come of one elimination, of
/// the matrix with the identity below it:
/// where a row of the matrix leaves one of L, a row of the identity leaves a column of the inverse of L. Blocked, over
/// as many threads as there are; neither shows in the result.
/// Golub and Van Loan, Matrix Computations, 4th ed., section 4.2.9.
/// </summary>
/// <param name="Lower">L, row by row.</param>
/// <param name="Inverse">Row j holds column j of the inverse of L; it begins at its element j.</param>
internal sealed record TriangularFactor(PaddedRows Lower, PaddedRows Inverse)
{
    private const int Block = 64; // columns eliminated together: rows of a block stay in the second-level cache
    private const int Share = 16; // rows that a thread takes at a time

    /// <summary>Factors a matrix; null where a pivot cannot be told from 0.</summary>
    /// <param name="matrix">Symmetric; its lower triangle is read.</param>
    public static TriangularFactor? TryOf(PaddedRows matrix)
    {
        var size = matrix.Rows;
        var (lower, inverse) = (new PaddedRows(size, size), new PaddedRows(size, size));
        for (var i = 0; i < size; i++)
        {
            matrix.Row(i)[..(i + 1)].CopyTo(lower.Row(i));
            inverse[i, i] = 1;
        }

        for (var start = 0; start < size; start += Block)
        {
            var end = Math.Min(start + Block, size);
            Update(lower, start, end, lower, start, from: 0);
            var columns = new double[Block * Block]; // row j: column j of the block of L, below its diagonal
            if (!FactorBlock(lower, start, end, columns))
            {
                return null;
            }

            var below = (size - end + Share - 1) / Share;
            ParallelFor.ForEach(below + (end + Share - 1) / Share, share =>
            {
                var isInverse = share >= below;
                var (rows, first) = isInverse ? (inverse, (share - below) * Share) : (lower, end + share * Share);
                var last = Math.Min(first + Share, isInverse ? end : size);
                Update(rows, first, last, lower, start, isInverse ? PaddedRows.RoundDown(first) : 0);
                for (var row = first; row < last; row++)
                {
                    Eliminate(rows.Row(row)[start..Math.Min(start + Block, rows.Stride)], lower, start,
                        isInverse ? Math.Max(start, row) : start, end, columns);
                }
            });
        }

        return new TriangularFactor(lower, inverse);
    }

    /// <summary>Takes from rows, in the block's columns, what the columns before the block make of them.</summary>
    private static void Update(PaddedRows rows, int first, int last, PaddedRows lower, int start, int from)
    {
        if (from >= start)
        {
            return;
        }

        Span<double> products = stackalloc double[RowProducts.Tile * RowProducts.Tile];
        var end = Math.Min(start + Block, lower.Rows);
        for (var i = first; i < last; i += RowProducts.Tile)
        {
            for (var j = start; j < end; j += RowProducts.Tile)
            {
                var (height, width) = (Math.Min(RowProducts.Tile, last - i), Math.Min(RowProducts.Tile, end - j));
                if (height == RowProducts.Tile && width == RowProducts.Tile)
                {
                    RowProducts.Dots(ref rows[i, 0], rows.Stride, ref lower[j, 0], lower.Stride, from, start, products);
                }

                for (var r = 0; r < height; r++)
                {
                    for (var c = 0; c < width; c++)
                    {
                        rows[i + r, j + c] -= height == RowProducts.Tile && width == RowProducts.Tile
                            ? products[RowProducts.Tile * r + c]
                            : RowProducts.Dot(rows.Row(i + r)[from..start], lower.Row(j + c)[from..start]);
                    }
                }
            }
        }
    }

    private static bool FactorBlock(PaddedRows lower, int start, int end, double[] columns)
    {
        for (var i = start; i < end; i++)
        {
            var row = lower.Row(i)[start..Math.Min(start + Block, lower.Stride)];
            row[(i - start + 1)..].Clear(); // what the update left above the diagonal
            Eliminate(row, lower, start, start, i, columns);
            var pivot = row[i - start];
            for (var j = start; j < i; j++)
            {
                pivot -= row[j - start] * row[j - start];
                columns[(j - start) * Block + i - start] = row[j - start];
            }

            if (!(pivot > 0))
            {
                return false;
            }

            row[(i - start)..].Clear();
            row[i - start] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Eliminates the block's columns from..to of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eliminate(Span<double> row, PaddedRows lower, int start, int from, int to, double[] columns)
    {
        for (var j = from; j < to; j++)
        {
            var value = row[j - start] /= lower[j, j];
            if (value != 0)
            {
                Subtract(row, value, columns.AsSpan((j - start) * Block, row.Length), PaddedRows.RoundDown(j - start));
            }
        }
    }

    private static void Subtract(Span<double> row, double factor, ReadOnlySpan<double> column, int from)
    {
        var minus = Vector512.Create(-factor);
        ref var target = ref MemoryMarshal.GetReference(row);
        ref var source = ref MemoryMarshal.GetReference(column);
        for (var k = (nuint)from; k < (nuint)row.Length; k += PaddedRows.Octet)
        {
            Vector512.FusedMultiplyAdd(minus, Vector512.LoadUnsafe(ref source, k), Vector512.LoadUnsafe(ref target, k))
                .StoreUnsafe(ref target, k);
        }
    }
}
