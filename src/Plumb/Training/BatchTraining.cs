namespace Plumb;

/// <summary>Epochs of shuffled batches.</summary>
internal sealed class BatchTraining(GradientDescent settings, Trainer trainer, Dataset data)
{
    private const int OrderStream = 1; // of the seed
    private const double Explosion = 1e6; // a row's squared residual beyond its start's largest by this factor is no noise

    public IEnumerable<Epoch> Epochs(long steps)
    {
        var random = new RandomSource(settings.Seed, OrderStream);
        var order = Enumerable.Range(0, data.Rows).ToArray();
        var limit = Explosion * LargestSquare();
        while (trainer.Steps < steps)
        {
            Shuffle(order, random);
            var (sum, batches, diverged) = (0.0, 0, false);
            var last = trainer.Map;
            for (var start = 0; start < order.Length && trainer.Steps < steps && !diverged; start += settings.BatchSize)
            {
                var rows = order.AsSpan(start, Math.Min(settings.BatchSize, order.Length - start));
                var loss = trainer.Step(data, rows);
                sum += loss;
                batches++;
                diverged = !(loss <= limit * settings.Loss.Scale(rows.Length, data.Targets.Columns) * rows.Length);
            }

            var map = trainer.Map;
            yield return new Epoch(trainer.Steps, sum / batches, double.IsFinite(map.Norm) ? map : last, diverged);
            if (diverged)
            {
                yield break;
            }
        }
    }

    /// <summary>The largest |r|^2 of a row at the start; where the start fits all rows, of what the targets are made of.</summary>
    private double LargestSquare()
    {
        var (residual, target) = (0.0, 0.0);
        for (var i = 0; i < data.Rows; i++)
        {
            residual = Math.Max(residual, trainer.SumOfSquares(data, i));
            foreach (var value in data.Targets.Row(i))
            {
                target = Math.Max(target, value * value);
            }
        }

        return Math.Max(residual, target);
    }

    private static void Shuffle(int[] order, RandomSource random)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.NextIndex(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
