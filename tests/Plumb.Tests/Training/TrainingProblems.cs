namespace Plumb.Tests;

/// <summary>Problems to train on.</summary>
internal static class TrainingProblems
{
    /// <summary>
    /// A dimension of the problem each, and a seed: rows that determine everything, or with a column that is the sum of
    /// two others and fewer rows than parameters now and then.
    /// </summary>
    public static Gen<TrainingProblem> Any { get; } =
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 5], Gen.Int[1, 9], Gen.Bool, Gen.Long[1, 1_000_000])
        .Select((rows, inputs, targets, dependent, seed) =>
            new TrainingProblem(WholeRows(rows, inputs, targets, dependent, seed),
                AffineMap.Random(inputs, targets, new RandomSource(seed, 9))));

    /// <summary>Uniform inputs, a random truth, normal noise.</summary>
    public static Dataset Noisy(int rows, int inputs, int targets, double noise, long seed)
    {
        var random = new RandomSource(seed);
        var truth = AffineMap.Random(inputs, targets, random);
        var x = Matrix.Create(rows, inputs, (_, _) => random.NextDouble());
        var y = new Matrix(rows, targets);
        for (var i = 0; i < rows; i++)
        {
            truth.Apply(x.Row(i), y.WritableRow(i));
            foreach (ref var value in y.WritableRow(i))
            {
                value += noise * random.NextNormal();
            }
        }

        return new Dataset(x, y);
    }

    private static Dataset WholeRows(int rows, int inputs, int targets, bool dependent, long seed)
    {
        var random = new RandomSource(seed);
        var x = Matrix.Create(rows, inputs, (_, _) => random.NextIndex(9) - 4);
        for (var i = 0; dependent && inputs > 2 && i < rows; i++)
        {
            x[i, 2] = x[i, 0] + x[i, 1];
        }

        return new Dataset(x, Matrix.Create(rows, targets, (_, _) => random.NextNormal()));
    }
}
