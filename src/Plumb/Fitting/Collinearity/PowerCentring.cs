using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// What centring a column would do to the weights of its powers: with u = x - centre in place of x the map is the same,
/// and
/// its weights are those of the powers of u. Bradley and Srivastava, The American Statistician 33, 1979.
/// </summary>
/// <param name="Column">The column.</param>
/// <param name="Centre">What is taken off it: its mean, in few digits.</param>
/// <param name="PValues">How probable each weight would be, were the true one 0: one per power, for one target.</param>
public sealed record PowerCentring(string Column, double Centre, IReadOnlyList<double> PValues)
{
    /// <summary>How probable each weight would be, were the true one 0: one per power, for one target.</summary>
    public IReadOnlyList<double> PValues { get; init => field = ValueList.Of(value); } = ValueList.Of(PValues);

    /// <summary>
    /// The centring of a column whose powers are inputs; null where these are not its first powers, two or more.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="design">What its inputs are made from.</param>
    /// <param name="column">The column.</param>
    /// <param name="target">The target.</param>
    public static PowerCentring? Of(LinearFit fit, Design design, string column, int target)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(design);
        int PowerOf(int input) => design.Terms[input].AsPower?.Power ?? 0;
        int[] powers = [.. Enumerable.Range(0, design.Terms.Count)
            .Where(j => design.Terms[j].AsPower?.Column == column).OrderBy(PowerOf)];
        var areFirst = powers.Length > 1 && powers.Select((j, k) => PowerOf(j) == k + 1).All(isNext => isNext);
        if (!areFirst || !fit.Settings.Bias || !fit.IsIdentified || fit.NoiseDegreesOfFreedom < 1
            || fit.Names.Inputs.Count > Collinearity.MostInputs
            || InputPrecision.Of(fit.Moments, [.. Enumerable.Range(0, fit.Names.Inputs.Count)],
                bias: true) is not { } precision)
        {
            return null;
        }

        var (mean, deviation) =
            (Dyadic.Ratio(fit.Moments.InputSum(powers[0]), fit.Moments.WeightSum),
                precision.Lengths[powers[0]] / Math.Sqrt(fit.Rows));
        var step = Math.Pow(10, Math.Floor(Math.Log10(deviation)));
        var centre = Math.Round(mean / step) * step;
        return new PowerCentring(column, centre,
            [.. Enumerable.Range(1, powers.Length)
                .Select(power => PValue(fit, precision, powers, centre, power, target))]);
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(PowerCentring), PrintMembers);

    // The weight of u^m is the sum over k of (k over m) centre^(k - m) times that of x^k.
    private static double PValue(LinearFit fit, InputPrecision precision, int[] powers, double centre, int power,
        int target)
    {
        var factors = new DoubleDouble[powers.Length];
        DoubleDouble factor = 1, estimate = 0, variance = 0;
        for (var k = power; k <= powers.Length; k++)
        {
            factors[k - 1] = factor;
            factor = factor * centre * (k + 1) / (k + 1 - power);
        }

        for (var i = power - 1; i < powers.Length; i++)
        {
            estimate += factors[i] * fit.Map.WeightsOf(target)[powers[i]];
            for (var j = power - 1; j < powers.Length; j++)
            {
                variance += factors[i] / precision.Lengths[powers[i]] * precision.Inverse[powers[i], powers[j]]
                    * factors[j] / precision.Lengths[powers[j]];
            }
        }

        return fit.PValue(estimate.High,
            Math.Sqrt(Math.Max(0, variance.High)) * fit.NoiseStandardDeviation(target));
    }
}
