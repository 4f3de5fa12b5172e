using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>Numbers that begin at a cache line, so that no vector lies in two.</summary>
/// <typeparam name="T">Their type, of a power of two of bytes.</typeparam>
internal sealed class AlignedArray<T>
    where T : unmanaged
{
    private const int Line = 64; // bytes
    private readonly T[] _numbers;
    private readonly int _start;
    private readonly int _length;

    /// <summary>So many zeros.</summary>
    public AlignedArray(int length)
    {
        _numbers = Zeros.Of<T>(length + Line / Unsafe.SizeOf<T>(), pinned: true); // it must not move
        var address = Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref _numbers[0]);
        (_start, _length) = ((int)(-address & (Line - 1)) / Unsafe.SizeOf<T>(), length);
    }

    /// <summary>The numbers.</summary>
    public Span<T> Span => _numbers.AsSpan(_start, _length);
}
