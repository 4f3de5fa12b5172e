namespace Plumb.Numerics;

/// <summary>
/// The last places of doubles: 2^-52 of a number at most, but for subnormal ones, which all have that of the smallest
/// normal number.
/// </summary>
internal static class LastPlaces
{
    private const int SmallestNormal = -1022;
    private const int DigitsOfDouble = 70; // and more, so that what is left out changes no digit

    /// <summary>
    /// A sum of squares such that half a unit in the last place of each number is at most 2^-53 of its share of it.
    /// </summary>
    /// <param name="square">The sum over rows of a column's squares.</param>
    /// <param name="weights">The sum of the rows' weights.</param>
    public static Dyadic Square(Dyadic square, Dyadic weights)
    {
        var least = weights.Scale(2 * SmallestNormal);
        return square.IsZero || square.Magnitude > least.Magnitude + DigitsOfDouble ? square : square + least;
    }
}
