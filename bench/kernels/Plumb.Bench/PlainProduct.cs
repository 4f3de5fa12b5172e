namespace Plumb.Bench;

/// <summary>
/// The sums of products of columns in doubles, rounded: a plain double loop, row by row, upper triangle.
/// </summary>
public static class PlainProduct
{
    /// <summary>Adds the products of all rows.</summary>
    /// <param name="rows">Rows x columns, row by row.</param>
    /// <param name="columns">How many.</param>
    /// <param name="sums">Columns x columns; the upper triangle is changed.</param>
    public static void Add(ReadOnlySpan<double> rows, int columns, Span<double> sums)
    {
        for (; !rows.IsEmpty; rows = rows[columns..])
        {
            var z = rows[..columns];
            for (var i = 0; i < z.Length; i++)
            {
                var value = z[i];
                var row = sums.Slice(i * columns, columns);
                for (var j = i; j < z.Length; j++)
                {
                    row[j] += value * z[j];
                }
            }
        }
    }
}
