using Plumb.Numerics;

namespace Plumb;

/// <summary>What a map may have been meant to be, each one slip away from what it is.</summary>
internal sealed class Repairs
{
    private const int MostListed = 12; // names that a message repeats

    private readonly AffineMap _candidate;
    private readonly LinearFit _fit;
    private readonly double[] _bias;
    private readonly double[] _inputMeans;
    private readonly double[] _targetMeans;
    private readonly double[] _inputUnits; // standard deviations; 1 where there is none, as scalers have it
    private readonly double[] _targetUnits;

    public Repairs(AffineMap candidate, LinearFit fit, Spread spread)
    {
        (_candidate, _fit, _bias) = (candidate, fit, candidate.Bias.ToArray());
        (_inputMeans, _targetMeans) = (spread.InputMeans, spread.TargetMeans);
        (_inputUnits, _targetUnits) = ([.. spread.InputDeviations.Select(Unit)], [.. spread.TargetDeviations.Select(Unit)]);
        static double Unit(double deviation) => deviation > 0 ? deviation : 1;
    }

    /// <summary>All that can be tried; those that give a bias only for maps that have one.</summary>
    public IEnumerable<Repair> All() => [.. Orders(), .. _fit.Settings.Bias ? [.. Standardizations(), .. Biases()] : Array.Empty<Repair>()];

    private IEnumerable<Repair> Orders()
    {
        if (_candidate.InputCount == _candidate.TargetCount && _candidate.InputCount > 1)
        {
            yield return new("transposed", "W is transposed", MapOf((t, j) => _candidate.WeightsOf(j)[t], t => _bias[t]));
        }

        if (Order(InputDistances()) is { } inputs)
        {
            var from = Inverse(inputs);
            yield return new("inputs-permuted", $"its inputs are taken in another order ({Listed(_candidate.Names.Inputs, inputs)})", MapOf((t, j) => _candidate.WeightsOf(t)[from[j]], t => _bias[t]));
        }

        if (Order(TargetDistances()) is { } targets)
        {
            var from = Inverse(targets);
            yield return new("targets-permuted", $"its targets are taken in another order ({Listed(_candidate.Names.Targets, targets)})", MapOf((t, j) => _candidate.WeightsOf(from[t])[j], t => _bias[from[t]]));
        }
    }

    /// <summary>The map was made for x less its mean, over its standard deviation, or gives y in such units.</summary>
    private IEnumerable<Repair> Standardizations()
    {
        var none = (double[])[.. _inputUnits.Select(_ => 1.0)];
        var noneOfTargets = (double[])[.. _targetUnits.Select(_ => 1.0)];
        var (inputs, targets) = (new double[_inputUnits.Length], new double[_targetUnits.Length]);
        yield return new("inputs-standardized", "the standardization of the inputs, (x - mean) / standard deviation, is folded into W and b", Folded(_inputUnits, _inputMeans, noneOfTargets, targets));
        yield return new("targets-standardized", "the standardization of the targets, (y - mean) / standard deviation, is folded into W and b", Folded(none, inputs, _targetUnits, _targetMeans));
        yield return new("standardized", "the standardization of inputs and targets, (value - mean) / standard deviation, is folded into W and b", Folded(_inputUnits, _inputMeans, _targetUnits, _targetMeans));
        yield return new("inputs-centred", "the means that were taken off the inputs are folded into b", Folded(none, _inputMeans, noneOfTargets, targets));
        yield return new("targets-centred", "the means that were taken off the targets are added to b", Folded(none, inputs, noneOfTargets, _targetMeans));
    }

    private IEnumerable<Repair> Biases()
    {
        if (Array.TrueForAll(_bias, value => value == 0))
        {
            yield return new("bias-missing", "it has a bias, mean y - W mean x, which is 0 as it stands", Folded([.. _inputUnits.Select(_ => 1.0)], _inputMeans, [.. _targetUnits.Select(_ => 1.0)], _targetMeans));
        }

        yield return new("bias-doubled", "its bias, twice what it should be, is halved", MapOf((t, j) => _candidate.WeightsOf(t)[j], t => _bias[t] / 2));
    }

    /// <summary>y = mean + unit (W ((x - mean) / unit) + b), in x and y.</summary>
    private AffineMap Folded(double[] inputUnits, double[] inputMeans, double[] targetUnits, double[] targetMeans)
    {
        double Weight(int t, int j) => targetUnits[t] * _candidate.WeightsOf(t)[j] / inputUnits[j];
        return MapOf(Weight, t => targetMeans[t] + targetUnits[t] * _bias[t] - inputMeans.Select((mean, j) => Weight(t, j) * mean).Sum());
    }

    /// <summary>How far each column of the candidate is from each of the best fit, in what they do to predictions.</summary>
    private double[,] InputDistances()
    {
        var inputs = _candidate.InputCount;
        var distances = new double[inputs, inputs];
        for (var t = 0; t < _candidate.TargetCount; t++)
        {
            var own = _candidate.WeightsOf(t);
            var best = _fit.Map.WeightsOf(t);
            for (var j = 0; j < inputs; j++)
            {
                for (var k = 0; k < inputs; k++)
                {
                    distances[j, k] += Square((own[j] - best[k]) * _inputUnits[k] / _targetUnits[t]);
                }
            }
        }

        return distances;
    }

    /// <summary>The same of rows, bias and all.</summary>
    private double[,] TargetDistances()
    {
        var targets = _candidate.TargetCount;
        var distances = new double[targets, targets];
        for (var t = 0; t < targets; t++)
        {
            for (var u = 0; u < targets; u++)
            {
                var own = _candidate.WeightsOf(t);
                var best = _fit.Map.WeightsOf(u);
                var atMeans = _bias[t] - _fit.Map.Bias[u];
                for (var j = 0; j < own.Length; j++)
                {
                    distances[t, u] += Square((own[j] - best[j]) * _inputUnits[j] / _targetUnits[u]);
                    atMeans += (own[j] - best[j]) * _inputMeans[j];
                }

                distances[t, u] += Square(atMeans / _targetUnits[u]);
            }
        }

        return distances;
    }

    private AffineMap MapOf(Func<int, int, double> weight, Func<int, double> bias) =>
        new(Matrix.Create(_candidate.TargetCount, _candidate.InputCount, weight), [.. Enumerable.Range(0, _candidate.TargetCount).Select(bias)], _candidate.Names);

    /// <summary>Where each goes; null where all stay.</summary>
    private static int[]? Order(double[,] distances) => Assignment.Of(distances) is var places && places.SequenceEqual(places.Order()) ? null : places;

    private static int[] Inverse(int[] places)
    {
        var inverse = new int[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            inverse[places[i]] = i;
        }

        return inverse;
    }

    private static string Listed(IReadOnlyList<string> names, int[] places) => string.Join(", ", places.Take(MostListed).Select(place => names[place])) + (places.Length > MostListed ? ", .." : "");

    private static double Square(double value) => value * value;
}
