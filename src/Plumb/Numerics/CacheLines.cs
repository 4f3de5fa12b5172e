using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Plumb.Numerics;

/// <summary>What processors move between memory and caches at a time.</summary>
internal static class CacheLines
{
    /// <summary>The doubles of a line.</summary>
    public const int Doubles = 8;

    /// <summary>The first element that a line begins with, as long as the array is not moved.</summary>
    public static int FirstIn(double[] array)
    {
        var address = Unsafe.ByteOffset(ref Unsafe.NullRef<double>(), ref MemoryMarshal.GetArrayDataReference(array)) / sizeof(double);
        return (int)(-address & (Doubles - 1));
    }

    /// <summary>Asks for numbers to be brought near, and does not wait for them.</summary>
    /// <param name="values">The numbers. That their address is taken without pinning them does no harm: nothing is read or written there, and any address is allowed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Fetch(ReadOnlySpan<double> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        for (var i = 0; i < values.Length && Sse.IsSupported; i += Doubles)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, i)));
        }
    }
}
