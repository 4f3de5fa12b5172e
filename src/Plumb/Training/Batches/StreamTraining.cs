using System.Runtime.CompilerServices;

namespace Plumb.Training;

/// <summary>
/// Batches of rows that come in blocks of any size, each row once and in its order; where blocks end makes no
/// difference to the map.
/// </summary>
internal sealed class StreamTraining
{
    private const string LimitPart = "limit";

    private readonly GradientDescent _settings;
    private readonly Trainer _trainer;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _description;
    private readonly long _steps;
    private readonly double[] _limit = new double[1]; // of a row's squared residual
    private Dataset? _batch; // the rows that did not make a whole batch of one block
    private int[] _places = [];
    private int _filled;
    private double _sum; // of the losses since the last report
    private int _count;
    private bool _isDiverged;
    private bool _isOver;
    private AffineMap _last;

    public StreamTraining(GradientDescent settings, Trainer trainer,
        IReadOnlyList<KeyValuePair<string, string>> description, long steps, Checkpoint? from)
    {
        (_settings, _trainer, _description, _steps) = (settings, trainer, description, steps);
        (_isOver, _last) = (trainer.Steps >= steps, trainer.Map);
        from?.CopyTo(LimitPart, _limit);
    }

    public IEnumerable<Epoch> Epochs(IEnumerable<Dataset> blocks)
    {
        foreach (var block in blocks)
        {
            foreach (var epoch in Take(block))
            {
                yield return epoch;
            }

            if (_isOver)
            {
                yield break;
            }
        }

        foreach (var epoch in TakeRest())
        {
            yield return epoch;
        }
    }

    public async IAsyncEnumerable<Epoch> EpochsAsync(IAsyncEnumerable<Dataset> blocks,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var block in blocks.WithCancellation(cancellationToken))
        {
            foreach (var epoch in Take(block))
            {
                yield return epoch;
            }

            if (_isOver)
            {
                yield break;
            }
        }

        foreach (var epoch in TakeRest())
        {
            yield return epoch;
        }
    }

    private IEnumerable<Epoch> Take(Dataset block)
    {
        _trainer.Require(block);
        if (_limit[0] == 0)
        {
            _limit[0] = Divergence.LimitOf(_trainer, block);
        }

        for (var row = 0; row < block.Rows && !_isOver;)
        {
            if (_filled == 0 && block.Rows - row >= _settings.BatchSize)
            {
                Step(block, row, _settings.BatchSize);
                row += _settings.BatchSize;
            }
            else
            {
                row += Keep(block, row);
                if (_filled < _settings.BatchSize)
                {
                    break;
                }

                StepKept();
            }

            if (_isOver || (_settings.ReportEvery is { } every && _trainer.Steps % every == 0))
            {
                yield return Report();
            }
        }

        if (_settings.ReportEvery is null && _count > 0)
        {
            yield return Report();
        }
    }

    /// <summary>What is left at the end of the stream is a smaller batch.</summary>
    private IEnumerable<Epoch> TakeRest()
    {
        if (_filled > 0)
        {
            StepKept();
        }

        if (_count > 0)
        {
            yield return Report();
        }
    }

    /// <summary>Keeps rows until they make a batch.</summary>
    /// <returns>How many were taken.</returns>
    private int Keep(Dataset block, int first)
    {
        _batch ??= new Dataset(new Matrix(_settings.BatchSize, block.Inputs.Columns),
            new Matrix(_settings.BatchSize, block.Targets.Columns), block.Names);
        var taken = Math.Min(_settings.BatchSize - _filled, block.Rows - first);
        for (var i = 0; i < taken; i++)
        {
            block.Inputs.Row(first + i).CopyTo(_batch.Inputs.WritableRow(_filled));
            block.Targets.Row(first + i).CopyTo(_batch.Targets.WritableRow(_filled));
            _filled++;
        }

        return taken;
    }

    private void StepKept()
    {
        Step(_batch!, 0, _filled);
        _filled = 0;
    }

    private void Step(Dataset data, int first, int rows)
    {
        if (_places.Length < first + rows)
        {
            _places = [.. Enumerable.Range(0, Math.Max(first + rows, data.Rows))];
        }

        var loss = _trainer.Step(data, _places.AsSpan(first, rows));
        (_sum, _count) = (_sum + loss, _count + 1);
        _isDiverged = Divergence.IsBeyond(_limit[0], loss, _settings.Loss, rows, data.Targets.Columns);
        _isOver = _isDiverged || _trainer.Steps >= _steps;
    }

    private Epoch Report()
    {
        var map = _trainer.Map;
        _last = double.IsFinite(map.Norm) ? map : _last;
        var loss = _sum / _count;
        (_sum, _count) = (0, 0);
        return new Epoch(_trainer.Steps, loss, _last,
            _isDiverged)
        { Capture = () => _trainer.Capture(_description).With(LimitPart, _limit) };
    }
}
