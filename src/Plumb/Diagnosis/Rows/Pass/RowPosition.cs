namespace Plumb.Diagnosis;

/// <summary>Where a row stands: the block, and the row within it, both from 0.</summary>
internal readonly record struct RowPosition(long Block, long Row) : IComparable<RowPosition>
{
    public int CompareTo(RowPosition other) => Block != other.Block ? Block.CompareTo(other.Block)
        : Row.CompareTo(other.Row);
}
