using System.Runtime.InteropServices;

namespace Plumb.TrainingRivals;

/// <summary>
/// One thing to train, the same for every contender: rows in files, W and b from 0, a rate, a number of steps.
/// </summary>
/// <param name="Name">row, batch or full; the files are NAME-x.bin and NAME-y.bin, little-endian doubles row by
/// row.</param>
/// <param name="Rows">The rows in the files.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Targets">The targets.</param>
/// <param name="Rate">The rate, for the mean over the rows of a step of |r|^2.</param>
/// <param name="Steps">The steps that the sum of W and b is told after.</param>
internal sealed record TrainingTask(string Name, int Rows, int Inputs, int Targets, double Rate, int Steps)
{
    public static TrainingTask Row { get; } = new("row", 10_000, 3, 3, 0.1, 10_000); // a fresh row a step

    public static TrainingTask Batch { get; } = new("batch", 256, 64, 64, 0.001, 200); // all rows each step

    public static TrainingTask Full { get; } = new("full", 1_000_000, 10, 1, 0.1, 100);

    public static TrainingTask[] All { get; } = [Row, Batch, Full];

    public void Draw(string folder)
    {
        var random = new RandomSource(1);
        var truth = AffineMap.Random(Inputs, Targets, random);
        var x = Matrix.Create(Rows, Inputs, (_, _) => random.NextDouble());
        var y = new double[Rows * Targets];
        for (var i = 0; i < Rows; i++)
        {
            var row = y.AsSpan(i * Targets, Targets);
            truth.Apply(x.Row(i), row);
            foreach (ref var value in row)
            {
                value += 0.1 * random.NextNormal();
            }
        }

        File.WriteAllBytes(FileOf(folder, "x"), MemoryMarshal.AsBytes(x.Values).ToArray());
        File.WriteAllBytes(FileOf(folder, "y"), MemoryMarshal.AsBytes(y.AsSpan()).ToArray());
        File.WriteAllText(Path.Combine(folder, Name + ".txt"),
            FormattableString.Invariant($"{Rows} {Inputs} {Targets} {Rate} {Steps}\n"));
    }

    public Dataset Read(string folder) => new(Read(FileOf(folder, "x"), Inputs), Read(FileOf(folder, "y"), Targets));

    private string FileOf(string folder, string what) => Path.Combine(folder, $"{Name}-{what}.bin");

    private static Matrix Read(string file, int columns)
    {
        var values = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(file)).ToArray();
        return Matrix.Over(values, values.Length / columns, columns);
    }
}
