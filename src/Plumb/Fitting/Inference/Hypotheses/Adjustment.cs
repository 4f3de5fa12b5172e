using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>Makes p-values allow for the other tests of the same fit.</summary>
internal static class Adjustment
{
    /// <summary>The same tests with adjusted p-values; those that could not be made stay as they are.</summary>
    /// <param name="tests">Tests of one fit.</param>
    /// <param name="method">How.</param>
    /// <exception cref="FormatException">The method is not for such hypotheses.</exception>
    public static IReadOnlyList<TestedHypothesis> Apply(IReadOnlyList<TestedHypothesis> tests, AdjustmentMethod method)
    {
        int[] made = [.. Enumerable.Range(0, tests.Count).Where(k => !double.IsNaN(tests[k].PValue))];
        if (method == AdjustmentMethod.None || made.Length == 0)
        {
            return tests;
        }

        var adjusted = method switch
        {
            AdjustmentMethod.Bonferroni => [.. made.Select(k => Math.Min(1, made.Length * tests[k].PValue))],
            AdjustmentMethod.Holm => Holm([.. made.Select(k => tests[k].PValue)]),
            _ => Joint([.. made.Select(k => tests[k])], method),
        };
        TestedHypothesis[] all = [.. tests];
        foreach (var (k, place) in made.Index().Select(item => (item.Index, item.Item)))
        {
            all[place] = all[place] with { AdjustedPValue = adjusted[k] };
        }

        return all;
    }

    private static double[] Holm(double[] values)
    {
        var (adjusted, largest) = (new double[values.Length], 0.0);
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(k => values[k])];
        foreach (var (before, k) in order.Index())
        {
            largest = Math.Max(largest, Math.Min(1, (values.Length - before) * values[k]));
            adjusted[k] = largest;
        }

        return adjusted;
    }

    /// <summary>By the space that the equations about each target span.</summary>
    private static double[] Joint(TestedHypothesis[] tests, AdjustmentMethod method)
    {
        if (tests.FirstOrDefault(test => test.Restrictions.Count != 1) is { } several)
        {
            throw new FormatException($"'{several.Text}' is more than one equation, and "
                + $"{method.ToString().ToLowerInvariant()} adjusts single ones; use holm or bonferroni.");
        }

        if (method == AdjustmentMethod.Tukey && tests.FirstOrDefault(test => !test.IsPairwise) is { } other)
        {
            throw new FormatException($"'{other.Text}' is no difference of two parameters, which tukey is for; use "
                + "scheffe, holm or bonferroni.");
        }

        var adjusted = new double[tests.Length];
        foreach (var group in tests.Index().GroupBy(test => test.Item.Target))
        {
            int[] places = [.. group.Select(test => test.Index)];
            var dimension = DimensionOf([.. places.Select(k => tests[k].Combinations[0])]);
            foreach (var k in places)
            {
                var (t, freedom) = (Math.Abs(tests[k].Restrictions[0].T), tests[k].DenominatorDegreesOfFreedom);
                adjusted[k] = double.IsInfinity(t) ? 0
                    : method == AdjustmentMethod.Tukey
                    ? StudentizedRange.UpperTail(t * Math.Sqrt(2), dimension + 1, freedom)
                    : FisherF.UpperTail(t * t / dimension, dimension, freedom);
            }
        }

        return adjusted;
    }

    private static int DimensionOf(ParameterCombination[] combinations)
    {
        Dyadic[][] rows = [.. combinations.Select(combination =>
            combination.Targets.SelectMany(target => combination.Of(target).ToArray()).ToArray())];
        var products = new Dyadic[rows.Length, rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows.Length; j++)
            {
                products[i, j] = rows[i].Zip(rows[j]).Aggregate(Dyadic.Zero,
                    (sum, pair) => sum + pair.First * pair.Second);
            }
        }

        return ExactRank.Of(ScaledMatrix.Of(products)).Independent.Count;
    }
}
