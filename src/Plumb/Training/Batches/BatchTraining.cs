namespace Plumb.Training;

/// <summary>Passes over the data in shuffled batches.</summary>
internal sealed class BatchTraining(GradientDescent settings, Trainer trainer, Dataset data,
    Func<IReadOnlyList<KeyValuePair<string, string>>> description)
{
    private const int OrderStream = 1; // of the seed
    private const int PassStream = 3;

    private readonly int[] _order = new int[data.Rows];
    // The limit of a row's squared residual, and the loss last reported.
    private readonly double[] _state = new double[2];
    private long _pass = -1; // that the rows are in order for

    public IEnumerable<Epoch> Epochs(long steps, Checkpoint? from)
    {
        Restore(from);
        var batches = (data.Rows - 1) / settings.BatchSize + 1; // a pass
        var (sum, count, last) = (0.0, 0, trainer.Map);
        if (from is not null)
        {
            yield return new Epoch(trainer.Steps, _state[1], last, Diverged: false) { Capture = Capture };
        }

        while (trainer.Steps < steps)
        {
            var rows = Rows(trainer.Steps / batches, (int)(trainer.Steps % batches));
            var loss = trainer.Step(data, rows);
            var diverged = Divergence.IsBeyond(_state[0], loss, settings.Loss, rows.Length, data.Targets.Columns);
            (sum, count) = (sum + loss, count + 1);
            if (!diverged && trainer.Steps % batches != 0
                && !(settings.ReportEvery is { } every && trainer.Steps % every == 0) && trainer.Steps < steps)
            {
                continue;
            }

            var map = trainer.Map;
            last = double.IsFinite(map.Norm) ? map : last;
            _state[1] = sum / count;
            yield return new Epoch(trainer.Steps, _state[1], last, diverged) { Capture = Capture };
            if (diverged)
            {
                yield break;
            }

            (sum, count) = (0, 0);
        }
    }

    /// <summary>
    /// The rows of one batch. Each pass has an order of its own, which depends on the seed and the number of the pass
    /// alone: training resumes amid any.
    /// </summary>
    private ReadOnlySpan<int> Rows(long pass, int batch)
    {
        if (pass != _pass)
        {
            var random = new RandomSource(settings.Seed ^ (long)new RandomSource(pass, PassStream).NextBits(),
                OrderStream);
            for (var i = 0; i < _order.Length; i++)
            {
                var j = random.NextIndex(i + 1);
                (_order[i], _order[j]) = (_order[j], i);
            }

            _pass = pass;
        }

        var start = batch * settings.BatchSize;
        return _order.AsSpan(start, Math.Min(settings.BatchSize, _order.Length - start));
    }

    private Checkpoint Capture() => trainer.Capture(description()).With("batches", _state);

    private void Restore(Checkpoint? from)
    {
        if (from is null)
        {
            _state[0] = Divergence.LimitOf(trainer, data);
            return;
        }

        from.Require(description());
        from.CopyTo("batches", _state);
        trainer.Restore(from);
    }
}
