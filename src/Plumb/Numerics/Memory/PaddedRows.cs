namespace Plumb.Numerics;

/// <summary>
/// A dense matrix of doubles, row by row, each row filled up with zeros to a multiple of eight: products of rows need
/// no remainders.
/// </summary>
internal sealed class PaddedRows
{
    /// <summary>Rows are filled up to a multiple of this.</summary>
    public const int Octet = 8;

    /// <summary>A matrix of zeros.</summary>
    public PaddedRows(int rows, int columns)
    {
        (Rows, Columns, Stride) = (rows, columns, RoundUp(columns));
        Values = new double[checked(rows * Stride)];
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns, without those that fill up.</summary>
    public int Columns { get; }

    /// <summary>The length of a row with what fills it up.</summary>
    public int Stride { get; }

    /// <summary>All elements, rows x stride.</summary>
    public double[] Values { get; }

    /// <summary>An element.</summary>
    public ref double this[int row, int column] => ref Values[row * Stride + column];

    /// <summary>A row, with what fills it up.</summary>
    public Span<double> Row(int row) => Values.AsSpan(row * Stride, Stride);

    /// <summary>The next multiple of eight.</summary>
    public static int RoundUp(int count) => (count + Octet - 1) / Octet * Octet;

    /// <summary>The multiple of eight before.</summary>
    public static int RoundDown(int count) => count / Octet * Octet;

    /// <summary>The transposed matrix.</summary>
    public PaddedRows Transpose()
    {
        const int Block = 32; // squares of this side stay in the first-level cache
        var transposed = new PaddedRows(Columns, Rows);
        for (var top = 0; top < Rows; top += Block)
        {
            for (var left = 0; left < Columns; left += Block)
            {
                for (var i = top; i < Math.Min(top + Block, Rows); i++)
                {
                    for (var j = left; j < Math.Min(left + Block, Columns); j++)
                    {
                        transposed[j, i] = this[i, j];
                    }
                }
            }
        }

        return transposed;
    }
}
