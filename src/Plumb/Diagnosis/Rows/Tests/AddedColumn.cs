using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>The test of a column that was added to a fit.</summary>
/// <param name="Statistic">F, of one degree of freedom.</param>
/// <param name="Freedom">The denominator's.</param>
/// <param name="Share">How much of the residual sum of squares the column explains.</param>
internal sealed record AddedColumn(double Statistic, long Freedom, double Share)
{
    /// <summary>How probable so large an F is by chance.</summary>
    public double PValue { get; } = FisherF.UpperTail(Statistic, 1, Freedom);
}
