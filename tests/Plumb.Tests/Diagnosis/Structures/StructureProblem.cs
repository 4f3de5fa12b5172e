using Plumb.Numerics;

namespace Plumb.Tests.Structures;

/// <summary>Rows whose truth is known.</summary>
/// <param name="Data">The rows.</param>
/// <param name="Settings">How they are fitted.</param>
/// <param name="Truth">W and b that made the targets.</param>
/// <param name="Entangled">Groups of inputs of which the last is nearly the sum of the others, in core units.</param>
/// <param name="Units">The unit of each input: the number of the data over that of the core.</param>
/// <param name="HasCopies">Whether some rows are copies of others, or stand for several.</param>
internal sealed record StructureProblem(
    Dataset Data,
    LeastSquares Settings,
    AffineMap Truth,
    IReadOnlyList<int[]> Entangled,
    double[] Units,
    bool HasCopies)
{
    /// <summary>What a draw stands for.</summary>
    public static StructureProblem Of(StructureDraw draw)
    {
        StructureBlock[] Blocks(int height) =>
            [.. draw.Blocks.Select((kind, k) => StructureBlock.Of(kind, height, new RandomSource(draw.Seed, k + 1)))];
        var random = new RandomSource(draw.Seed);
        var rows = Math.Max(1, Blocks(2).Sum(block => block.Columns.Length) + 1 + draw.Freedom);
        var blocks = Blocks(rows);
        double[][] core = [.. blocks.SelectMany(block => block.Columns)];
        var order = Enumerable.Range(0, core.Length).OrderBy(_ => random.NextBits()).ToArray(); // a core column a place
        double Unit() => !draw.HasUnits ? 1
            : random.NextIndex(3) == 0 ? Math.Pow(10, random.NextIndex(25) - 12)
            : Math.ScaleB(1, random.NextIndex(81) - 40);
        double[] units = [.. order.Select(_ => Unit())];
        bool IsCopy(int row) => draw.HasCopies && row > 0 && random.NextIndex(3) == 0;
        var from = Enumerable.Range(0, rows).Select(i => IsCopy(i) ? random.NextIndex(i) : i).ToArray();
        var x = Matrix.Create(rows, core.Length, (i, j) => units[j] * core[order[j]][from[i]]);
        var (truth, noise) = TruthOf(draw, units, Unit, random);
        var rowWeights = Weights(draw, rows, random);
        double Scatter(int row) => draw.Weighting == 2 ? 1 / Math.Sqrt(Math.Max(rowWeights!.Values[row], 0.25)) : 1;
        var fresh = Matrix.Create(rows, noise.Length, (i, t) =>
            (Predict(truth, x, i, t) + (Dyadic)(noise[t] * Scatter(i) * random.NextNormal())).ToDouble());
        var y = Matrix.Create(rows, noise.Length, (i, t) => fresh[from[i], t]);
        var data = new Dataset(x, y) { Weights = rowWeights };
        var starts = blocks.Select((_, k) => blocks.Take(k).Sum(block => block.Columns.Length)).ToArray();
        int[] Places(int block) =>
            [.. blocks[block].Columns.Select((_, column) => Array.IndexOf(order, starts[block] + column))];
        int[][] entangled = [.. Enumerable.Range(0, blocks.Length).Where(k => blocks[k].Entangled).Select(Places)];
        var settings = new LeastSquares { Bias = draw.HasBias, Ridge = draw.Ridge, WithholdTooLarge = true };
        return new StructureProblem(data, settings, truth, entangled, units, draw.HasCopies || draw.Weighting == 1);
    }

    /// <summary>What each target is off by from its truth, exactly: targets x rows.</summary>
    public Dyadic[][] Errors()
    {
        Dyadic Error(int row, int t) => (Dyadic)Data.Targets[row, t] - Predict(Truth, Data.Inputs, row, t);
        var rows = Enumerable.Range(0, Data.Rows);
        return [.. Enumerable.Range(0, Data.Targets.Columns).Select(t => rows.Select(i => Error(i, t)).ToArray())];
    }

    /// <summary>W and b, and how large the noise of each target is.</summary>
    private static (AffineMap Truth, double[] Noise) TruthOf(
        StructureDraw draw, double[] units, Func<double> unit, RandomSource random)
    {
        double Weight(TargetKind kind) => kind switch
        {
            TargetKind.Noisy => random.NextIndex(4) == 0 ? 0 : random.NextNormal(),
            TargetKind.Affine => random.NextIndex(7) - 3,
            _ => 0,
        };
        double[] own = [.. draw.Targets.Select(_ => unit())];
        var kinds = draw.Targets;
        var weights = Matrix.Create(kinds.Count, units.Length, (t, j) => own[t] * Weight(kinds[t]) / units[j]);
        double Bias(TargetKind kind) => !draw.HasBias || kind is TargetKind.Zero ? 0 : random.NextIndex(9) - 4;
        double Noise(TargetKind kind) =>
            kind is TargetKind.Noisy or TargetKind.Noise ? Math.Pow(10, -random.NextIndex(5)) : 0;
        double[] bias = [.. kinds.Select((kind, t) => own[t] * Bias(kind))];
        return (new AffineMap(weights, bias), [.. kinds.Select((kind, t) => own[t] * Noise(kind))]);
    }

    private static Dyadic Predict(AffineMap map, Matrix x, int row, int target)
    {
        Dyadic sum = map.Bias[target];
        for (var j = 0; j < x.Columns; j++)
        {
            sum += (Dyadic)map.WeightsOf(target)[j] * (Dyadic)x[row, j];
        }

        return sum;
    }

    private static RowWeights? Weights(StructureDraw draw, int rows, RandomSource random) => draw.Weighting switch
    {
        1 => RowWeights.Frequencies([1, .. Enumerable.Range(1, rows - 1).Select(_ => (double)random.NextIndex(4))]),
        2 => RowWeights.Precisions([1, .. Enumerable.Range(1, rows - 1).Select(_ => random.NextIndex(9) / 4.0)]),
        3 => RowWeights.Precisions([.. Enumerable.Repeat(1.0, rows)]),
        _ => null,
    };
}
