using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// Whether the inputs of a map without bias span the constant, as a column of ones does, or the indicators of all
/// groups: then the map has a bias by another name. Decided exactly:
/// the inputs' moments about the mean have one rank less than their plain moments.
/// </summary>
internal static class ImplicitConstant
{
    private const double Clearly = 1e-6; // a share of the constant that is left, and that no rounding explains

    /// <summary>Decides.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="solver">Solves the equations without bias or penalty, of these columns.</param>
    /// <param name="columns">Inputs that are independent, and that all others depend on.</param>
    public static bool IsSpanned(Moments moments, PositiveDefiniteSolver solver, int[] columns)
    {
        if (columns.Length == 0)
        {
            return false;
        }

        // What is left of the constant when it is fitted by the inputs; where that is much, nothing need be decided.
        Dyadic[] sums = [.. columns.Select(moments.InputSum)];
        var solution = solver.Solve(sums).Values;
        var left = moments.WeightSum;
        for (var k = 0; k < sums.Length; k++)
        {
            left -= solution[k] * sums[k];
        }

        if (Dyadic.Ratio(left, moments.WeightSum) > Clearly)
        {
            return false;
        }

        var aboutMean = NormalEquations.Of(moments, bias: true, ridge: 0).Matrix.Submatrix(columns);
        return ExactRank.Of(aboutMean).Independent.Count < columns.Length;
    }

    /// <summary>A target's sum of squares about its mean, times the sum of weights.</summary>
    public static Dyadic TotalAboutMean(Moments moments, int target) =>
        moments.WeightSum * moments.TargetProduct(target, target)
        - moments.TargetSum(target) * moments.TargetSum(target);
}
