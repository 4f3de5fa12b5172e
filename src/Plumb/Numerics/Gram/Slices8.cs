using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Cuts eight columns of numbers into slices: what of each lies on a grid, in units of that grid, then what of the rest
/// lies on a finer one, and so on.
/// </summary>
internal static class Slices8
{
    /// <summary>
    /// Cuts slices, row by row: whatever a row's slices write beyond their own eight columns, later rows and slices
    /// write over.
    /// </summary>
    /// <param name="values">Rows x eight columns; what is left of them is written back.</param>
    /// <param name="valueStride">From one row of the values, and from one grid, to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="shifters">For each slice, the numbers that round to the columns' grids when they are added.</param>
    /// <param name="units">For each slice, one over the grids.</param>
    /// <param name="offsets">Where the first row of each slice goes.</param>
    /// <param name="slices">Receives the slices, eight numbers per row.</param>
    /// <param name="stride">From one row of the slices to the next.</param>
    /// <returns>What is left, of all rows together: its bits are 0, but for signs, where nothing is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Cut(Span<double> values, int valueStride, int rows, ReadOnlySpan<double> shifters,
        ReadOnlySpan<double> units, ReadOnlySpan<int> offsets, Span<double> slices, int stride)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var shifter = ref MemoryMarshal.GetReference(shifters);
        ref var unit = ref MemoryMarshal.GetReference(units);

        // Most columns have three slices, and those that are rounded to a grid two: the grids of so many stay in
        // registers.
        return offsets.Length == 2
            ? CutTwo(ref value, valueStride, rows, ref shifter, ref unit, ref slices[offsets[0]],
                offsets[1] - offsets[0], stride)
            : offsets.Length == 3
            ? CutThree(ref value, valueStride, rows, ref shifter, ref unit, ref slices[offsets[0]],
                offsets[1] - offsets[0], offsets[2] - offsets[0], stride)
            : CutAny(ref value, valueStride, rows, ref shifter, ref unit, ref MemoryMarshal.GetReference(slices),
                offsets, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> CutTwo(ref double value, nint valueStride, int rows, ref double shifters,
        ref double units, ref double slice, nint second, nint stride)
    {
        var left = Vector512<double>.Zero;
        var (shift0, unit0) = (Vector512.LoadUnsafe(ref shifters), Vector512.LoadUnsafe(ref units));
        var (shift1, unit1) =
            (Vector512.LoadUnsafe(ref shifters, (nuint)valueStride),
                Vector512.LoadUnsafe(ref units, (nuint)valueStride));
        for (var k = 0; k < rows; k++)
        {
            var rest = Vector512.LoadUnsafe(ref value);
            var high = rest + shift0 - shift0; // rounds to the grid
            rest -= high;
            (high * unit0).StoreUnsafe(ref slice);
            high = rest + shift1 - shift1;
            rest -= high;
            (high * unit1).StoreUnsafe(ref Unsafe.Add(ref slice, second));
            rest.StoreUnsafe(ref value);
            left |= rest;
            value = ref Unsafe.Add(ref value, valueStride);
            slice = ref Unsafe.Add(ref slice, stride);
        }

        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> CutThree(ref double value, nint valueStride, int rows, ref double shifters,
        ref double units, ref double slice, nint second, nint third, nint stride)
    {
        var left = Vector512<double>.Zero;
        var (shift0, unit0) = (Vector512.LoadUnsafe(ref shifters), Vector512.LoadUnsafe(ref units));
        var (shift1, unit1) =
            (Vector512.LoadUnsafe(ref shifters, (nuint)valueStride),
                Vector512.LoadUnsafe(ref units, (nuint)valueStride));
        var (shift2, unit2) =
            (Vector512.LoadUnsafe(ref shifters, (nuint)(2 * valueStride)),
                Vector512.LoadUnsafe(ref units, (nuint)(2 * valueStride)));
        for (var k = 0; k < rows; k++)
        {
            var rest = Vector512.LoadUnsafe(ref value);
            var high = rest + shift0 - shift0; // rounds to the grid
            rest -= high;
            (high * unit0).StoreUnsafe(ref slice);
            high = rest + shift1 - shift1;
            rest -= high;
            (high * unit1).StoreUnsafe(ref Unsafe.Add(ref slice, second));
            high = rest + shift2 - shift2;
            rest -= high;
            (high * unit2).StoreUnsafe(ref Unsafe.Add(ref slice, third));
            rest.StoreUnsafe(ref value);
            left |= rest;
            value = ref Unsafe.Add(ref value, valueStride);
            slice = ref Unsafe.Add(ref slice, stride);
        }

        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> CutAny(ref double value, nint valueStride, int rows, ref double shifters,
        ref double units, ref double slices, ReadOnlySpan<int> offsets, nint stride)
    {
        var left = Vector512<double>.Zero;
        for (var k = 0; k < rows; k++)
        {
            var rest = Vector512.LoadUnsafe(ref value);
            for (var a = 0; a < offsets.Length; a++)
            {
                var shift = Vector512.LoadUnsafe(ref shifters, (nuint)(a * valueStride));
                var high = rest + shift - shift;
                rest -= high;
                (high * Vector512.LoadUnsafe(ref units, (nuint)(a * valueStride))).StoreUnsafe(ref slices,
                    (nuint)offsets[a]);
            }

            rest.StoreUnsafe(ref value);
            left |= rest;
            value = ref Unsafe.Add(ref value, valueStride);
            slices = ref Unsafe.Add(ref slices, stride);
        }

        return left;
    }
}
