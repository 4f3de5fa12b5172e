using System.Globalization;
using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>
/// Tries readings of weights that have one number more than there are inputs: the one that is the best fit, to rounding
/// or within noise, while no other is, is what was meant.
/// </summary>
internal static class BiasTrial
{
    private const double MayWellBe = 0.05; // the usual level
    private const double MuchMore = 100; // times what the reading leaves unexplained

    /// <summary>Which of the maps is meant; -1 where the data do not tell.</summary>
    public static int Choose(IReadOnlyList<AffineMap> readings, LinearFit fit, int significandBits)
    {
        var left = readings.Select(map => Mistake.Unexplained(map, fit.Moments)).ToList();
        var (exact, likely) = (new List<int>(), new List<int>());
        for (var i = 0; i < readings.Count; i++)
        {
            var yard = new Yardstick(readings[i], fit, significandBits);
            if (yard.IsExact(yard.Gaps) || yard.IsClose(yard.Gaps) || yard.IsOfSingles(yard.Gaps))
            {
                exact.Add(i);
            }
            else if (yard.IsWithinNoise(readings[i], MayWellBe))
            {
                likely.Add(i);
            }
        }

        var found = exact.Count > 0 ? exact : likely;
        return found is [var only] && left.Where((_, i) => i != only).All(other => other > left[only] * MuchMore
            || other >= 1) ? only : -1;
    }

    /// <summary>What was decided, for whoever reads the report.</summary>
    public static Finding Said(string file, string shape, string place, string said,
        AffineMap meant, IEnumerable<AffineMap> others, LinearFit fit) =>
        new(Severity.Warning, "bias-held", string.Create(CultureInfo.InvariantCulture,
            $"{file}: the weights are {shape}, one number more than the {meant.InputCount} inputs: the {place} was "
                + $"taken for the bias. The map then leaves "
                + $"{Statistic(100 * Mistake.Unexplained(meant, fit.Moments))}% of the targets' variation "
                + $"unexplained, and otherwise "
                + $"{Statistic(100 * others.Min(map => Mistake.Unexplained(map, fit.Moments)))}%."),
            $"{char.ToUpperInvariant(said[0])}{said[1..]}; other commands need to be told.");
}
