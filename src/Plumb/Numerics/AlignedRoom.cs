namespace Plumb.Numerics;

/// <summary>Room for numbers that is made anew again and again, each time from the beginning of a cache line on, wherever the collector has moved it: vectors then lie in one line, not in two.</summary>
/// <param name="length">How many numbers.</param>
internal sealed class AlignedRoom(int length)
{
    private readonly double[] _array = new double[length + CacheLines.Doubles - 1];
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
