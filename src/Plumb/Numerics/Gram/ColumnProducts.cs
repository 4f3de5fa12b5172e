namespace Plumb.Numerics;

/// <summary>Sums, over rows, of the products of each two columns of whole numbers that are given in slices.</summary>
internal abstract class ColumnProducts
{
    /// <summary>Adds the products of rows.</summary>
    /// <param name="matrix">Their slices, rows x the plan's stride; the row behind the last may be written
    /// over.</param>
    /// <param name="rows">How many; at most <see cref="SlicedGram.MostRows"/>.</param>
    public abstract void Accumulate(Memory<double> matrix, int rows);

    /// <summary>Hands the sums over, and begins anew.</summary>
    public abstract void Flush();
}
