using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>Doubles that begin at a cache line, so that no vector of eight lies in two.</summary>
internal sealed class AlignedArray
{
    private const int Line = 64; // bytes
    private readonly double[] _doubles;
    private readonly int _start;
    private readonly int _length;

    /// <summary>So many zeros.</summary>
    public AlignedArray(int length)
    {
        _doubles = GC.AllocateArray<double>(length + Line / sizeof(double), pinned: true); // it must not move
        var address = Unsafe.ByteOffset(ref Unsafe.NullRef<double>(), ref _doubles[0]);
        (_start, _length) = ((int)(-address & (Line - 1)) / sizeof(double), length);
    }

    /// <summary>The doubles.</summary>
    public Span<double> Span => _doubles.AsSpan(_start, _length);
}
