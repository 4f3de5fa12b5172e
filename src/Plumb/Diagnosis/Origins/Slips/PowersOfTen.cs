using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>A target or inputs in units that are ten, a hundred, a thousand times another, or of the other
/// sign.</summary>
internal static class PowersOfTen
{
    private const int LargestPower = 12;
    private const int MostInputs = 2;
    // of the decimal logarithm: weights that noise moved by a tenth still show their power
    private const double Near = 0.04;
    private const double CostOfPower = 1.4; // digits: 24 powers

    /// <summary>The map in the units of the best fit, if that takes powers of ten or signs on every target, or on a few
    /// inputs; null where all stays, or too much would change.</summary>
    public static Repair? Of(Repair repair, AffineMap best)
    {
        var map = repair.Map;
        var (targets, inputs) = (new double[map.TargetCount], new double[map.InputCount]);
        for (var t = 0; t < targets.Length; t++)
        {
            var own = t;
            targets[t] = Usual([.. Enumerable.Range(0, inputs.Length).Select(j =>
                Factor(map.WeightsOf(own)[j], best.WeightsOf(own)[j])), Factor(map.Bias[t], best.Bias[t])]);
        }

        for (var j = 0; j < inputs.Length; j++)
        {
            var own = j;
            inputs[j] = Usual([.. Enumerable.Range(0, targets.Length).Select(t =>
                Factor(map.WeightsOf(t)[own] / targets[t], best.WeightsOf(t)[own]))]);
        }

        int[] changedTargets = [.. Enumerable.Range(0, targets.Length).Where(t => targets[t] != 1)];
        int[] changedInputs = [.. Enumerable.Range(0, inputs.Length).Where(j => inputs[j] != 1)];
        if (changedTargets.Length + changedInputs.Length == 0 || changedInputs.Length > MostInputs)
        {
            return null;
        }

        var rescaled = new AffineMap(
            Matrix.Create(targets.Length, inputs.Length, (t, j) => map.WeightsOf(t)[j] / (targets[t] * inputs[j])),
            [.. targets.Select((factor, t) => map.Bias[t] / factor)],
            map.Names);
        string[] parts =
        [
            .. changedTargets.Select(t =>
                Undo($"its predictions of '{map.Names.Targets[t]}'", isOne: false, targets[t])),
            .. changedInputs.Select(j =>
                Undo($"its {(targets.Length > 1 ? "weights" : "weight")} of '{map.Names.Inputs[j]}'",
                isOne: targets.Length == 1, inputs[j])),
        ];
        var code = changedTargets.Length == 0 ? Code("input", changedInputs.Select(j => inputs[j]))
            : Code("target", changedTargets.Select(t => targets[t]));
        return repair.Then(code, string.Join(" and ", parts), rescaled, parts.Length * CostOfPower
            + changedInputs.Length * Math.Log10(1 + inputs.Length));
    }

    private static string Code(string what, IEnumerable<double> factors) =>
        factors.All(factor => factor == -1) ? what + "-sign" : what + "-scaled";

    private static string Undo(string what, bool isOne, double factor) =>
        factor == -1 ? $"the sign of {what} is turned"
        : $"{what} {(isOne ? "is" : "are")} "
            + (Math.Abs(factor) < 1 ? "multiplied by " + Number(1 / factor) : "divided by " + Number(factor));

    private static string Number(double value) => Math.Round(value).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The power of ten, with its sign, that one number is of another; 0 where it is none.</summary>
    private static double Factor(double own, double best)
    {
        var log = Math.Log10(Math.Abs(own / best));
        var power = Math.Round(log);
        return double.IsFinite(log) && Math.Abs(log - power) <= Near && Math.Abs(power) <= LargestPower
            ? Math.Sign(own / best) * Math.Pow(10, power) : 0;
    }

    /// <summary>What most of the factors are; 1 where there is none.</summary>
    private static double Usual(double[] factors) =>
        factors.Where(factor => factor != 0)
            .GroupBy(factor => factor)
            .OrderByDescending(group => group.Count())
            .ThenByDescending(group => group.Key == 1)
            .ThenBy(group => Math.Abs(Math.Log10(Math.Abs(group.Key))))
            .FirstOrDefault()?.Key ?? 1;
}
