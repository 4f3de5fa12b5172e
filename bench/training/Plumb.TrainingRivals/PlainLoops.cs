using Plumb.Bench;

namespace Plumb.TrainingRivals;

/// <summary>The same as one would write it in C#, over double[,].</summary>
internal static class PlainLoops
{
    public static void Run(string folder, string results)
    {
        var row = TrainingTask.Row.Read(folder);
        Contest.Measure(results, TrainingTask.Row, "plain C# loop", TrainingTask.Row.Steps,
            () => Train(TrainingTask.Row, Array(row.Inputs), Array(row.Targets), 1));
        var batch = TrainingTask.Batch.Read(folder);
        Contest.Measure(results, TrainingTask.Batch, "plain C# loop", TrainingTask.Batch.Steps,
            () => Train(TrainingTask.Batch, Array(batch.Inputs), Array(batch.Targets), TrainingTask.Batch.Rows));
        Contest.Measure(results, TrainingTask.Batch with { Name = "peak" }, "multiply-adds in registers", 1_000_000,
            () =>
        {
            MultiplyAddPeak.Run(1_000_000, out var sum);
            return sum;
        });
    }

    private static double Train(TrainingTask task, double[,] x, double[,] y, int batch)
    {
        var (w, b) = (new double[task.Targets, task.Inputs], new double[task.Targets]);
        var (gw, gb, r) = (new double[task.Targets, task.Inputs], new double[task.Targets], new double[task.Targets]);
        var scale = 2 * task.Rate / batch;
        for (var step = 0; step < task.Steps; step++)
        {
            if (batch == 1)
            {
                Residual(w, b, x, y, step, r);
                Add(w, b, x, step, r, -scale);
                continue;
            }

            System.Array.Clear(gw);
            System.Array.Clear(gb);
            for (var i = 0; i < batch; i++)
            {
                Residual(w, b, x, y, i, r);
                Add(gw, gb, x, i, r, 1);
            }

            for (var t = 0; t < task.Targets; t++)
            {
                b[t] -= scale * gb[t];
                for (var j = 0; j < task.Inputs; j++)
                {
                    w[t, j] -= scale * gw[t, j];
                }
            }
        }

        return w.Cast<double>().Sum() + b.Sum();
    }

    private static void Residual(double[,] w, double[] b, double[,] x, double[,] y, int row, double[] r)
    {
        for (var t = 0; t < r.Length; t++)
        {
            var sum = b[t] - y[row, t];
            for (var j = 0; j < w.GetLength(1); j++)
            {
                sum += w[t, j] * x[row, j];
            }

            r[t] = sum;
        }
    }

    private static void Add(double[,] w, double[] b, double[,] x, int row, double[] r, double factor)
    {
        for (var t = 0; t < r.Length; t++)
        {
            for (var j = 0; j < w.GetLength(1); j++)
            {
                w[t, j] += factor * r[t] * x[row, j];
            }

            b[t] += factor * r[t];
        }
    }

    private static double[,] Array(Matrix matrix)
    {
        var array = new double[matrix.Rows, matrix.Columns];
        Buffer.BlockCopy(matrix.Values.ToArray(), 0, array, 0, Buffer.ByteLength(array));
        return array;
    }
}
