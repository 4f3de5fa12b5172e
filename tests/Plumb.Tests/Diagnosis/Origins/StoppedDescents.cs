namespace Plumb.Tests.Origins;

/// <summary>Makes maps by descents over rows that are stopped, as other programs run them.</summary>
internal sealed class StoppedDescents
{
    private const double Longest = 3e5; // rows x steps: a descent in plain doubles takes a moment

    private readonly ForeignData _data;
    private readonly RandomSource _random;
    private readonly double[] _centres;
    private readonly double[] _units;
    private readonly double[] _means; // of the targets
    private readonly bool _isSingle;

    /// <summary>For one map of some data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="random">Decides rate, steps and start.</param>
    /// <param name="scaling">none, centred, standardized, standardized-n-1 or min-max.</param>
    /// <param name="isSingle">Whether arithmetic is that of float32.</param>
    public StoppedDescents(ForeignData data, RandomSource random, string scaling, bool isSingle)
    {
        (_data, _random, _isSingle) = (data, random, isSingle);
        double[][] columns = [.. Enumerable.Range(0, data.Inputs).Select(j =>
            data.X.Select(row => row[j]).ToArray())];
        double Deviation(double[] values, int less) =>
            Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - less));
        _centres = [.. columns.Select(values => scaling switch
        {
            "none" => 0,
            "min-max" => values.Min(),
            _ => values.Average(),
        })];
        _units = [.. columns.Select(values => scaling switch
        {
            "none" or "centred" => 1,
            "min-max" => values.Max() - values.Min(),
            _ => Deviation(values, scaling == "standardized" ? 0 : 1),
        })];
        _means = [.. Enumerable.Range(0, data.Targets).Select(t => data.Y.Average(row => row[t]))];
    }

    /// <summary>The mean square's learning rate, chosen anew by each descent.</summary>
    public double Rate { get; private set; }

    /// <summary>The number of steps, likewise.</summary>
    public int Steps { get; private set; }

    /// <summary>
    /// Steps times rate, as it comes to: of rates that fall their sum, of momentum ten times as much.
    /// </summary>
    public double Length(string kind) => kind switch
    {
        "decaying" => Enumerable.Range(1, Steps).Sum(step => Rate / Math.Sqrt(step)),
        "momentum" => 2 * Rate * Enumerable.Range(1, Steps).Sum(step => 1 - Math.Pow(0.9, step)),
        "nesterov" => 2 * Rate * Enumerable.Range(1, Steps).Sum(step => 1 - Math.Pow(0.9, step + 1)),
        _ => Rate * Steps,
    };

    /// <summary>Steps that are stopped.</summary>
    /// <param name="kind">plain, bias-at-mean, no-bias, from-random, momentum, nesterov, adam, decaying, batches,
    /// decayed, diverging.</param>
    public AffineMap Make(string kind)
    {
        var hasBias = kind != "no-bias";
        double[][] rows = [.. _data.X.Select(row => (double[])[.. row.Select((value, j) =>
            Kept((value - _centres[j]) / _units[j])),
            .. hasBias ? (double[])[1] : []])];
        Choose(kind, LargestEigenvalue(rows) / rows.Length * 2 / _data.Targets);
        double[][] all = [.. Enumerable.Range(0, _data.Targets).Select(t => Folded(Descend(kind, rows, t), hasBias))];
        return new AffineMap(Matrix.Create(_data.Targets, _data.Inputs, (t, j) => all[t][j]),
            [.. all.Select(own => own[^1])]);
    }

    /// <summary>A stable rate, round every other time, and from 1 to as many steps as take a moment.</summary>
    private void Choose(string kind, double largest)
    {
        var share = kind == "diverging" ? 2.02 : Math.Pow(10, -2 * _random.NextDouble()) * 1.95;
        Rate = (kind is "momentum" or "nesterov" ? 0.5 : 1) * share / largest;
        if (_random.NextDouble() < 0.5 && kind != "diverging")
        {
            var unit = Math.Pow(10, Math.Floor(Math.Log10(Rate)));
            Rate = Math.Floor(Rate / unit) * unit;
        }

        var most = Math.Log10(kind == "diverging" ? 100 : Longest / _data.X.Length / _data.Inputs * 4);
        Steps = (int)Math.Pow(10, most * _random.NextDouble());
    }

    private double[] Descend(string kind, double[][] rows, int target)
    {
        double[] w = [.. rows[0].Select(_ => kind == "from-random" ? Kept(0.3 * _random.NextNormal()) : 0)];
        w[^1] = kind == "bias-at-mean" ? Kept(_means[target]) : w[^1];
        var (first, second) = (new double[w.Length], new double[w.Length]);
        for (var step = 1; step <= Steps; step++)
        {
            var downhill = Downhill(kind, rows, target, w);
            for (var j = 0; j < w.Length; j++)
            {
                first[j] = (kind == "adam" ? 0.1 : 1) * downhill[j] + 0.9 * first[j];
                second[j] = 0.001 * downhill[j] * downhill[j] + 0.999 * second[j];
                w[j] = Kept(w[j] + Rate * kind switch
                {
                    "momentum" => 0.2 * first[j],
                    "nesterov" => 0.2 * (downhill[j] + 0.9 * first[j]),
                    "adam" => first[j] / (1 - Math.Pow(0.9, step))
                        / (Math.Sqrt(second[j] / (1 - Math.Pow(0.999, step))) + 1e-8),
                    "decaying" => downhill[j] / Math.Sqrt(step),
                    "decayed" => downhill[j] - 0.1 / Rate / Steps * w[j],
                    _ => downhill[j],
                });
            }
        }

        return w;
    }

    /// <summary>Minus the gradient of the mean square over rows and targets, or over a batch.</summary>
    private double[] Downhill(string kind, double[][] rows, int target, double[] w)
    {
        var (downhill, batch) = (new double[w.Length], kind == "batches" ? Math.Max(1, rows.Length / 4) : rows.Length);
        for (var i = 0; i < batch; i++)
        {
            var row = kind == "batches" ? _random.NextIndex(rows.Length) : i;
            var residual = _data.Y[row][target];
            for (var j = 0; j < w.Length; j++)
            {
                residual = Kept(residual - rows[row][j] * w[j]);
            }

            for (var j = 0; j < w.Length; j++)
            {
                downhill[j] = Kept(downhill[j] + rows[row][j] * residual);
            }
        }

        return [.. downhill.Select(value => Kept(2 * value / batch / _data.Targets))];
    }

    private double[] Folded(double[] w, bool hasBias)
    {
        double[] weights = [.. _units.Select((unit, j) => w[j] / unit)];
        return [.. weights, hasBias ? w[^1] - weights.Select((weight, j) => weight * _centres[j]).Sum() : 0];
    }

    private static double LargestEigenvalue(double[][] rows)
    {
        var (v, length) = (rows[0].Select(_ => 1.0).ToArray(), 0.0);
        for (var round = 0; round < 200; round++)
        {
            double[] products = [.. rows.Select(row => row.Select((value, j) => value * v[j]).Sum())];
            double[] next = [.. v.Select((_, j) => rows.Select((row, i) => row[j] * products[i]).Sum())];
            length = Math.Sqrt(next.Sum(value => value * value));
            v = [.. next.Select(value => value / length)];
        }

        return length;
    }

    private double Kept(double value) => _isSingle ? (float)value : value;
}
