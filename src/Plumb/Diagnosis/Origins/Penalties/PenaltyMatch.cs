namespace Plumb.Diagnosis;

/// <summary>The member of a family of objectives whose minimiser lies closest to a map, and how close.</summary>
/// <param name="Family">The family.</param>
/// <param name="Squares">L in L/2 (sum of squared weights), weights in the family's units.</param>
/// <param name="Absolutes">A in A (sum of absolute weights), likewise.</param>
/// <param name="Distance">The map less the minimiser, parameter by parameter.</param>
/// <param name="Lengths">One for each target: what that distance moves predictions by, as the root of the sum over rows
/// of squares, over the target's length.</param>
/// <param name="Kept">The same for the map itself, bias aside: what the penalty has left of it.</param>
/// <param name="Digits">How many digits of conditions agree, beyond those that fix the penalties: the logarithm of how
/// improbable that is by chance.</param>
/// <param name="Conditions">The number of conditions beyond those that fix the penalties.</param>
/// <param name="LeftOut">Inputs of weight 0 that the objective did not see.</param>
internal sealed record PenaltyMatch(
    PenaltyFamily Family, double Squares, double Absolutes, AffineMap Distance, double[] Lengths, double[] Kept,
        double Digits, int Conditions, IReadOnlyList<int> LeftOut)
{
    /// <summary>The relative uncertainty of the penalties: the root mean square of the conditions' relative
    /// misfit.</summary>
    public double Uncertainty { get; init; }
}
