using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Where columns lie and how far they spread, as standardization takes them: the mean, and the standard deviation with
/// divisor n.
/// </summary>
internal sealed class Spread
{
    public Spread(Moments moments)
    {
        int[] inputs = [.. Enumerable.Range(0, moments.InputCount)];
        int[] targets = [.. Enumerable.Range(0, moments.TargetCount)];
        var weight = moments.WeightSum;
        double Deviation(Dyadic square,
            Dyadic sum) => Dyadic.SquareRootOfRatio(weight * square - sum * sum, weight * weight);
        InputMeans = [.. inputs.Select(j => Dyadic.Ratio(moments.InputSum(j), weight))];
        TargetMeans = [.. targets.Select(t => Dyadic.Ratio(moments.TargetSum(t), weight))];
        InputDeviations = [.. inputs.Select(j => Deviation(moments.InputProduct(j, j), moments.InputSum(j)))];
        TargetDeviations = [.. targets.Select(t => Deviation(moments.TargetProduct(t, t), moments.TargetSum(t)))];
    }

    /// <summary>One an input.</summary>
    public double[] InputMeans { get; }

    /// <summary>One per target.</summary>
    public double[] TargetMeans { get; }

    /// <summary>One an input.</summary>
    public double[] InputDeviations { get; }

    /// <summary>One per target.</summary>
    public double[] TargetDeviations { get; }
}
