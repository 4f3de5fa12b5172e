using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>Numbers that begin at a cache line, so that no vector lies in two.</summary>
/// <typeparam name="T">Their type, of a power of two of bytes.</typeparam>
internal sealed class AlignedArray<T>
    where T : unmanaged
{
    private readonly T[] _numbers;
    private readonly int _start;
    private readonly int _length;

    /// <summary>So many zeros.</summary>
    public AlignedArray(int length)
    {
        _numbers = Zeros.Of<T>(length + CacheLines.Bytes / Unsafe.SizeOf<T>(), pinned: true); // it must not move
        (_start, _length) = (CacheLines.FirstIn(_numbers), length);
    }

    /// <summary>The numbers.</summary>
    public Span<T> Span => _numbers.AsSpan(_start, _length);
}
