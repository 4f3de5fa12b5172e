namespace Plumb.Diagnosis;

/// <summary>
/// Up to two rows that follow each other: the first or the last of a piece, or of what was joined of pieces.
/// </summary>
/// <param name="width">The numbers of a row.</param>
internal sealed class RowEnd(int width)
{
    private readonly double[] _numbers = new double[2 * width];

    /// <summary>How many rows.</summary>
    public int Count { get; private set; }

    /// <summary>A row.</summary>
    public ReadOnlySpan<double> this[Index index]
    {
        get
        {
            var row = index.GetOffset(Count);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(index));
            return _numbers.AsSpan(row * width, width);
        }
    }

    /// <summary>Forgets the rows.</summary>
    public void Clear() => Count = 0;

    /// <summary>Takes the rows of another.</summary>
    public void Set(RowEnd other)
    {
        other._numbers.CopyTo(_numbers, 0);
        Count = other.Count;
    }

    /// <summary>Room for a row behind the last one; of two rows, the first is forgotten.</summary>
    public Span<double> Push()
    {
        if (Count == 2)
        {
            _numbers.AsSpan(width).CopyTo(_numbers);
            Count = 1;
        }

        return _numbers.AsSpan(width * Count++, width);
    }

    /// <summary>Takes a row behind the last one.</summary>
    public void Push(ReadOnlySpan<double> row) => row.CopyTo(Push());

    /// <summary>A copy to keep.</summary>
    public RowEnd Clone()
    {
        var copy = new RowEnd(width);
        copy.Set(this);
        return copy;
    }
}
