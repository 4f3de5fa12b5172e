namespace Plumb.Numerics;

/// <summary>
/// Room for numbers that are written anew again and again, each time from the beginning of a cache line on, wherever
/// the collector has moved it. Unlike an <see cref="AlignedArray{T}"/> it costs no more to make than an array.
/// </summary>
/// <param name="length">How many numbers.</param>
internal sealed class AlignedScratch(int length)
{
    private readonly double[] _array = new double[length + CacheLines.Bytes / sizeof(double)];
    private int _start;

    /// <summary>How many numbers there is room for.</summary>
    public int Length => length;

    /// <summary>The numbers.</summary>
    public Memory<double> Memory => _array.AsMemory(_start, length);

    /// <summary>The numbers.</summary>
    public Span<double> Span => _array.AsSpan(_start, length);

    /// <summary>Begins anew: with the numbers that are there, or with zeros where these have been moved.</summary>
    public void Align()
    {
        var start = CacheLines.FirstIn(_array);
        if (start != _start)
        {
            Array.Clear(_array);
            _start = start;
        }
    }
}
