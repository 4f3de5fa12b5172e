using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Plumb.Numerics;

/// <summary>What processors move between memory and caches at a time.</summary>
internal static class CacheLines
{
    /// <summary>The bytes of a line.</summary>
    public const int Bytes = 64;

    /// <summary>The first element that a line begins with, as long as the array is not moved.</summary>
    /// <typeparam name="T">The elements' type, of a power of two of bytes.</typeparam>
    public static int FirstIn<T>(T[] array)
        where T : unmanaged
    {
        var address = Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref MemoryMarshal.GetArrayDataReference(array));
        return (int)(-address & (Bytes - 1)) / Unsafe.SizeOf<T>();
    }

    /// <summary>Asks for numbers to be brought near, and does not wait for them.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="values">The numbers. That their address is taken without pinning them does no harm: nothing is read
    /// or written there, and any address is allowed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Fetch<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ref var first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
        var bytes = (nint)values.Length * Unsafe.SizeOf<T>();
        for (nint i = 0; i < bytes && Sse.IsSupported; i += Bytes)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, i)));
        }
    }
}
