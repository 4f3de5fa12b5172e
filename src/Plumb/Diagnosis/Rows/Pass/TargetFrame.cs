using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>What a second look needs of one target of a fit.</summary>
internal sealed class TargetFrame
{
    /// <summary>A target's frame.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="target">The target.</param>
    /// <param name="weightSum">The sum of the rows' weights.</param>
    public TargetFrame(LinearFit fit, int target, double weightSum)
    {
        var moments = fit.Moments;
        Name = fit.Names.Targets[target];
        Weights = fit.Map.WeightsOf(target).ToArray();
        Bias = fit.Map.Bias[target];
        HasResidual = fit.ResidualDegreesOfFreedom > 0 && !fit.HasNoResidual[target];
        ResidualPower = RowFrame.PowerNear(fit.ResidualLengths[target] / Math.Sqrt(fit.Rows));
        SumOfSquares = Math.ScaleB(fit.ResidualLengths[target], -ResidualPower) is var length ? length * length : 0;
        var sum = fit.Settings.Bias ? moments.TargetSum(target) : Dyadic.Zero;
        var centre = Dyadic.Ratio(sum, moments.WeightSum);
        Centre = DoubleDouble.Sum(centre, Dyadic.Ratio(sum - (Dyadic)centre * moments.WeightSum, moments.WeightSum));
        var total = moments.WeightSum * moments.TargetProduct(target, target) - sum * sum;
        ResidualSpread = HasResidual ? fit.ResidualLengths[target] / Math.Sqrt(weightSum) : 0;
        var explained = Dyadic.SquareRootOfRatio(total, moments.WeightSum * moments.WeightSum) is var spread
            ? spread * spread - (fit.ResidualLengths[target] / Math.Sqrt(weightSum) is var rest ? rest * rest : 0)
            : 0;
        Unit = explained > 0 ? Math.Sqrt(explained) : 0;
        var terms =
            Weights.Select((weight, j) => weight == 0 ? 0
                : Math.Abs(weight) * Dyadic.SquareRootOfRatio(moments.InputProduct(j, j), moments.WeightSum));
        Magnitude = terms.Append(fit.TargetMagnitudes[target]).Max();
    }

    /// <summary>The target.</summary>
    public string Name { get; }

    /// <summary>Its weights.</summary>
    public double[] Weights { get; }

    /// <summary>Its bias.</summary>
    public double Bias { get; }

    /// <summary>Whether there is a residual on any row.</summary>
    public bool HasResidual { get; }

    /// <summary>Residuals are in units of 2^ResidualPower, near their root mean square.</summary>
    public int ResidualPower { get; }

    /// <summary>The residual sum of squares, in these units.</summary>
    public double SumOfSquares { get; }

    /// <summary>The mean of the predictions.</summary>
    public DoubleDouble Centre { get; }

    /// <summary>The predictions' spread about it; 0 where there is none.</summary>
    public double Unit { get; }

    /// <summary>The root mean square of the residuals, as rows weigh; 0 where there are none.</summary>
    public double ResidualSpread { get; }

    /// <summary>
    /// The largest root mean square of the target and of the terms of its predictions: what rounding is in proportion
    /// to.
    /// </summary>
    public double Magnitude { get; }
}
