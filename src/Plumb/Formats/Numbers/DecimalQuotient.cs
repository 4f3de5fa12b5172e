using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Formats;

/// <summary>
/// The doubles nearest to numbers given by their digits and a power of ten, eight at a time: the digits, as two
/// doubles, are divided, and what the quotient lacks is added.
/// Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18, 1971, 224-242.
/// </summary>
internal static class DecimalQuotient
{
    private const double LargestInteger = 1L << 53;

    /// <summary>
    /// The quotients; NaN where one comes so near to the middle between two doubles that it might be taken for the
    /// wrong one, and for whole numbers of which a double may lose something, since that is to be told.
    /// </summary>
    /// <param name="high">The digits as a whole number, rounded.</param>
    /// <param name="low">What was rounded off.</param>
    /// <param name="divisor">A power of ten that a double holds, or the negative of one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> high, Vector512<double> low, Vector512<double> divisor)
    {
        // Quotient and correction together are right to 2^-100, and what is lost, where it matters, is 2^-54.
        const double Wider = 1 + 1.0 / (1L << 40);
        var inverse = Vector512<double>.One / divisor;
        var quotient = high * inverse;
        var correction = (Vector512.FusedMultiplyAdd(-quotient, divisor, high) + low) * inverse;
        var value = quotient + correction;
        var lost = correction - (value - quotient);
        var isInteger = Vector512.Equals(Vector512.Abs(divisor), Vector512<double>.One);
        var isRounded = isInteger & Vector512.GreaterThanOrEqual(high, Vector512.Create(LargestInteger));
        var isSure =
            Vector512.AndNot(Vector512.Equals(Vector512.FusedMultiplyAdd(lost, Vector512.Create(Wider), value), value),
                isRounded);
        return Vector512.ConditionalSelect(isSure, value, Vector512.Create(double.NaN));
    }
}
