namespace Plumb.Cli.Training;

/// <summary>Watches the loss over held-out rows, and keeps the map where it was least.</summary>
/// <param name="judge">The loss over held-out rows.</param>
/// <param name="patience">Looks without a smaller loss after which it is over.</param>
/// <param name="initial">The map at the start.</param>
internal sealed class EarlyStopping(LossFunction judge, int patience, AffineMap initial)
{
    private const string Part = "held out";

    private double _least = judge.Of(initial);
    private int _looksSince;

    public LossFunction Judge => judge;

    public AffineMap Best { get; private set; } = initial;

    public long BestStep { get; private set; }

    public bool IsOver => _looksSince >= patience;

    public void Look(long step, AffineMap map)
    {
        var loss = judge.Of(map);
        if (loss < _least)
        {
            (_least, Best, BestStep, _looksSince) = (loss, map, step, 0);
        }
        else
        {
            _looksSince++;
        }
    }

    public Checkpoint AddTo(Checkpoint checkpoint) =>
        checkpoint.With(Part, [_least, _looksSince, BestStep, .. Best.Weights.Values, .. Best.Bias]);

    /// <exception cref="CommandException">The checkpoint is of a run without held-out rows.</exception>
    public void Restore(Checkpoint? checkpoint)
    {
        if (checkpoint is null)
        {
            return;
        }

        var numbers = checkpoint.Find(Part) ?? throw CommandException.Usage("the checkpoint was made without --holdout, but this run has it; leave it out, or start anew in another directory.");
        (_least, _looksSince, BestStep) = (numbers[0], (int)numbers[1], (long)numbers[2]);
        var weights = Best.Weights;
        var bias = 3 + weights.Values.Length;
        numbers.AsSpan(3, weights.Values.Length).CopyTo(weights.Values);
        Best = new AffineMap(weights, numbers.AsSpan(bias), Best.Names);
    }
}
