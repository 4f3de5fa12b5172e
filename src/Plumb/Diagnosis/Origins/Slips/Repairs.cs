using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>What a map may have been meant to be, one slip or two away from what it is, in the order in which slips are
/// made: columns scaled, W turned, the bias lost.</summary>
internal sealed class Repairs
{
    private const int MostSlips = 2;
    private const int MostListed = 12; // names that a message repeats

    private readonly AffineMap _candidate;
    private readonly LinearFit _fit;
    private readonly Spread _spread;
    private readonly ColumnScaling _none;
    private readonly IReadOnlyList<ColumnScaling> _scalings;

    public Repairs(AffineMap candidate, LinearFit fit, ColumnRanges? ranges)
    {
        (_candidate, _fit, _spread) = (candidate, fit, new Spread(fit.Moments));
        _none = ColumnScalings.None(fit.Moments);
        _scalings = fit.Settings.Bias ? ColumnScalings.All(fit.Moments, ranges) : [];
    }

    /// <summary>All that can be tried; those that give a bias only for maps that have one.</summary>
    public IEnumerable<Repair> All() =>
        from turned in Turned(new Repair(_candidate))
        from halved in Halved(turned)
        from scaled in Scaled(halved)
        from whole in WithBias(scaled)
        from repair in (Repair[])[whole, .. Rescaled(whole)]
        where repair.Slips is >= 1 and <= MostSlips && double.IsFinite(repair.Map.Norm)
        select repair;

    /// <summary>Scalings alone, as they come before a penalty that is no slip.</summary>
    public IEnumerable<Repair> Scalings() =>
        Scaled(new Repair(_candidate)).Where(repair => repair.Slips == 1
        && repair.Cost <= new Repair(_candidate).Then("", "", _candidate).Cost);

    private IEnumerable<Repair> Turned(Repair repair)
    {
        yield return repair;
        if (_candidate.InputCount == _candidate.TargetCount && _candidate.InputCount > 1)
        {
            yield return repair.Then("transposed", "W is transposed",
                MapOf((t, j) => repair.Map.WeightsOf(j)[t], t => repair.Map.Bias[t]));
        }
    }

    private IEnumerable<Repair> Halved(Repair repair)
    {
        yield return repair;
        if (_fit.Settings.Bias && repair.Map.Bias.ContainsAnyExcept(0.0))
        {
            yield return repair.Then("bias-doubled", "its bias, twice what it should be, is halved",
                MapOf((t, j) => repair.Map.WeightsOf(t)[j], t => repair.Map.Bias[t] / 2), changesWeights: false);
        }
    }

    private IEnumerable<Repair> Scaled(Repair repair)
    {
        foreach (var (inputs, targets, code, text) in Choices().Prepend((_none, _none, "", "")))
        {
            if (repair.Slips + (code.Length > 0 ? 1 : 0) > MostSlips)
            {
                yield break;
            }

            Repair Folded(Repair before) => code.Length == 0 ? before
                : before.Then(code, text, Fold(before.Map, inputs, targets), changesWeights: inputs.Code != "centred"
                || targets.Code is not ("none" or "centred"));
            yield return Folded(repair);
            if (repair.Slips + (code.Length > 0 ? 2 : 1) > MostSlips)
            {
                continue;
            }

            foreach (var ordered in Ordered(repair, inputs, targets))
            {
                yield return Folded(ordered);
            }
        }
    }

    private IEnumerable<(ColumnScaling Inputs, ColumnScaling Targets, string Code, string Text)> Choices()
    {
        static string Of(ColumnScaling scaling, string what) =>
            $"the {(scaling.Code == "standardized" ? "standardization" : "scaling")} of {what}, {scaling.Text}, is "
                + $"folded into W and b";
        foreach (var scaling in _scalings)
        {
            if (scaling.Code == "centred")
            {
                yield return (scaling, _none, "inputs-centred",
                    "the means that were taken off the inputs are folded into b");
                yield return (_none, scaling, "targets-centred",
                    "the means that were taken off the targets are added to b");
                continue;
            }

            yield return (scaling, _none, "inputs-" + scaling.Code, Of(scaling, "the inputs"));
            yield return (_none, scaling, "targets-" + scaling.Code, Of(scaling, "the targets"));
            yield return (scaling, scaling, scaling.Code, Of(scaling, "inputs and targets"));
        }
    }

    private IEnumerable<Repair> Ordered(Repair repair, ColumnScaling inputs, ColumnScaling targets)
    {
        if (Order(InputDistances(repair.Map, inputs, targets)) is { } places)
        {
            var from = Inverse(places);
            yield return repair.Then("inputs-permuted",
                $"its inputs are taken in another order ({Listed(_candidate.Names.Inputs, places)})",
                MapOf((t, j) => repair.Map.WeightsOf(t)[from[j]], t => repair.Map.Bias[t]),
                LogFactorial(places.Length));
        }

        if (Order(TargetDistances(repair.Map, inputs, targets)) is { } rows)
        {
            var from = Inverse(rows);
            yield return repair.Then("targets-permuted",
                $"its targets are taken in another order ({Listed(_candidate.Names.Targets, rows)})",
                MapOf((t, j) => repair.Map.WeightsOf(from[t])[j], t => repair.Map.Bias[from[t]]),
                LogFactorial(rows.Length));
        }
    }

    private IEnumerable<Repair> WithBias(Repair repair)
    {
        yield return repair;
        if (_fit.Settings.Bias && repair.Slips < MostSlips && !_candidate.Bias.ContainsAnyExcept(0.0))
        {
            double AtMeans(int t) =>
                _spread.TargetMeans[t] - _spread.InputMeans.Select((mean, j) =>
                repair.Map.WeightsOf(t)[j] * mean).Sum();
            yield return repair.Then("bias-missing", "it has a bias, mean y - W mean x, which is 0 as it stands",
                MapOf((t, j) => repair.Map.WeightsOf(t)[j], AtMeans), changesWeights: false, setsBias: true);
        }
    }

    private Repair[] Rescaled(Repair repair) =>
        repair.Slips < MostSlips && PowersOfTen.Of(repair, _fit.Map) is { } rescaled ? [rescaled] : [];

    /// <summary>y = centre + unit (W ((x - centre) / unit) + b), in x and y.</summary>
    private AffineMap Fold(AffineMap map, ColumnScaling inputs, ColumnScaling targets)
    {
        double Weight(int t, int j) => targets.TargetUnits[t] * map.WeightsOf(t)[j] / inputs.InputUnits[j];
        return MapOf(Weight, t => targets.TargetCentres[t]
            + targets.TargetUnits[t] * map.Bias[t] - inputs.InputCentres.Select((centre, j) =>
            Weight(t, j) * centre).Sum());
    }

    /// <summary>How far each column of a map is from each of the best fit, in what they do to predictions.</summary>
    private double[,] InputDistances(AffineMap map, ColumnScaling scaling, ColumnScaling targets)
    {
        var inputs = map.InputCount;
        var distances = new double[inputs, inputs];
        for (var t = 0; t < map.TargetCount; t++)
        {
            var own = map.WeightsOf(t);
            var best = _fit.Map.WeightsOf(t);
            var unit = Unit(_spread.TargetDeviations[t]);
            for (var j = 0; j < inputs; j++)
            {
                for (var k = 0; k < inputs; k++)
                {
                    var weight = targets.TargetUnits[t] * own[j] / scaling.InputUnits[k];
                    distances[j, k] += Square((weight - best[k]) * _spread.InputDeviations[k] / unit);
                }
            }
        }

        return distances;
    }

    /// <summary>The same of rows, bias and all.</summary>
    private double[,] TargetDistances(AffineMap map, ColumnScaling inputs, ColumnScaling scaling)
    {
        var targets = map.TargetCount;
        var distances = new double[targets, targets];
        for (var t = 0; t < targets; t++)
        {
            for (var u = 0; u < targets; u++)
            {
                var own = map.WeightsOf(t);
                var best = _fit.Map.WeightsOf(u);
                var unit = Unit(_spread.TargetDeviations[u]);
                var atMeans = scaling.TargetCentres[u] + scaling.TargetUnits[u] * map.Bias[t] - _fit.Map.Bias[u];
                for (var j = 0; j < own.Length; j++)
                {
                    var weight = scaling.TargetUnits[u] * own[j] / inputs.InputUnits[j];
                    distances[t, u] += Square((weight - best[j]) * _spread.InputDeviations[j] / unit);
                    atMeans += weight * (_spread.InputMeans[j] - inputs.InputCentres[j])
                        - best[j] * _spread.InputMeans[j];
                }

                distances[t, u] += Square(atMeans / unit);
            }
        }

        return distances;
    }

    private AffineMap MapOf(Func<int, int, double> weight, Func<int, double> bias) =>
        new(Matrix.Create(_candidate.TargetCount, _candidate.InputCount, weight),
            [.. Enumerable.Range(0, _candidate.TargetCount).Select(bias)], _candidate.Names);

    /// <summary>Where each goes; null where all stay, or a distance is no number.</summary>
    private static int[]? Order(double[,] distances) =>
        distances.Length <= 1 || distances.Cast<double>().Any(distance => !double.IsFinite(distance)) ? null
        : Assignment.Of(distances) is var places && places.SequenceEqual(places.Order()) ? null : places;

    private static int[] Inverse(int[] places)
    {
        var inverse = new int[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            inverse[places[i]] = i;
        }

        return inverse;
    }

    private static string Listed(IReadOnlyList<string> names, int[] places) =>
        string.Join(", ", places.Take(MostListed).Select(place => names[place]))
        + (places.Length > MostListed ? ", .." : "");

    private static double LogFactorial(int count) => Enumerable.Range(1, count).Sum(k => Math.Log10(k));

    private static double Unit(double deviation) => deviation > 0 ? deviation : 1;

    private static double Square(double value) => value * value;
}
