namespace Plumb.Training;

/// <summary>
/// Watches the loss over held-out rows as training goes, keeps the map where it was smallest, and says when it has
/// not fallen for long enough. Prechelt, Early stopping - but when?, LNCS 1524, 1998.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class EarlyStopping
{
    private const string Part = "held out";

    private readonly int _patience;
    private int _looksSince;

    /// <summary>Begins to watch.</summary>
    /// <param name="judge">The loss over held-out rows.</param>
    /// <param name="patience">Looks without a smaller loss after which it is over; 1 or more.</param>
    /// <param name="initial">The map at the start.</param>
    /// <exception cref="ArgumentException">The map's shape is not that of the rows, or there is no
    /// patience.</exception>
    public EarlyStopping(LossFunction judge, int patience, AffineMap initial)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patience);
        (Judge, _patience, Best, LeastLoss) = (judge, patience, initial, judge.Of(initial));
    }

    /// <summary>The loss over held-out rows.</summary>
    public LossFunction Judge { get; }

    /// <summary>The map of the smallest loss so far.</summary>
    public AffineMap Best { get; private set; }

    /// <summary>The step it was seen at.</summary>
    public long BestStep { get; private set; }

    /// <summary>Its loss over held-out rows.</summary>
    public double LeastLoss { get; private set; }

    /// <summary>Whether so many looks in a row as patience allows have found no smaller loss.</summary>
    public bool ShouldStop => _looksSince >= _patience;

    /// <summary>Judges a map.</summary>
    /// <param name="step">The step it is of.</param>
    /// <param name="map">The map.</param>
    public void Observe(long step, AffineMap map)
    {
        var loss = Judge.Of(map);
        if (loss < LeastLoss)
        {
            (LeastLoss, Best, BestStep, _looksSince) = (loss, map, step, 0);
        }
        else
        {
            _looksSince++;
        }
    }

    /// <summary>A checkpoint that also holds what has been seen.</summary>
    public Checkpoint AddTo(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.With(Part, [LeastLoss, _looksSince, BestStep, .. Best.Weights.Values, .. Best.Bias]);
    }

    /// <summary>Goes on watching where a checkpoint was taken.</summary>
    /// <exception cref="ArgumentException">The checkpoint is of training without held-out rows, or of maps of another
    /// shape.</exception>
    public void Restore(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var weights = Best.Weights.Values.Length;
        var numbers = new double[3 + weights + Best.TargetCount];
        checkpoint.CopyTo(Part, numbers);
        (LeastLoss, _looksSince, BestStep) = (numbers[0], (int)numbers[1], (long)numbers[2]);
        Best =
            new AffineMap(
                Matrix.Create(Best.TargetCount, Best.InputCount, (t, j) => numbers[3 + t * Best.InputCount + j]),
                numbers.AsSpan(3 + weights), Best.Names);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"least loss {Shown.Number(LeastLoss)} after {Shown.Count(BestStep, "step")}{(ShouldStop ? ", over" : "")}";
}
