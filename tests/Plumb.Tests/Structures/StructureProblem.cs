using Plumb.Numerics;

namespace Plumb.Tests.Structures;

/// <summary>Rows whose truth is known.</summary>
/// <param name="Data">The rows.</param>
/// <param name="Settings">How they are fitted.</param>
/// <param name="Truth">W and b that made the targets.</param>
/// <param name="Entangled">Groups of inputs of which the last is nearly the sum of the others, in core units.</param>
/// <param name="Units">The unit of each input: the number of the data over that of the core.</param>
/// <param name="Targets">What each target is.</param>
/// <param name="HasCopies">Whether some rows are copies of others, or stand for several.</param>
internal sealed record StructureProblem(
    Dataset Data, LeastSquares Settings, AffineMap Truth, IReadOnlyList<int[]> Entangled, double[] Units, IReadOnlyList<TargetKind> Targets, bool HasCopies)
{
    /// <summary>What a draw stands for.</summary>
    public static StructureProblem Of(StructureDraw draw)
    {
        var random = new RandomSource(draw.Seed);
        StructureBlock[] Blocks(int height) => [.. draw.Blocks.Select((kind, k) => StructureBlock.Of(kind, height, new RandomSource(draw.Seed, k + 1)))];
        var rows = Math.Max(1, Blocks(2).Sum(block => block.Columns.Length) + 1 + draw.Freedom);
        var blocks = Blocks(rows);
        double[][] core = [.. blocks.SelectMany(block => block.Columns)];
        var order = Enumerable.Range(0, core.Length).OrderBy(_ => random.NextBits()).ToArray(); // order[place] is a column of the core
        double Unit() => !draw.HasUnits ? 1 : random.NextIndex(3) == 0
            ? Math.Pow(10, random.NextIndex(25) - 12)
            : Math.ScaleB(1, random.NextIndex(81) - 40);
        double[] units = [.. order.Select(_ => Unit())];
        var from = Enumerable.Range(0, rows).Select(i => draw.HasCopies && i > 0 && random.NextIndex(3) == 0 ? random.NextIndex(i) : i).ToArray();
        var x = Matrix.Create(rows, core.Length, (i, j) => units[j] * core[order[j]][from[i]]);
        double[] targetUnits = [.. draw.Targets.Select(_ => Unit())];
        double Weight(TargetKind kind) => kind switch
        {
            TargetKind.Noisy => random.NextIndex(4) == 0 ? 0 : random.NextNormal(),
            TargetKind.Affine => random.NextIndex(7) - 3,
            _ => 0,
        };
        var weights = Matrix.Create(draw.Targets.Count, core.Length, (t, j) => targetUnits[t] * Weight(draw.Targets[t]) / units[j]);
        double[] bias = [.. draw.Targets.Select((kind, t) => !draw.HasBias || kind is TargetKind.Zero ? 0 : targetUnits[t] * (random.NextIndex(9) - 4))];
        var truth = new AffineMap(weights, bias);
        double[] noise = [.. draw.Targets.Select((kind, t) => kind is TargetKind.Noisy or TargetKind.Noise ? targetUnits[t] * Math.Pow(10, -random.NextIndex(5)) : 0)];
        var rowWeights = Weights(draw, rows, random);
        double Scatter(int row) => draw.Weighting == 2 ? 1 / Math.Sqrt(Math.Max(rowWeights!.Values[row], 0.25)) : 1;
        double Value(int i, int t) => (Predict(truth, x, i, t) + (Dyadic)(noise[t] * Scatter(i) * random.NextNormal())).ToDouble();
        var fresh = Matrix.Create(rows, draw.Targets.Count, Value);
        var y = Matrix.Create(rows, draw.Targets.Count, (i, t) => fresh[from[i], t]);
        var data = new Dataset(x, y) { Weights = rowWeights };
        var starts = blocks.Select((_, k) => blocks.Take(k).Sum(block => block.Columns.Length)).ToArray();
        int[][] entangled = [.. blocks.Select((block, k) => Enumerable.Range(starts[k], block.Columns.Length).Select(column => Array.IndexOf(order, column)).ToArray()).Where((_, k) => blocks[k].Entangled)];
        return new StructureProblem(data, new LeastSquares { Bias = draw.HasBias, Ridge = draw.Ridge, WithholdTooLarge = true }, truth, entangled, units, draw.Targets, draw.HasCopies || draw.Weighting == 1);
    }

    /// <summary>What each target is off by from its truth, exactly: targets x rows.</summary>
    public Dyadic[][] Errors() =>
        [.. Enumerable.Range(0, Data.Targets.Columns).Select(t => Enumerable.Range(0, Data.Rows).Select(i => (Dyadic)Data.Targets[i, t] - Predict(Truth, Data.Inputs, i, t)).ToArray())];

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
        1 => RowWeights.Frequencies([.. Enumerable.Range(0, rows).Select(i => i == 0 ? 1.0 : random.NextIndex(4))]),
        2 => RowWeights.Precisions([.. Enumerable.Range(0, rows).Select(i => i == 0 ? 1 : random.NextIndex(9) / 4.0)]),
        3 => RowWeights.Precisions([.. Enumerable.Repeat(1.0, rows)]),
        _ => null,
    };
}
