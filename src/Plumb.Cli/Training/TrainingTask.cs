using System.Collections.Frozen;

namespace Plumb.Cli.Training;

/// <summary>What is trained on, in the units that training sees: the data's own, or standardized inputs.</summary>
internal sealed class TrainingTask
{
    // PyTorch's.
    private static readonly FrozenDictionary<string, double> s_usualRates =
        new Dictionary<string, double>
        {
            ["adam"] = 0.001,
            ["adamw"] = 0.001,
            ["rmsprop"] = 0.01,
            ["adagrad"] = 0.01
        }.ToFrozenDictionary();

    private readonly Standardization? _scaling;
    private readonly ConvergenceTest _test;
    private readonly double[] _allowed; // of the distance of predictions from the best fit's, one per target
    private readonly double[] _planned; // the same, less what rounding may add to it

    /// <param name="request">How to train.</param>
    /// <param name="moments">The moments of the rows as they are.</param>
    /// <param name="rows">The rows as they are, where batches are taken of them.</param>
    /// <param name="initial">The start.</param>
    public TrainingTask(TrainingRequest request, Moments moments, Dataset? rows, AffineMap initial)
    {
        Request = request;
        var settings = new LeastSquares { Bias = request.Bias };
        OriginalFit = settings.Fit(moments);
        _scaling = request.Standardize ? Standardization.Of(moments, request.Bias) : null;
        Rows = rows is null ? null : _scaling?.Apply(rows) ?? rows;
        Start = InTraining(initial);
        Fit = _scaling is null ? OriginalFit : settings.Fit(_scaling.Apply(moments));
        Limit = Fit.ClosestTo(Start);
        BatchSize = request.BatchSize < moments.Rows ? request.BatchSize : null;
        Plan = new LearningPlan(Fit.Spectrum, request.Loss, moments.Rows, moments.TargetCount, BatchSize,
            Method.Linear);
        LargestStableRate = StableRate();
        _test = new ConvergenceTest(OriginalFit) { Tolerance = request.Tolerance };
        var limit = InUnits(Limit);
        _allowed = IsEndless ? new double[moments.TargetCount] : _test.Allowed(limit);
        _planned = [.. _allowed.Zip(_test.LastBits(limit), (allowed, rounding) => IsEndless ? 0 : allowed - rounding)];
    }

    /// <summary>How to train, as it was asked for.</summary>
    public TrainingRequest Request { get; }

    /// <summary>Whether training goes on whatever is left.</summary>
    public bool IsEndless => Request.Tolerance == 0;

    /// <summary>The best fit to the rows as they are.</summary>
    public LinearFit OriginalFit { get; }

    public bool IsStandardized => _scaling is not null;

    public Moments Moments => Fit.Moments;

    public Dataset? Rows { get; }

    public AffineMap Start { get; }

    public LinearFit Fit { get; }

    /// <summary>Of all best fits the one closest to the start.</summary>
    public AffineMap Limit { get; }

    /// <summary>Rows per step; null for all.</summary>
    public int? BatchSize { get; }

    /// <summary>
    /// What the spectrum says: about the method, or about plain gradient descent where it decides nothing about the
    /// method.
    /// </summary>
    public LearningPlan Plan { get; }

    /// <summary>
    /// Full batches converge below this; smaller ones cannot diverge below it, or with momentum do not in the mean. NaN
    /// where nothing is known.
    /// </summary>
    public double LargestStableRate { get; }

    /// <summary>The way of full batches, or in the mean of smaller ones; null where no spectrum decides.</summary>
    public GradientPath? Path(GradientDescent settings) =>
        settings.HasClosedForm ? Plan.Path(Start - Limit, settings.LearningRate) : null;

    /// <summary>The same of the loss: the square of its distance is what is left of the loss above the least.</summary>
    public GradientPath? LossPath(GradientDescent settings) =>
        settings.HasClosedForm ? Plan.LossPath(Start - Limit, settings.LearningRate) : null;

    /// <summary>
    /// How the predictions of full batches, or in the mean of smaller ones, approach the best fit's from an error; at
    /// a distance of 1 they have converged.
    /// </summary>
    public GradientPath PredictionPath(AffineMap error, double rate) => Plan.PredictionPath(error, rate, _planned);

    /// <summary>
    /// How many steps from the start have converged at a rate: exact for full batches, in the mean for smaller ones.
    /// </summary>
    public double StepsToConverge(double rate) => PredictionPath(Start - Limit, rate).StepsTo(1);

    /// <summary>
    /// Whether a map, in the units that training sees, has converged by the test that the verdict and 'plumb explain'
    /// make. Most have not, and a step costs little: predictions' distances in doubles,
    /// which no units change, tell those.
    /// </summary>
    public bool HasConverged(AffineMap map)
    {
        const double Slack = 1.0001; // more than the doubles lose
        if (IsEndless)
        {
            return false;
        }

        var difference = map - Fit.Map;
        for (var t = 0; t < _allowed.Length; t++)
        {
            if (!(Fit.Spectrum.PredictionLength(difference, t) <= Slack * _allowed[t]))
            {
                return false;
            }
        }

        return _test.Of(InUnits(map)).IsConverged;
    }

    /// <summary>How close a map, in the units of the data, has come by the same test.</summary>
    public Convergence ConvergenceOf(AffineMap map) => _test.Of(map);

    /// <summary>A map in the units of the data.</summary>
    public AffineMap InUnits(AffineMap map) => _scaling?.Fold(map) ?? map;

    /// <summary>A map in the units that training sees.</summary>
    public AffineMap InTraining(AffineMap map) => _scaling?.Apply(map) ?? map;

    /// <summary>To the closest best fit: the distance along directions that the data determine.</summary>
    public double Distance(AffineMap map) => (map - (Method.PreservesNullSpace ? Limit : Fit.ClosestTo(map))).Norm;

    /// <summary>How far a map has moved along directions that the data do not determine.</summary>
    public double FreeMovement(AffineMap map) => Fit.IsIdentified ? 0 : Fit.NullSpace.Project(map - Start).Norm;

    /// <summary>Losses are squares, and overflow where data do not.</summary>
    /// <exception cref="CommandException">The loss or its Hessian is beyond the range of doubles; training would call
    /// that divergence.</exception>
    public void RequireFiniteLosses()
    {
        const string Range = "is beyond the largest number that there is, 1.8e308, so that training cannot see it";
        var large = Moments.SquaredResiduals(AffineMap.Zero(Moments.InputCount, Moments.TargetCount))
            .IndexOf(double.PositiveInfinity);
        var scale = Request.Loss.Scale(Moments.Rows, Moments.TargetCount);
        var message = large >= 0
            ? $"the loss {Range}: '{Moments.Names.Targets[large]}' is so large that its squares overflow; divide it by "
                + $"a power of ten, which divides W and b alike, or take the best fit itself (plumb fit)."
            : Plan.Eigenvalues.Any(value => !double.IsFinite(value))
            ? $"the Hessian of the loss {Range}: squares of inputs overflow; train with --standardize --init zero, or "
                + $"take the best fit itself (plumb fit)."
            : !double.IsFinite(scale * Moments.SquaredResiduals(Start).Sum())
            ? $"the loss of the start {Range}; train with --init zero, or take the best fit itself (plumb fit)."
            : "";
        if (message.Length > 0)
        {
            throw CommandException.NoHonestAnswer(message);
        }
    }

    /// <exception cref="CommandException">There is none.</exception>
    public double BestRate()
    {
        if (s_usualRates.TryGetValue(Method.Name, out var usual))
        {
            return usual;
        }

        var momentum = Method.Linear!.Stages is [Momentum stage] ? stage.Factor : 0;
        var undecayed = BatchSize is null ? Plan.BestLearningRate : RowBound() / 2 * (1 - momentum);
        var rate = 1 / (1 / undecayed + Method.Decay); // as StableRate
        return double.IsFinite(rate)
            ? rate
            : throw CommandException.NoHonestAnswer(
                "there is no best learning rate: the inputs are 0 on every row and there is no bias, so nothing can be "
                    + "learned; collect rows with other inputs.");
    }

    private TrainingMethod Method => Request.Method;

    private double StableRate()
    {
        if (Method.Linear is not { } linear || Plan.Eigenvalues.Count == 0)
        {
            return Method.Linear is null ? double.NaN : double.PositiveInfinity;
        }

        var (rate, bound) = BatchSize is null || linear.Stages.Count > 0
            ? (Plan.LargestStableLearningRate, Plan.LargestStableLearningRate * Plan.Eigenvalues[0])
            : (RowBound(), 2);
        return 1 / (1 / rate + Method.Decay / bound); // weight decay adds to each eigenvalue
    }

    /// <summary>
    /// Full batches converge below 2 / (the Hessian's largest eigenvalue). For smaller ones that is only true in the
    /// mean; what no batch can make grow is
    /// a rate up to 2 / (the largest Hessian that a batch can have), which is at most that of the longest row,
    /// repeated.
    /// </summary>
    private double RowBound()
    {
        var longest = 0.0;
        for (var i = 0; i < Rows!.Rows; i++)
        {
            var length = Request.Bias ? 1.0 : 0;
            foreach (var value in Rows.Inputs.Row(i))
            {
                length += value * value;
            }

            longest = Math.Max(longest, length);
        }

        return 1 / (Request.Loss.Scale(BatchSize!.Value, Moments.TargetCount) * BatchSize.Value * longest);
    }
}
