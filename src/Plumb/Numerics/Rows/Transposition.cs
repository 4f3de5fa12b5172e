using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumb.Numerics;

/// <summary>Eight columns of eight numbers become eight rows, in registers.</summary>
internal static class Transposition
{
    /// <summary>Whether the processor can.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Writes eight rows.</summary>
    /// <param name="columns">Eight columns.</param>
    /// <param name="first">Receives the first row.</param>
    /// <param name="stride">From one row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Columns columns, ref double first, nint stride)
    {
        const byte Lows = 0x44, Highs = 0xEE, Evens = 0x88, Odds = 0xDD; // of four lanes of two numbers
        var (a0, a1) = (Avx512F.UnpackLow(columns.C0, columns.C1), Avx512F.UnpackHigh(columns.C0, columns.C1));
        var (b0, b1) = (Avx512F.UnpackLow(columns.C2, columns.C3), Avx512F.UnpackHigh(columns.C2, columns.C3));
        var (c0, c1) = (Avx512F.UnpackLow(columns.C4, columns.C5), Avx512F.UnpackHigh(columns.C4, columns.C5));
        var (d0, d1) = (Avx512F.UnpackLow(columns.C6, columns.C7), Avx512F.UnpackHigh(columns.C6, columns.C7));
        var (left, right) = (Avx512F.Shuffle4x128(a0, b0, Lows), Avx512F.Shuffle4x128(c0, d0, Lows));
        Avx512F.Shuffle4x128(left, right, Evens).StoreUnsafe(ref first);
        Avx512F.Shuffle4x128(left, right, Odds).StoreUnsafe(ref Unsafe.Add(ref first, 2 * stride));
        (left, right) = (Avx512F.Shuffle4x128(a0, b0, Highs), Avx512F.Shuffle4x128(c0, d0, Highs));
        Avx512F.Shuffle4x128(left, right, Evens).StoreUnsafe(ref Unsafe.Add(ref first, 4 * stride));
        Avx512F.Shuffle4x128(left, right, Odds).StoreUnsafe(ref Unsafe.Add(ref first, 6 * stride));
        (left, right) = (Avx512F.Shuffle4x128(a1, b1, Lows), Avx512F.Shuffle4x128(c1, d1, Lows));
        Avx512F.Shuffle4x128(left, right, Evens).StoreUnsafe(ref Unsafe.Add(ref first, stride));
        Avx512F.Shuffle4x128(left, right, Odds).StoreUnsafe(ref Unsafe.Add(ref first, 3 * stride));
        (left, right) = (Avx512F.Shuffle4x128(a1, b1, Highs), Avx512F.Shuffle4x128(c1, d1, Highs));
        Avx512F.Shuffle4x128(left, right, Evens).StoreUnsafe(ref Unsafe.Add(ref first, 5 * stride));
        Avx512F.Shuffle4x128(left, right, Odds).StoreUnsafe(ref Unsafe.Add(ref first, 7 * stride));
    }

    /// <summary>Eight columns of eight numbers.</summary>
    internal readonly record struct Columns(
        Vector512<double> C0,
        Vector512<double> C1,
        Vector512<double> C2,
        Vector512<double> C3,
        Vector512<double> C4,
        Vector512<double> C5,
        Vector512<double> C6,
        Vector512<double> C7);
}
