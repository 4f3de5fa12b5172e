using Plumb.Cli.Training;

namespace Plumb.Tests;

/// <summary>Rows, a start, and a way to train.</summary>
internal sealed record ConvergenceProblem(
    Dataset Data, AffineMap Start, string Method, bool Batches, bool Standardize, long Steps, long Seed)
{
    /// <summary>All ways to train.</summary>
    public static IReadOnlyList<string> Methods { get; } =
        [.. Optimizer.All.Select(optimizer => optimizer.Name), .. TrainingMethod.LineSearches];

    public bool IsAdaptive => Method is "adam" or "adamw" or "rmsprop" or "adagrad";

    public string Kind => $"{Method} in {(Batches ? "batches" : "full")}";

    /// <summary>
    /// Columns of units from 1e-12 to 1e12, each with an offset of up to 1e12 units; now and then nearly
    /// dependent, dependent, few rows, or exact; the start far away or near.
    /// </summary>
    public static ConvergenceProblem Of(int seed)
    {
        var random = new RandomSource(seed, 5);
        var (inputs, targets) = (1 + random.NextIndex(3), 1 + random.NextIndex(3));
        var rows = random.NextIndex(8) == 0 ? 1 + random.NextIndex(inputs + 1) : inputs + 2 + random.NextIndex(20);
        var (isTame, isWhole) = (random.NextIndex(3) == 0, random.NextIndex(4) == 0);
        double Power(int most) => isTame || isWhole ? 1 : Math.Pow(10, random.NextIndex(2 * most + 1) - most);
        double Offset() => random.NextIndex(2) == 0 || isWhole
            ? 0
            : Math.Pow(10, random.NextIndex(isTame ? 3 : 13));
        var core = Matrix.Create(rows, inputs, (_, _) => isWhole ? random.NextIndex(9) - 4 : random.NextNormal());
        var (kind, closeness) = (random.NextIndex(6), isWhole ? 1 : Math.Pow(10, -random.NextIndex(9)));
        for (var i = 0; inputs > 1 && kind < 2 && i < rows; i++)
        {
            core[i, inputs - 1] = kind == 0 ? core[i, 0] : core[i, 0] + closeness * core[i, inputs - 1];
        }

        double[] units = [.. Enumerable.Range(0, inputs).Select(_ => Power(12))];
        double[] offsets = [.. Enumerable.Range(0, inputs).Select(_ => Offset())];
        var noise = random.NextIndex(3) == 0 || isWhole ? 0 : Math.Pow(10, -random.NextIndex(5));
        var x = Matrix.Create(rows, inputs, (i, j) => units[j] * (offsets[j] + core[i, j]));
        var y = new Matrix(rows, targets);
        for (var t = 0; t < targets; t++)
        {
            var (unit, offset) = (Power(12), Offset());
            double Weight() => isWhole ? random.NextIndex(7) - 3 : random.NextNormal();
            double[] truth = [.. Enumerable.Range(0, inputs).Select(_ => Weight())];
            for (var i = 0; i < rows; i++)
            {
                var value = Enumerable.Range(0, inputs).Sum(j => truth[j] * core[i, j]);
                y[i, t] = unit * (offset + value + noise * random.NextNormal());
            }
        }

        var data = new Dataset(x, y);
        var start = AffineMap.Random(inputs, targets, random);
        if (random.NextIndex(2) == 0)
        {
            start = Moved(new LeastSquares().Fit(Moments.Of(data)).Map, Math.Pow(10, -random.NextIndex(16)), random);
        }

        var method = Methods[seed % Methods.Count];
        var batches = random.NextIndex(4) == 0 && !TrainingMethod.LineSearches.Contains(method);
        return new ConvergenceProblem(data, start, method, batches, random.NextIndex(2) == 0, 2000, seed);
    }

    /// <summary>Each number changed by about this part of itself.</summary>
    public static AffineMap Moved(AffineMap map, double part, RandomSource random)
    {
        double Change(double value) => value * (1 + part * random.NextNormal());
        return new AffineMap(
            Matrix.Create(map.TargetCount, map.InputCount, (t, j) => Change(map.WeightsOf(t)[j])),
            [.. map.Bias.ToArray().Select(Change)]);
    }
}
