using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Whether the rows of a fit can tell its inputs apart, given the noise. An input is entangled with others where its
/// confidence interval
/// holds 0 (or nearly, where its error is a hundred times what it would be without them), most of its variation is that
/// of others beyond
/// chance, and its variance is inflated tenfold, or its weight would be beyond
/// doubt if those were left out, or all inputs together are beyond doubt and none of them alone. Nothing here depends
/// on units or,
/// with a bias, on offsets.
/// </summary>
public sealed class Collinearity
{
    /// <summary>The most inputs whose groups are looked for.</summary>
    public const int MostInputs = 256;

    private const double MuchInflation = 10; // Belsley, Kuh and Welsch, Regression Diagnostics, section 3.1
    private const double HugeInflation = 1e4; // an error a hundred times as large as without the others
    private const double SomeInflation = 2.5; // three fifths of the variation are the others'
    private const double BeyondChance = 1e-4; // that columns of independent noise move together as much, of all of them
    private const double BeyondDoubt = 1e-3; // of a weight, once its companions are left out

    private readonly ParameterStatus[,] _weights; // targets x inputs
    private readonly ParameterStatus[] _bias;

    private Collinearity(ParameterStatus[,] weights, ParameterStatus[] bias, double[] inflation) =>
        (_weights, _bias, VarianceInflation) = (weights, bias, inflation);

    /// <summary>
    /// By what factor each weight's variance is larger than if its input did not move together with others: 1 / (1 -
    /// R^2) of the input
    /// on the others. NaN where the weight is undetermined. Generalised to what the data determine where inputs are
    /// dependent.
    /// </summary>
    public IReadOnlyList<double> VarianceInflation { get; }

    /// <summary>The groups of inputs that cannot be told apart; those with the largest inflation first.</summary>
    public IReadOnlyList<EntangledGroup> Groups { get; private init; } = [];

    /// <summary>
    /// Whether groups were looked for: not where there are more than <see cref="MostInputs"/>, or no noise to judge by.
    /// </summary>
    public bool WasLookedAt { get; private init; }

    /// <summary>What the data say of a weight.</summary>
    public ParameterStatus OfWeight(int target, int input) => _weights[target, input];

    /// <summary>What the data say of a bias.</summary>
    public ParameterStatus OfBias(int target) => _bias[target];

    internal static Collinearity Of(LinearFit fit)
    {
        var (targets, inputs) = (fit.Names.Targets.Count, fit.Names.Inputs.Count);
        var weights = new ParameterStatus[targets, inputs];
        var factor = fit.SignFactor;
        var bias = new ParameterStatus[targets];
        for (var t = 0; t < targets; t++)
        {
            for (var j = 0; j < inputs; j++)
            {
                weights[t, j] =
                    StatusOf(fit, fit.Determines(j), fit.Map.WeightsOf(t)[j], fit.WeightError(t, j), factor);
            }

            bias[t] = StatusOf(fit, fit.DeterminesBias, fit.Map.Bias[t], fit.BiasErrors[t], factor);
        }

        var independent = fit.NullSpace.SplitOfWeights.Independent;
        var isNoiseKnown = fit.ResidualDegreesOfFreedom > 0 && fit.Settings.Ridge == 0;
        var precision = independent.Length is > 0 and <= MostInputs
            ? InputPrecision.Of(fit.Moments, independent, fit.Settings.Bias) : null;
        var inflation = Enumerable.Repeat(double.NaN, inputs).ToArray();
        for (var place = 0; place < precision?.Inputs.Length; place++)
        {
            var input = precision.Inputs[place];
            inflation[input] = fit.NullSpace.DeterminesWeight(input) ? Math.Max(1, precision.Inverse[place, place].High)
                : double.NaN;
        }

        var search = precision is not null && isNoiseKnown ? new GroupSearch(fit, precision, weights, inflation) : null;
        return new Collinearity(weights, bias, inflation)
        {
            Groups = search?.Find() ?? [],
            WasLookedAt = search is not null || (isNoiseKnown && independent.Length == 0),
        };
    }

    private static ParameterStatus StatusOf(LinearFit fit, bool isDetermined, double estimate, double error,
        double factor) =>
        !isDetermined ? ParameterStatus.Undetermined
        : double.IsInfinity(estimate) || double.IsInfinity(error) ? ParameterStatus.TooLarge
        : Math.Abs(estimate) > factor * error || (error == 0 && fit.ResidualDegreesOfFreedom > 0)
            ? ParameterStatus.Stands
        : ParameterStatus.SignUnknown;

    /// <summary>Finds the groups, and marks their weights as entangled.</summary>
    private sealed class GroupSearch(LinearFit fit, InputPrecision precision, ParameterStatus[,] weights,
        double[] inflation)
    {
        private readonly int _size = precision.Inputs.Length;
        private readonly int _targets = fit.Names.Targets.Count;

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
                    && fit.PValue(fit.Map.WeightsOf(target)[input], fit.WeightError(target, input)) >= BeyondDoubt);
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

            var freedom = fit.ResidualDegreesOfFreedom + size - 1;
            var added = Math.Max(0, square - across * across / products[0, 0]); // to the residual sum of squares
            var t = Math.Abs(across) / Math.Sqrt(products[0, 0] * (fit.ResidualSumOfSquares[target] + added) / freedom);
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
        private double Scaled(int target,
            int place) => fit.Map.WeightsOf(target)[precision.Inputs[place]] * precision.Lengths[place];

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
                [.. Enumerable.Range(0, _targets).Select(t => error * fit.ResidualStandardDeviation[t])],
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
            var noise = Math.Pow(fit.ResidualStandardDeviation[target], 2);
            return noise > 0
                ? FisherF.UpperTail(explained / places.Length / noise, places.Length, fit.ResidualDegreesOfFreedom)
                : double.NaN;
        }
    }
}
