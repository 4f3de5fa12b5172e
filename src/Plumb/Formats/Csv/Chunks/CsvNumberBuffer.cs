using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Formats;

/// <summary>
/// The numbers of a few rows, from their texts or their digits to the nearest doubles, eight at a time: the digits are
/// divided by a power of ten that a double holds;
/// where <see cref="DecimalQuotient"/> is not sure, <see cref="DecimalPowers"/> decides.
/// </summary>
/// <param name="width">The numbers of a row.</param>
internal sealed class CsvNumberBuffer(int width)
{
    private const int Octet = DecimalSimd.Octet;
    // Numbers: what was written one by one is read as vectors some time later, when it has left the processor's store
    // buffer.
    private const int Together = 256;
    private const uint ExactTens = 23; // 10^22 is the largest power that a double holds
    private static readonly double[] s_divisors = Divisors();

    private readonly int _capacity = Math.Max(1, Together / Math.Max(1, width)) * width;
    private readonly Cell[] _cells = new Cell[LengthFor(width)];
    private readonly ulong[] _digits = new ulong[LengthFor(width)];
    private readonly double[] _divisors = new double[LengthFor(width)];
    private readonly double[] _values = new double[LengthFor(width)];
    private bool _hasCells; // beside texts

    /// <summary>The texts of all numbers.</summary>
    public DecimalSimd Texts { get; } = new(LengthFor(width));

    /// <summary>The place among all numbers of the first of the row that is being read.</summary>
    public int First { get; private set; }

    /// <summary>The rows that have ended.</summary>
    public int Rows => First / width;

    /// <summary>Whether there is no room for another row.</summary>
    public bool IsFull => First == _capacity;

    /// <summary>The doubles of the rows that have ended, row by row.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, First);

    /// <summary>The doubles of the row that is being read.</summary>
    public Span<double> Row => _values.AsSpan(First, width);

    /// <summary>The digits of the row that is being read.</summary>
    public Span<Cell> Cells => _cells.AsSpan(First, width);

    /// <summary>Whether the texts of numbers are taken, as long as they can be, instead of their digits.</summary>
    public bool TakesTexts { get; private set; }

    /// <summary>Takes the digits of a number of the row, or that its value has been kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int slot, Cell cell)
    {
        _cells[First + slot] = cell;
        _hasCells = true;
        if (TakesTexts)
        {
            Texts.Leave((uint)(First + slot));
        }
    }

    /// <summary>Takes a number of the row whose value is written by whoever read it.</summary>
    public void TakeValue(int slot)
    {
        _cells[First + slot] = Cell.Kept;
        if (TakesTexts)
        {
            Texts.Leave((uint)(First + slot)); // which keeps its value as well: nothing need be divided for it
        }
    }

    /// <summary>Where a number of the row begins that was taken as a text; -1 for another.</summary>
    public int StartOfText(int slot) => TakesTexts && !Texts.IsLeft((uint)(First + slot))
        ? Texts.Start((uint)(First + slot)) : -1;

    /// <summary>Begins anew, with no rows.</summary>
    /// <param name="takesTexts">See <see cref="TakesTexts"/>.</param>
    public void Clear(bool takesTexts) => (First, TakesTexts, _hasCells) = (0, takesTexts, false);

    /// <summary>Ends a row.</summary>
    public void EndRow() => First += width;

    /// <summary>Goes back to a row.</summary>
    public void GoTo(int row) => First = row * width;

    /// <summary>How many of the doubles that were found lack digits of their numbers.</summary>
    public int DigitsLost => TakesTexts ? Texts.DigitsLost : 0;

    /// <summary>Finds the doubles of the rows that have ended; one that takes more care is NaN.</summary>
    /// <param name="separator">The decimal separator.</param>
    /// <returns>Whether none is NaN.</returns>
    public bool Divide(byte separator) =>
        ((TakesTexts && !_hasCells) || DivideCells()) & (!TakesTexts || Texts.Read(First, separator, _values));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DivideCells()
    {
        ref var cell = ref MemoryMarshal.GetArrayDataReference(_cells);
        ref var tens = ref MemoryMarshal.GetArrayDataReference(s_divisors);
        for (var place = 0; place < First; place++)
        {
            _digits[place] = cell.Digits;
            _divisors[place] = Unsafe.Add(ref tens, cell.Divisor);
            cell = ref Unsafe.Add(ref cell, 1);
        }

        return DivideVectors();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DivideVectors()
    {
        const int LowerBits = 11;
        var lowerUnit = Vector512.Create((double)(1L << 52)); // the last bit of its mantissa is 1
        var upperUnit = lowerUnit * (1 << LowerBits); // here 2^11
        var all = Vector512<double>.AllBitsSet;
        ref var digits = ref MemoryMarshal.GetArrayDataReference(_digits);
        ref var divisors = ref MemoryMarshal.GetArrayDataReference(_divisors);
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        for (nuint k = 0; k < (nuint)First; k += Octet)
        {
            var whole = Vector512.LoadUnsafe(ref digits, k).AsInt64();
            var divisor = Vector512.LoadUnsafe(ref divisors, k);
            var upper = ((whole >>> LowerBits) | upperUnit.AsInt64()).AsDouble() - upperUnit;
            var lower = ((whole & Vector512.Create((1L << LowerBits) - 1)) | lowerUnit.AsInt64()).AsDouble()
                - lowerUnit;
            var high = upper + lower;
            var low = lower - (high - upper);
            var isKept = Vector512.Equals(divisor, Vector512<double>.Zero);
            var value = Vector512.ConditionalSelect(isKept, Vector512.LoadUnsafe(ref values, k),
                DecimalQuotient.Of(high, low, divisor));
            value.StoreUnsafe(ref values, k);
            all &= Vector512.Equals(value, value) | isKept;
        }

        return Vector512.EqualsAll(all.AsInt64(), Vector512<long>.AllBitsSet);
    }

    // Of exponents from 0 down, for positive numbers and negative ones; then NaN, for all other exponents, and 0, for a
    // value that has been kept.
    private static double[] Divisors() =>
        [.. Enumerable.Range(0, (int)ExactTens).Select(i => (double)BigInteger.Pow(10, i))
            .SelectMany(ten => new[] { ten, -ten }), double.NaN, double.NaN, 0];

    private static int LengthFor(int width) => Math.Max(Together, width) + Octet;

    /// <summary>The digits of a number, and where it begins; or that its value has been kept already.</summary>
    internal struct Cell
    {
        private const byte Negative = 1;
        private const byte HasValue = 2;
        private ulong _digits; // as one whole number
        private int _exponent; // the power of ten that they are to be multiplied by
        private byte _kind;

        /// <summary>A number in digits.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Cell(DecimalFast number, int start) =>
            (_digits, _exponent, _kind, Start) = (number.Digits, number.Exponent,
                number.IsNegative ? Negative : (byte)0, start);

        /// <summary>What leaves the value to whoever writes it.</summary>
        public static Cell Kept => new() { _exponent = 1, _kind = HasValue };

        /// <summary>The digits.</summary>
        public readonly ulong Digits => _digits;

        /// <summary>Which of the divisors is the number's.</summary>
        public readonly int Divisor => 2 * (int)Math.Min((uint)-_exponent, ExactTens) + _kind;

        /// <summary>Where the number begins.</summary>
        public int Start { get; }

        /// <summary>Whether the value has been kept.</summary>
        public readonly bool IsKept => _kind == HasValue;

        /// <summary>The number.</summary>
        public readonly DecimalFast Number => new(_digits, _exponent, _kind == Negative, Length: 1);
    }
}
