using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>Finds the groups of inputs that a fit cannot tell apart, and marks their weights as entangled.</summary>
/// <param name="fit">The fit.</param>
/// <param name="precision">What its inputs say of each other.</param>
/// <param name="weights">What the data say of each weight, targets x inputs; receives the marks.</param>
/// <param name="inflation">By what factor the variance of each input's weight is larger than if it were alone.</param>
internal sealed class GroupSearch(LinearFit fit, InputPrecision precision, ParameterStatus[,] weights,
    double[] inflation)
{
    private const double MuchInflation = 10; // Belsley, Kuh and Welsch, Regression Diagnostics, section 3.1
    private const double HugeInflation = 1e4; // an error a hundred times as large as without the others
    private const double SomeInflation = 2.5; // three fifths of the variation are the others'
    private const double BeyondChance = 1e-4; // that columns of independent noise move together as much, of all of them
    private const double BeyondDoubt = 1e-3; // of a weight, once its companions are left out

    private readonly int _size = precision.Inputs.Length;
    private readonly int _targets = fit.Names.Targets.Count;

    /// <summary>The groups; those with the largest inflation first.</summary>
    public List<EntangledGroup> Find()
    {
        var parents = Enumerable.Range(0, _size).ToArray();
        var entangled = new bool[_targets, _size];
        int[] inflated = [.. Enumerable.Range(0, _size).Where(IsInflated)];
        bool[] onlyTogether = [.. Enumerable.Range(0, _targets).Select(IsBeyondDoubtOnlyTogether)];
        foreach (var place in inflated.Where(place => Enumerable.Range(0, _targets).Any(t => IsInDoubt(t, place))))
        {
            int[] group = [place, .. Companions.Of(precision, place)];
            for (var t = 0; t < _targets; t++)
            {
                var all = onlyTogether[t] && inflated.Length > 1 ? inflated : group; // no input is entangled alone
                if (IsInDoubt(t, place)
                    && (onlyTogether[t] || inflation[precision.Inputs[place]] >= MuchInflation
                        || IsBeyondDoubtAlone(t, group)))
                {
                    entangled[t, place] = true;
                    foreach (var companion in all)
                    {
                        parents[Root(parents, companion)] = Root(parents, place);
                    }
                }
            }
        }

        var groups = Enumerable.Range(0, _size).GroupBy(place => Root(parents, place))
            .Select(places => places.ToArray())
            .Where(places => places.Length > 1)
            .Select(places => Describe(places, entangled))
            .OrderByDescending(group => group.Inputs.Max(input => inflation[input]))
            .ToList();
        for (var t = 0; t < _targets; t++)
        {
            for (var place = 0; place < _size; place++)
            {
                weights[t, precision.Inputs[place]] = entangled[t, place] ? ParameterStatus.Entangled
                    : weights[t, precision.Inputs[place]];
            }
        }

        return groups;
    }

    private static int Root(int[] parents, int place) => parents[place] == place ? place
        : parents[place] = Root(parents, parents[place]);

    /// <summary>
    /// Whether a sign is unknown, or by chance hardly known of a weight whose error the others make huge: so it is
    /// for one in twenty.
    /// </summary>
    private bool IsInDoubt(int target, int place)
    {
        var input = precision.Inputs[place];
        return weights[target, input] == ParameterStatus.SignUnknown
            || (weights[target, input] == ParameterStatus.Stands && inflation[input] >= HugeInflation
                && fit.PValue(fit.Map.WeightsOf(target)[input], fit.WeightErrors[target, input]) >= BeyondDoubt);
    }

    /// <summary>
    /// Whether an input moves with others, and columns of independent normal noise hardly would as much: F of the
    /// input on the others.
    /// </summary>
    private bool IsInflated(int place)
    {
        var (own, others, rest) = (inflation[precision.Inputs[place]], _size - 1, fit.ResidualDegreesOfFreedom + 1);
        return own >= SomeInflation && others > 0
            && FisherF.UpperTail((own - 1) * rest / others, others, rest) * _size < BeyondChance;
    }

    /// <summary>Whether all inputs together explain a target beyond doubt, and none of them alone.</summary>
    private bool IsBeyondDoubtOnlyTogether(int target) =>
        fit.FPValue(target) < BeyondDoubt
            && Enumerable.Range(0, fit.Names.Inputs.Count).All(j => weights[target, j] != ParameterStatus.Stands);

    /// <summary>
    /// Whether the first weight of a group would be beyond doubt if the others were left out: t of the smaller fit.
    /// </summary>
    private bool IsBeyondDoubtAlone(int target, int[] group)
    {
        // With M the inverse of what the inverse holds of the group, leaving out the others minimises (u - w)' M (u
        // - w) over u = (u0, 0, .., 0).
        var size = group.Length;
        var products = Rest(group);
        var (across, square) = (0.0, 0.0);
        for (var i = 0; i < size; i++)
        {
            across += products[0, i] * Scaled(target, group[i]);
            for (var j = 0; j < size; j++)
            {
                square += Scaled(target, group[i]) * products[i, j] * Scaled(target, group[j]);
            }
        }

        var freedom = fit.NoiseDegreesOfFreedom + size - 1;
        var added = Math.Max(0, square - across * across / products[0, 0]); // to the residual sum of squares
        var noise = fit.Settings.NoiseIsKnown ? 1 : (fit.ResidualSumOfSquares[target] + added) / freedom;
        var t = Math.Abs(across) / Math.Sqrt(products[0, 0] * noise);
        return 2 * StudentT.UpperTail(t, freedom) < BeyondDoubt;
    }

    /// <summary>The products of a group's inputs, once all others have explained what they can.</summary>
    private double[,] Rest(int[] group)
    {
        var geometry = new GroupGeometry(precision, group);
        var unit = new double[group.Length];
        var rest = new double[group.Length, group.Length];
        for (var i = 0; i < group.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                unit[i] += 1;
                unit[j] += i == j ? 0 : 1;
                rest[i, j] = geometry.Variation(unit);
                unit[i] = unit[j] = 0;
            }
        }

        for (var i = 0; i < group.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                rest[i, j] = rest[j, i] = (rest[i, j] - rest[i, i] - rest[j, j]) / 2;
            }
        }

        return rest;
    }

    /// <summary>A weight for its input scaled to length 1.</summary>
    private double Scaled(int target, int place) =>
        fit.Map.WeightsOf(target)[precision.Inputs[place]] * precision.Lengths[place];

    private EntangledGroup Describe(int[] places, bool[,] entangled)
    {
        var geometry = new GroupGeometry(precision, places);
        int[] inputs = [.. places.Select(place => precision.Inputs[place])];
        string[] names = [.. inputs.Select(input => fit.Names.Inputs[input])];
        double[] lengths = [.. places.Select(place => precision.Lengths[place])];
        double[] reciprocals = [.. lengths.Select(length => 1 / length)];
        double Square(double[] direction) => direction.Sum(value => value * value);
        double Badness(double[] vector) => geometry.Variance(vector) / Square(vector);
        var direction = LinearCombination.Of(names, geometry.Weakest, reciprocals,
            vector => geometry.Variation(vector) / Square(vector));
        var determined = Pair(geometry, direction, lengths)
            ?? LinearCombination.Of(names, geometry.Strongest, lengths, Badness);
        double[] scaled = [.. determined.Coefficients.Select((value, k) => value / lengths[k])];
        var error = Math.Sqrt(geometry.Variance(scaled));
        var dependents = new DependentTerms(fit, precision);
        (inputs, determined) = dependents.AddTo(determined, places);
        return new EntangledGroup(
            inputs,
            dependents.Widen(direction, inputs),
            [.. geometry.Shares(), .. inputs.Skip(places.Length).Select(_ => double.NaN)],
            determined,
            [.. Enumerable.Range(0, _targets)
                .Select(t => determined.Coefficients.Select((value, k) => value * fit.Map.WeightsOf(t)[inputs[k]])
                    .Sum())],
            [.. Enumerable.Range(0, _targets).Select(t => error * fit.NoiseStandardDeviation(t))],
            [.. Enumerable.Range(0, _targets).Select(t => PValue(geometry, places, t))])
        {
            Targets = [.. Enumerable.Range(0, _targets).Where(t => places.Any(place => entangled[t, place]))],
        };
    }

    /// <summary>
    /// The best of the pairs of weights that the weakest direction leaves alone; null where none is nearly as good
    /// as the best combination of all.
    /// </summary>
    private static LinearCombination? Pair(GroupGeometry geometry, LinearCombination direction, double[] lengths)
    {
        const double NearlyAsGood = 10; // an error three times as large, for two terms instead of many
        var (least, best) = (NearlyAsGood * geometry.Variance(geometry.Strongest), (LinearCombination?)null);
        for (var i = 0; i < lengths.Length; i++)
        {
            for (var j = 0; j < lengths.Length; j++)
            {
                var factor = -direction.Coefficients[i] / direction.Coefficients[j];
                if (i == j || !double.IsFinite(factor) || factor == 0 || (i > j && Math.Abs(factor) == 1))
                {
                    continue;
                }

                var pair = new double[lengths.Length];
                (pair[i], pair[j]) = (1 / lengths[i], factor / lengths[j]);
                var badness = Badness(pair);
                (least, best) = badness < least
                    ? (badness, LinearCombination.Of(direction.Names, pair, lengths, Badness, anchor: i))
                    : (least, best);
            }
        }

        return best;

        double Badness(double[] vector) => geometry.Variance(vector) / vector.Sum(value => value * value);
    }

    private double PValue(GroupGeometry geometry, int[] places, int target)
    {
        var explained = geometry.Variation([.. places.Select(place => Scaled(target, place))]);
        var noise = Math.Pow(fit.NoiseStandardDeviation(target), 2);
        return noise > 0
            ? FisherF.UpperTail(explained / places.Length / noise, places.Length, fit.NoiseDegreesOfFreedom)
            : double.NaN;
    }
}
