namespace Plumb.Tests.Origins;

/// <summary>Makes maps of data in the ways of other programs.</summary>
internal sealed class ForeignMaps
{
    private readonly ForeignData _data;
    private readonly RandomSource _random;
    private readonly double[] _inputMeans;
    private readonly double[] _inputUnits;
    private readonly double[] _targetMeans;
    private readonly double[] _targetUnits;

    public ForeignMaps(ForeignData data, RandomSource random)
    {
        (_data, _random) = (data, random);
        (_inputMeans, _inputUnits) = Standard(data.X);
        (_targetMeans, _targetUnits) = Standard(data.Y);
    }

    /// <summary>All kinds that a true account names.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "ridge", "ridge-standardized", "weight-decay", "weight-decay-standardized", "ridge-no-bias", "lasso",
            "lasso-loose", "lasso-standardized", "elastic-net", "elastic-net-standardized",
        "no-bias", "inputs-left-out", "first-rows", "last-rows", "row-left-out", "log-target", "rounded",
        "inputs-standardized",
            "standardized", "targets-standardized", "inputs-min-max", "inputs-max-abs", "inputs-robust", "min-max",
            "inputs-centred",
        "target-scaled", "input-scaled", "input-sign", "target-sign", "transposed", "inputs-permuted", "bias-missing",
            "bias-doubled",
        "transposed+inputs-standardized", "transposed+bias-missing", "ridge-standardized+inputs-standardized",
            "inputs-standardized+bias-missing",
    ];

    /// <summary>All kinds of which nothing may be claimed.</summary>
    public static IReadOnlyList<string> Unknown { get; } = ["random", "small", "descent", "descent-from-random",
        "noise", "some-rows", "scaled-noise", "nearly", "absolute", "shrunk"];

    /// <summary>A map of a kind; null where the data have no such.</summary>
    public ForeignMap? Make(string kind) => kind switch
    {
        "ridge" => Penalized(kind, Share() * Middle(raw: true), raw: true),
        "ridge-standardized" => Penalized(kind, Share() * Middle(raw: false), raw: false),
        "weight-decay" => Decayed(kind, Share() * Middle(raw: true), raw: true),
        "weight-decay-standardized" => Decayed(kind, Share() * Middle(raw: false), raw: false),
        "ridge-no-bias" => WithoutBias("ridge", Share() * Middle(raw: true)),
        "lasso" => Lasso(kind, raw: true, 1, 1e-13),
        "lasso-loose" => Lasso("lasso", raw: true, 1, 1e-4),
        "lasso-standardized" => Lasso(kind, raw: false, 1, 1e-13),
        "elastic-net" => Lasso(kind, raw: true, 0.2 + 0.6 * _random.NextDouble(), 1e-13),
        "elastic-net-standardized" => Lasso(kind, raw: false, 0.2 + 0.6 * _random.NextDouble(), 1e-13),
        "no-bias" => WithoutBias(kind, 0),
        "inputs-left-out" => LeftOut(),
        "transposed" => IsSquare ? new ForeignMap(Turned(Best()), kind, double.NaN) : null,
        "inputs-permuted" => _data.Inputs < 3 ? null
            : new ForeignMap(Of((t, j) => Best().WeightsOf(t)[(j + 1) % _data.Inputs], t => Best().Bias[t]), kind,
            double.NaN),
        "transposed+inputs-standardized" => IsSquare
            ? new ForeignMap(Turned(Unfolded("inputs-standardized", Best())), kind, double.NaN) : null,
        "transposed+bias-missing" => IsSquare
            ? new ForeignMap(Of((t, j) => Best().WeightsOf(j)[t], _ => 0), kind, double.NaN) : null,
        "inputs-standardized+bias-missing" =>
            new ForeignMap(Of((t, j) => Unfolded("inputs-standardized", Best()).WeightsOf(t)[j], _ => 0), kind,
            double.NaN),
        "ridge-standardized+inputs-standardized" =>
            Penalized("ridge-standardized", Share() * Middle(raw: false), raw: false) is { } made
            ? new ForeignMap(Unfolded("inputs-standardized", made.Map), kind, made.Parameter) : null,
        "bias-missing" => new ForeignMap(Of((t, j) => Best().WeightsOf(t)[j], _ => 0), kind, double.NaN),
        "bias-doubled" =>
            new ForeignMap(Of((t, j) => Best().WeightsOf(t)[j], t => 2 * Best().Bias[t]), kind, double.NaN),
        "target-scaled" =>
            new ForeignMap(Of((t, j) => Best().WeightsOf(t)[j] / 1000, t => Best().Bias[t] / 1000), kind, double.NaN),
        "target-sign" => new ForeignMap(Of((t, j) => -Best().WeightsOf(t)[j], t => -Best().Bias[t]), kind, double.NaN),
        "input-scaled" =>
            new ForeignMap(Of((t, j) => Best().WeightsOf(t)[j] * (j == 0 ? 100 : 1), t => Best().Bias[t]), kind,
            double.NaN),
        "input-sign" =>
            new ForeignMap(Of((t, j) => Best().WeightsOf(t)[j] * (j == 0 ? -1 : 1), t => Best().Bias[t]), kind,
            double.NaN),
        "random" => Nothing(AffineMap.Random(_data.Inputs, _data.Targets, _random)),
        "small" => Nothing(Of((_, _) => 1.4 * (_random.NextDouble() - 0.5), _ => 1.4 * (_random.NextDouble() - 0.5))),
        "descent" => Nothing(Descended(fromZero: true, isStandardized: false)),
        "descent-from-random" => Nothing(Descended(fromZero: false, isStandardized: false)),
        "descent-standardized" => Nothing(Descended(fromZero: true, isStandardized: true)),
        "noise" => Nothing(Noisy(0.05)),
        "scaled-noise" => Nothing(Unfolded("inputs-standardized", Noisy(0.5))),
        "nearly" => Nothing(Noisy(0.003)),
        "first-rows" => new ForeignMap(OfRows(i => 3 * i < 2 * _data.X.Length), kind, double.NaN),
        "last-rows" => new ForeignMap(OfRows(i => 3 * i > _data.X.Length), kind, double.NaN),
        "row-left-out" => 1 + _random.NextIndex(_data.X.Length - 2) is var row
            ? new ForeignMap(OfRows(i => i != row), kind, double.NaN) : null,
        "rounded" =>
            new ForeignMap(Of((t, j) => Round(Best().WeightsOf(t)[j]), t => Round(Best().Bias[t])), kind, double.NaN),
        "log-target" => Logarithmic(),
        "absolute" => Nothing(OfAbsolutes()),
        "shrunk" => Nothing(Of((t, j) => 0.9 * Best().WeightsOf(t)[j], t => 0.9 * Best().Bias[t])),
        "some-rows" => Nothing(OfRows(i => i > 0 && i < _data.X.Length - 1 && _random.NextDouble() < 0.8)),
        _ => new ForeignMap(Unfolded(kind, Best()), kind, double.NaN),
    };

    private bool IsSquare => _data.Inputs == _data.Targets && _data.Inputs > 1;

    private static ForeignMap Nothing(AffineMap map) => new(map, "", double.NaN);

    private AffineMap Best() => Of(t => Solve(t, [.. Enumerable.Repeat(0.0, _data.Inputs)], i => true));

    // From a hundredth to three times what makes a direction of middling variation half as long.
    private double Share() => Math.Pow(10, -2 + 2.5 * _random.NextDouble());

    private double Middle(bool raw) => raw
        ? _inputUnits.Select(unit => _data.X.Length * unit * unit).Order().ElementAt(_data.Inputs / 2) : _data.X.Length;

    private ForeignMap Penalized(string kind, double penalty, bool raw) =>
        new(Of(t => Solve(t, [.. _inputUnits.Select(unit => raw ? penalty : penalty * unit * unit)], i => true)),
            kind, penalty);

    /// <summary>Weights and bias penalised; for standardized inputs, the bias that goes with these.</summary>
    private ForeignMap Decayed(string kind, double penalty, bool raw) =>
        new(
            Of(t =>
            {
                double[][] rows = [.. _data.X.Select(row => (double[])[.. raw ? row : Standardized(row), 1])];
                var w = RowSolver.Squares(rows, Target(t), [.. Enumerable.Repeat(penalty, _data.Inputs + 1)]);
                return raw ? w : Folded(w);
            }),
            kind,
            penalty);

    private ForeignMap WithoutBias(string kind, double penalty) =>
        new(Of(t => [.. RowSolver.Squares(_data.X, Target(t), [.. Enumerable.Repeat(penalty, _data.Inputs)]), 0]),
            kind, penalty > 0 ? penalty : double.NaN);

    private ForeignMap Lasso(string kind, bool raw, double ratio, double tolerance)
    {
        double[][] rows = [.. _data.X.Select(row => raw ? row.Select((value, j) => value - _inputMeans[j]).ToArray()
            : Standardized(row))];
        var largest = Enumerable.Range(0, _data.Targets).Max(u =>
            Enumerable.Range(0, _data.Inputs).Max(j =>
            Math.Abs(rows.Select((row, i) => row[j] * (_data.Y[i][u] - _targetMeans[u])).Sum()))) / rows.Length;
        var alpha = largest / ratio * Math.Pow(10, -3 + 2 * _random.NextDouble());
        var map = Of(t =>
        {
            var w = RowSolver.ElasticNet(rows, [.. Target(t).Select(value => value - _targetMeans[t])], alpha, ratio,
                tolerance);
            return raw ? [.. w, _targetMeans[t] - w.Select((weight, j) => weight * _inputMeans[j]).Sum()]
                : Folded([.. w, _targetMeans[t]]);
        });
        return new ForeignMap(map, kind, alpha * ratio * rows.Length);
    }

    private ForeignMap? LeftOut()
    {
        if (_data.Inputs < 3)
        {
            return null;
        }

        var out1 = _random.NextIndex(_data.Inputs);
        return new ForeignMap(
            Of(t =>
            {
                var w = RowSolver.Squares([.. _data.X.Select(row =>
                    (double[])[.. row.Where((_, j) => j != out1).Select((value, k) =>
                    value - _inputMeans[k < out1 ? k : k + 1]), 1])], Target(t), new double[_data.Inputs]);
                double[] whole = [.. w[..out1], 0, .. w[out1..^1]];
                return [.. whole, w[^1] - whole.Select((weight, j) => weight * _inputMeans[j]).Sum()];
            }),
            "inputs-left-out",
            double.NaN);
    }

    private AffineMap Descended(bool fromZero, bool isStandardized)
    {
        // Columns at one scale, so that some directions arrive; folded back where they were standardized, else as raw
        // as that allows.
        double[][] rows = [.. _data.X.Select(row =>
            (double[])[.. isStandardized ? Standardized(row)
            : row.Select((value, j) => value / (_inputUnits[j] + Math.Abs(_inputMeans[j]))), 1])];
        var rate = 0.9 / rows.Average(row => row.Sum(value => value * value));
        var steps = (int)Math.Pow(10, 3 * _random.NextDouble());
        return Of(t =>
        {
            var w = RowSolver.Descend(rows, Target(t),
                [.. Enumerable.Range(0, _data.Inputs + 1).Select(_ => fromZero ? 0 : _random.NextNormal())], rate,
                steps);
            return isStandardized ? Folded(w)
                : [.. w.Select((weight, j) => j == _data.Inputs ? weight
                : weight / (_inputUnits[j] + Math.Abs(_inputMeans[j])))];
        });
    }

    private ForeignMap? Logarithmic()
    {
        if (_data.Y.Any(row => row.Any(value => value <= 0)))
        {
            return null;
        }

        var logarithms =
            new ForeignMaps(_data with { Y = [.. _data.Y.Select(row => row.Select(Math.Log10).ToArray())] }, _random);
        return new ForeignMap(logarithms.Best(), "log-target", double.NaN);
    }

    private static double Round(double value) =>
        double.Parse(value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture),
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>About the least sum of absolute residuals, by a few reweighted fits.</summary>
    private AffineMap OfAbsolutes() => Of(t =>
    {
        var w = Solve(t, new double[_data.Inputs], _ => true);
        for (var round = 0; round < 30; round++)
        {
            double[] weights = [.. _data.X.Select((row, i) =>
                1 / Math.Sqrt(Math.Abs(_data.Y[i][t] - w[^1] - row.Select((value, j) => value * w[j]).Sum())
                + 1e-6 * _targetUnits[t]))];
            var solved = RowSolver.Squares([.. _data.X.Select((row, i) =>
                (double[])[.. row.Select((value, j) => weights[i] * (value - _inputMeans[j])), weights[i]])],
                [.. Target(t).Select((value, i) => weights[i] * value)], new double[_data.Inputs + 1]);
            w = [.. solved[..^1], solved[^1] - solved[..^1].Select((weight, j) => weight * _inputMeans[j]).Sum()];
        }

        return w;
    });

    private AffineMap Noisy(double size)
    {
        var best = Best();
        return Of((t, j) => best.WeightsOf(t)[j] + size * _random.NextNormal() * _targetUnits[t] / _inputUnits[j],
            t => best.Bias[t] + size * _random.NextNormal() * _targetUnits[t]);
    }

    private AffineMap OfRows(Func<int, bool> isChosen)
    {
        var chosen = Enumerable.Range(0, _data.X.Length).Where(isChosen).ToHashSet();
        return Of(t => Solve(t, new double[_data.Inputs], chosen.Contains));
    }

    /// <summary>Weights, then the bias.</summary>
    private double[] Solve(int target, double[] penalties, Func<int, bool> isChosen)
    {
        int[] rows = [.. Enumerable.Range(0, _data.X.Length).Where(isChosen)];
        var w = RowSolver.Squares([.. rows.Select(i =>
            (double[])[.. _data.X[i].Select((value, j) => value - _inputMeans[j]), 1])],
            [.. rows.Select(i => _data.Y[i][target])], [.. penalties, 0]);
        return [.. w[..^1], w[^1] - w[..^1].Select((weight, j) => weight * _inputMeans[j]).Sum()];
    }

    private double[] Target(int target) => [.. _data.Y.Select(row => row[target])];

    private double[] Standardized(double[] row) =>
        [.. row.Select((value, j) => (value - _inputMeans[j]) / _inputUnits[j])];

    private double[] Folded(double[] w) =>
        [.. w[..^1].Select((weight, j) => weight / _inputUnits[j]),
        w[^1] - w[..^1].Select((weight, j) => weight / _inputUnits[j] * _inputMeans[j]).Sum()];

    /// <summary>The map in scaled units, as it is before it is folded.</summary>
    private AffineMap Unfolded(string kind, AffineMap map)
    {
        var scaling = kind.Replace("inputs-", "", StringComparison.Ordinal).Replace("targets-", "",
            StringComparison.Ordinal);
        var (inputs, targets) = (!kind.StartsWith("targets-", StringComparison.Ordinal),
            !kind.StartsWith("inputs-", StringComparison.Ordinal));
        ColumnScale[] x = [.. Enumerable.Range(0, _data.Inputs).Select(j =>
            inputs ? ColumnScale.Of(scaling, [.. _data.X.Select(row => row[j])]) : ColumnScale.None)];
        ColumnScale[] y = [.. Enumerable.Range(0, _data.Targets).Select(t =>
            targets ? ColumnScale.Of(scaling, Target(t)) : ColumnScale.None)];
        return Of(
            (t, j) => map.WeightsOf(t)[j] * x[j].Unit / y[t].Unit,
            t => (map.Bias[t]
                + x.Select((part, j) => map.WeightsOf(t)[j] * part.Centre).Sum() - y[t].Centre) / y[t].Unit);
    }

    private static AffineMap Turned(AffineMap map) =>
        new(Matrix.Create(map.TargetCount, map.InputCount, (t, j) => map.WeightsOf(j)[t]), map.Bias);

    private AffineMap Of(Func<int, double[]> target)
    {
        double[][] all = [.. Enumerable.Range(0, _data.Targets).Select(target)];
        return Of((t, j) => all[t][j], t => all[t][^1]);
    }

    private AffineMap Of(Func<int, int, double> weight, Func<int, double> bias) =>
        new(Matrix.Create(_data.Targets, _data.Inputs, weight), [.. Enumerable.Range(0, _data.Targets).Select(bias)]);

    private static (double[] Means, double[] Units) Standard(double[][] rows)
    {
        double[] means = [.. rows[0].Select((_, j) => rows.Average(row => row[j]))];
        return (means,
            [.. means.Select((mean, j) =>
            Math.Sqrt(rows.Average(row => (row[j] - mean) * (row[j] - mean))) is > 0 and var unit ? unit : 1)]);
    }
}
