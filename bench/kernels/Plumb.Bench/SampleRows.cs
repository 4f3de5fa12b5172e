namespace Plumb.Bench;

/// <summary>
/// Random rows, with a fixed seed: once as inputs and one target, once as one array for what knows only columns.
/// </summary>
public sealed class SampleRows
{
    /// <summary>Draws the rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="columns">How many, the target among them.</param>
    /// <param name="normal">From the standard normal distribution; else uniform on [0, 1).</param>
    public SampleRows(int rows, int columns, bool normal)
    {
        var random = new RandomSource(1);
        (Count, Columns) = (rows, columns);
        (Inputs, Targets, Together) = (new double[rows, columns - 1], new double[rows, 1], new double[rows * columns]);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var value = normal ? random.NextNormal() : random.NextDouble();
                Together[i * columns + j] = value;
                if (j < columns - 1)
                {
                    Inputs[i, j] = value;
                }
                else
                {
                    Targets[i, 0] = value;
                }
            }
        }
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The number of columns, the target among them.</summary>
    public int Columns { get; }

    /// <summary>Rows x (columns - 1).</summary>
    public double[,] Inputs { get; }

    /// <summary>Rows x 1.</summary>
    public double[,] Targets { get; }

    /// <summary>Rows x columns, row by row.</summary>
    public double[] Together { get; }

    /// <summary>How many multiply-adds the plain product takes: one per row and pair of columns.</summary>
    public long MultiplyAdds => (long)Count * Columns * (Columns + 1) / 2;

    /// <summary>The exact moments, in the caller's arrays as they lie.</summary>
    /// <param name="threads">How many threads; all that the machine has when left out.</param>
    public Moments ExactMoments(int? threads = null)
    {
        var moments = new Moments(VariableNames.Default(Columns - 1, 1), threads);
        moments.Add(Inputs, Targets);
        return moments;
    }
}
