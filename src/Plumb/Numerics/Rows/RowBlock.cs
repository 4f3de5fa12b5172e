namespace Plumb.Numerics;

/// <summary>
/// Rows of numbers, however they lie in memory, to be read a few at a time; what holds them is not copied whole.
/// </summary>
internal abstract class RowBlock
{
    /// <summary>The number of rows.</summary>
    public abstract int Rows { get; }

    /// <summary>The length of a row.</summary>
    public abstract int Columns { get; }

    /// <summary>Copies rows.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Receives them, row k at k * stride.</param>
    /// <param name="stride">The columns or more.</param>
    public abstract void Load(int start, int count, Span<double> destination, int stride);

    /// <summary>Asks for rows that are to be copied soon to be brought near, without waiting for them.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    public abstract void Fetch(int start, int count);

    /// <summary>The place of the first value that is not finite, from a row on; there must be one.</summary>
    public (int Row, int Column) FirstNotFinite(int start)
    {
        var row = new double[Columns];
        for (var k = start; ; k++)
        {
            Load(k, 1, row, row.Length);
            var column = Array.FindIndex(row, value => !double.IsFinite(value));
            if (column >= 0)
            {
                return (k, column);
            }
        }
    }
}
