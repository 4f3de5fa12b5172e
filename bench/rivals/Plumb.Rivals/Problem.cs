using System.Globalization;
using System.Runtime.InteropServices;

namespace Plumb.Rivals;

/// <summary>A folder with a regression problem in raw binary files, which programs in any language can read.</summary>
/// <param name="Folder">shape.txt: rows, inputs, targets and bias (0 or 1); x.bin and y.bin: little-endian doubles, row
/// by row.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Targets">The number of targets.</param>
/// <param name="Bias">Whether the map has a bias.</param>
public sealed record Problem(string Folder, int Rows, int Inputs, int Targets, bool Bias)
{
    public string Name => Path.GetFileName(Folder);

    /// <summary>The number of coefficients of a target, the bias among them.</summary>
    public int Parameters => Inputs + (Bias ? 1 : 0);

    public static Problem Open(string folder)
    {
        int[] shape =
            [.. File.ReadAllText(Path.Combine(folder, "shape.txt")).Split(' ')
                .Select(field => int.Parse(field, CultureInfo.InvariantCulture))];
        return new Problem(Path.GetFullPath(folder), shape[0], shape[1], shape[2], shape[3] == 1);
    }

    /// <summary>
    /// Writes rows of random inputs and targets y = W x + b + noise; W, b and the noise are normal, the seed is fixed.
    /// </summary>
    public static void Draw(string folder, int rows, int inputs, int targets, bool normal)
    {
        var (map, columns, noise) = (new RandomSource(1), new RandomSource(1, 1), new RandomSource(1, 2));
        var weights = Matrix.Create(targets, inputs, (_, _) => map.NextNormal());
        double[] bias = [.. Enumerable.Range(0, targets).Select(_ => map.NextNormal())];
        Directory.CreateDirectory(folder);
        using var xs = File.Create(Path.Combine(folder, "x.bin"), 1 << 20);
        using var ys = File.Create(Path.Combine(folder, "y.bin"), 1 << 20);
        var (x, y) = (new double[inputs], new double[targets]);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < inputs; j++)
            {
                x[j] = normal ? columns.NextNormal() : columns.NextDouble();
            }

            for (var t = 0; t < targets; t++)
            {
                var row = weights.Row(t);
                y[t] = bias[t] + noise.NextNormal();
                for (var j = 0; j < inputs; j++)
                {
                    y[t] += row[j] * x[j];
                }
            }

            xs.Write(MemoryMarshal.AsBytes(x.AsSpan()));
            ys.Write(MemoryMarshal.AsBytes(y.AsSpan()));
        }

        WriteShape(folder, rows, inputs, targets, bias: true);
    }

    /// <summary>Writes a small problem with its exact coefficients, targets x parameters with the bias first.</summary>
    public static void Write(string folder, double[][] x, double[] y, bool bias, double[] exact)
    {
        Directory.CreateDirectory(folder);
        WriteDoubles(Path.Combine(folder, "x.bin"), [.. x.SelectMany(row => row)]);
        WriteDoubles(Path.Combine(folder, "y.bin"), y);
        WriteDoubles(Path.Combine(folder, "exact.coefficients"), exact);
        WriteShape(folder, x.Length, x[0].Length, 1, bias);
    }

    /// <summary>Rows x inputs.</summary>
    public double[,] ReadInputs() => Read("x.bin", Rows, Inputs);

    /// <summary>Rows x targets.</summary>
    public double[,] ReadTargets() => Read("y.bin", Rows, Targets);

    /// <summary>What a system computed, targets x parameters with the bias first; null where it has not.</summary>
    public double[]? Coefficients(string system)
    {
        var path = Path.Combine(Folder, system + ".coefficients");
        return File.Exists(path) ? MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)).ToArray() : null;
    }

    public void WriteCoefficients(string system, double[] values) =>
        WriteDoubles(Path.Combine(Folder, system + ".coefficients"), values);

    private static void WriteShape(string folder, int rows, int inputs, int targets, bool bias) =>
        File.WriteAllText(Path.Combine(folder, "shape.txt"),
            FormattableString.Invariant($"{rows} {inputs} {targets} {(bias ? 1 : 0)}"));

    private static void WriteDoubles(string path, double[] values) =>
        File.WriteAllBytes(path, MemoryMarshal.AsBytes(values.AsSpan()));

    private double[,] Read(string file, int rows, int columns)
    {
        var values = new double[rows, columns];
        using var stream = File.OpenRead(Path.Combine(Folder, file));
        stream.ReadExactly(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref values[0, 0], values.Length)));
        return values;
    }
}
