using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Formats;

/// <summary>
/// The numbers that a reading gave for the texts of one column, for one thread: most such columns hold few texts, many
/// times each. Texts that are new, or long, are read by the reading itself.
/// </summary>
/// <param name="reading">What texts mean.</param>
internal sealed class TextCache(TextReading reading)
{
    /// <summary>How many bytes from a text's first on may be looked at, and must be there.</summary>
    public const int Width = 32;

    private const int Fewest = 64;
    private const int Most = 1 << 14; // 640 KiB: what a core's cache holds; beyond, it begins anew
    private Entry[] _entries = new Entry[Fewest];
    private int _count;

    /// <summary>The number of a text; not-a-number where it stands for a missing value.</summary>
    /// <param name="first">The first byte of the text, which is not empty and holds no NUL; behind it, any byte may
    /// follow.</param>
    /// <param name="length">The bytes of the text.</param>
    /// <param name="missing">The texts that stand for a missing value.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether the text stands for one, or is missing.</returns>
    public bool TryRead(ref byte first, int length, MissingTexts missing, out double number)
    {
        if (length > Width)
        {
            return TryReadNew(ref first, length, missing, out number);
        }

        // Texts have no NUL, so that what follows them can be told from them.
        var text = (Vector256.LoadUnsafe(ref first) & Vector256.LoadUnsafe(ref MaskOf(length))).AsUInt64();
        var place = PlaceOf(text, _entries.Length);
        while (true)
        {
            ref var entry = ref _entries[place];
            if (entry.Text == text)
            {
                number = entry.Number;
                return true;
            }

            if (entry.Text == Vector256<ulong>.Zero)
            {
                break;
            }

            place = (place + 1) & (_entries.Length - 1);
        }

        if (!TryReadNew(ref first, length, missing, out number))
        {
            return false;
        }

        if (reading.IsLasting)
        {
            Keep(new Entry(text, number), place);
        }

        return true;
    }

    private bool TryReadNew(ref byte first, int length, MissingTexts missing, out double number)
    {
        var cell = MemoryMarshal.CreateReadOnlySpan(ref first, length);
        if (missing.IndexOf(cell) >= 0)
        {
            number = double.NaN;
            return true;
        }

        return reading.TryRead(cell, out number);
    }

    private void Keep(Entry entry, int place)
    {
        _entries[place] = entry;
        if (++_count <= _entries.Length / 2)
        {
            return;
        }

        if (_entries.Length == Most)
        {
            Array.Clear(_entries);
            _count = 0;
            return;
        }

        var old = _entries;
        _entries = new Entry[2 * old.Length];
        foreach (var kept in old)
        {
            if (kept.Text != Vector256<ulong>.Zero)
            {
                place = PlaceOf(kept.Text, _entries.Length);
                while (_entries[place].Text != Vector256<ulong>.Zero)
                {
                    place = (place + 1) & (_entries.Length - 1);
                }

                _entries[place] = kept;
            }
        }
    }

    // Of a table whose length is a power of two: the upper bits of a product are those that all bits had a part in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(Vector256<ulong> text, int length)
    {
        var mixed = (text[0] * 0x9E3779B97F4A7C15) ^ (text[1] * 0xC2B2AE3D27D4EB4F) ^ (text[2] * 0x165667B19E3779F9)
            ^ (text[3] * 0xD6E8FEB86659FD93);
        return (int)(((mixed ^ (mixed >> 32)) * 0x9E3779B97F4A7C15) >> 33) & (length - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte MaskOf(int length) => ref Unsafe.AsRef(in Masks[Width - length]);

    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    private readonly record struct Entry(Vector256<ulong> Text, double Number);
}
