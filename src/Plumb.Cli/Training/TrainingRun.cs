using System.Diagnostics;

namespace Plumb.Cli.Training;

/// <summary>
/// Training as the command line runs it: until it has converged, diverges, stops early, or runs out of steps or time.
/// </summary>
internal sealed class TrainingRun(LoadedData data, TrainingRequest request, StopRule stop) : IDisposable
{
    private const double JumpWork = 1e9; // multiply-adds, about a second: a longer way is taken in closed form
    private const double ReportWork = 1e7; // multiply-adds between reports, so that Ctrl-C is heard soon
    private const int JumpsPerDecade = 20;
    private const int MostLines = 10_000; // of a log
    private const int LinesPerDoubling = 100;
    private const double MomentGrowth = 1.08; // from one moment that is kept for the picture to the next

    private readonly List<TrainingMoment> _history = [];

    public required AffineMap Initial { get; init; }

    public AffineMap? Truth { get; init; }

    public long Seed { get; init; }

    public CheckpointFolder? Checkpoints { get; init; }

    /// <summary>Steps between checkpoints.</summary>
    public long Every { get; init; }

    /// <summary>Where to resume.</summary>
    public Checkpoint? From { get; init; }

    /// <summary>What is written as it goes; closed with the run.</summary>
    public TrainingLogs Logs { get; init; } = new([]);

    /// <summary>What is trained on.</summary>
    public LoadedData Data => data;

    public void Dispose()
    {
        Logs.Dispose();
        Checkpoints?.Dispose();
    }

    public async Task<TrainingResult> RunAsync(Progress progress, CancellationToken cancellationToken)
    {
        var split = stop.HoldOut is { } part ? HeldOut.Split(Data.Rows!, part, Seed) : null;
        var moments = split is null ? Data.Moments : Moments.Of(split.Training);
        var task = new TrainingTask(request, moments, split?.Training ?? Data.Rows, Initial);
        task.RequireFiniteLosses();
        var early = split is null ? null
            : new EarlyStopping(new LossFunction(request.Loss, Moments.Of(split.Judging)), stop.Patience, Initial);
        var settings = request.Method.Optimizer is null ? null : Settings(task);
        var (last, outcome) = await FollowAsync(task, settings, early, progress, cancellationToken);
        var learned = outcome != TrainingOutcome.Diverged && early is not null ? early.Best
            : last is null ? Initial
            : task.InUnits(last.Map);
        var hasEnded = outcome is TrainingOutcome.StepLimit or TrainingOutcome.TimeLimit;
        outcome = hasEnded && !task.IsEndless && task.ConvergenceOf(learned).IsConverged ? TrainingOutcome.Converged
            : outcome;
        return new TrainingResult
        {
            Task = task,
            Settings = settings,
            Seed = Seed,
            Initial = Initial,
            Learned = learned,
            Truth = Truth,
            Steps = early is not null && outcome != TrainingOutcome.Diverged ? early.BestStep : last?.Steps ?? 0,
            StepsTaken = last?.Steps ?? 0,
            MostSteps = stop.Steps,
            Convergence = Convergence.Of(learned, task.OriginalFit),
            Outcome = outcome,
            HeldOutLoss = early?.Judge.Of(learned),
            InitialHeldOutLoss = early?.Judge.Of(Initial),
            HeldOutRows = split?.Judging.Rows,
            DataFindings = Data.Findings,
            History = _history,
        };
    }

    private GradientDescent Settings(TrainingTask task) => new(request.Method.LearningRate ?? task.BestRate())
    {
        Loss = request.Loss,
        Bias = request.Bias,
        Seed = Seed,
        BatchSize = request.BatchSize ?? 1,
        Optimizer = request.Method.Optimizer!,
        Schedule = request.Method.Schedule,
        ReportEvery = ReportEvery(task),
    };

    private async Task<(Epoch? Last, TrainingOutcome Outcome)> FollowAsync(TrainingTask task, GradientDescent? settings,
        EarlyStopping? early, Progress progress, CancellationToken cancellationToken)
    {
        if (From is null && early is null && task.HasConverged(task.Start))
        {
            return (null, TrainingOutcome.Converged);
        }

        var clock = Stopwatch.StartNew();
        var passBatches = request.BatchSize is { } size ? (task.Moments.Rows - 1) / size + 1 : 1;
        var (last, nextLog, nextMoment) = ((Epoch?)null, 0L, 0L);
        var epochs = Epochs(task, settings);
        if (From is not null)
        {
            early?.Restore(From);
        }

        foreach (var epoch in epochs)
        {
            var isResumed = last is null && epoch.Steps == From?.Steps;
            last = epoch;
            var distance = task.Distance(epoch.Map);
            progress.Report((double)epoch.Steps / stop.Steps, Note(task, epoch, distance, clock.Elapsed));
            if (!isResumed && !epoch.Diverged && early is not null && epoch.Steps % passBatches == 0)
            {
                early.Observe(epoch.Steps, task.InUnits(epoch.Map));
            }

            var outcome = epoch.Diverged ? TrainingOutcome.Diverged
                : early is null && task.HasConverged(epoch.Map) ? TrainingOutcome.Converged
                : early is { ShouldStop: true } ? TrainingOutcome.EarlyStopped
                : clock.Elapsed > stop.Time ? TrainingOutcome.TimeLimit
                : (TrainingOutcome?)null;
            var isInterrupted = cancellationToken.IsCancellationRequested;
            var isLast = outcome is not null || isInterrupted || epoch.Steps == stop.Steps;
            if (isLast || epoch.Steps >= nextLog)
            {
                Log(task, settings, early, epoch, distance);
                nextLog = epoch.Steps + Math.Max(1, Math.Min(stop.Steps / MostLines, epoch.Steps / LinesPerDoubling));
            }

            if (isLast || epoch.Steps >= nextMoment)
            {
                _history.Add(new TrainingMoment(epoch.Steps, epoch.Loss, distance));
                nextMoment = (long)Math.Ceiling(epoch.Steps * MomentGrowth) + 1;
            }

            if (Checkpoints is not null && !isResumed && !epoch.Diverged && (isLast || epoch.Steps % Every == 0))
            {
                await SaveAsync(epoch, early);
            }

            if (isInterrupted)
            {
                throw Interrupted(epoch.Steps);
            }

            if (outcome is not null)
            {
                return (last, outcome.Value);
            }
        }

        return (last, TrainingOutcome.StepLimit);
    }

    private IEnumerable<Epoch> Epochs(TrainingTask task, GradientDescent? settings)
    {
        var (loss, bias, steps) = (request.Loss, request.Bias, stop.Steps);
        switch (request.Method.Name)
        {
            case TrainingMethod.ConjugateGradients:
                return new ConjugateGradient { Loss = loss, Bias = bias }.Train(task.Start, task.Fit, steps);
            case TrainingMethod.QuasiNewton:
                return new Lbfgs { Loss = loss, Bias = bias }.Train(task.Start, task.Fit, steps);
        }

        if (From is not null
            && settings!.Difference(From, task.Start, task.Moments,
                request.BatchSize is null ? null : task.Rows) is { } difference)
        {
            throw CommandException.Usage(
                $"the checkpoint in {Checkpoints!.Path} does not belong to this run: {difference}; resume with what it "
                    + $"was made with, or start anew in another directory.");
        }

        if (request.BatchSize is not null)
        {
            return settings!.Train(task.Start, task.Rows!, steps, From);
        }

        var needed = settings!.HasClosedForm ? task.StepsToConverge(settings.LearningRate) : double.PositiveInfinity;
        var work = (double)task.Limit.InputCount * task.Limit.InputCount * task.Limit.TargetCount;
        return settings!.HasClosedForm && Checkpoints is null && stop.HoldOut is null
            && task.Plan.SlowestFactor(settings.LearningRate) < 1 && Math.Min(needed, steps) * work > JumpWork
            ? Jumps(Math.Min(needed, steps)).Select(step => settings.Jump(task.Start, task.Fit, step))
            : settings.Train(task.Start, task.Fit, steps, From);
    }

    /// <summary>Steps further and further apart, and the last one.</summary>
    private static IEnumerable<long> Jumps(double last)
    {
        for (var step = 1.0; step
            < last; step = Math.Max(step + 1, Math.Floor(step * Math.Pow(10, 1.0 / JumpsPerDecade))))
        {
            yield return (long)step;
        }

        yield return (long)last;
    }

    /// <summary>Often enough to be heard, and at every checkpoint; null for each step of full batches.</summary>
    private long? ReportEvery(TrainingTask task)
    {
        if (request.BatchSize is not { } size)
        {
            return null;
        }

        var work = 2.0 * Math.Min(size, task.Moments.Rows) * (task.Limit.InputCount + 1) * task.Limit.TargetCount;
        var every = (long)Math.Max(1, ReportWork / work);
        if (Checkpoints is null)
        {
            return every;
        }

        every = Math.Min(every, Every);
        while (Every % every != 0)
        {
            every--;
        }

        return every;
    }

    private void Log(TrainingTask task, GradientDescent? settings, EarlyStopping? early, Epoch epoch, double distance)
    {
        if (Logs.All.Count == 0)
        {
            return;
        }

        var map = task.InUnits(epoch.Map);
        var rate = settings is null ? double.NaN
            : settings.LearningRate * settings.Schedule.Factor(Math.Max(0, epoch.Steps - 1));
        var status = new TrainingStatus(epoch.Steps, epoch.Loss, distance, task.FreeMovement(epoch.Map), rate,
            early?.Judge.Of(map) ?? double.NaN, map);
        foreach (var log in Logs.All)
        {
            log.Write(status);
        }
    }

    private async Task SaveAsync(Epoch epoch, EarlyStopping? early)
    {
        foreach (var log in Logs.All)
        {
            log.Flush();
        }

        var checkpoint = epoch.ToCheckpoint();
        await Checkpoints!.SaveAsync(early is null ? checkpoint : early.AddTo(checkpoint));
    }

    private string Note(TrainingTask task, Epoch epoch, double distance, TimeSpan elapsed)
    {
        var free = task.Fit.IsIdentified ? ""
            : FormattableString.Invariant($", moved freely {task.FreeMovement(epoch.Map):G3}");
        var pace = (epoch.Steps - (From?.Steps ?? 0)) / Math.Max(1e-3, elapsed.TotalSeconds);
        return FormattableString.Invariant(
            $"loss {epoch.Loss:G4}, distance {distance:G3}{free}, {NumberText.Measure(pace)} steps/s");
    }

    private CommandException Interrupted(long steps) => new(
        ExitCode.Interrupted,
        Checkpoints is null
            ? $"interrupted after {NumberText.Of(steps, "step")}; nothing was kept: with --checkpoint DIR the next run "
                + $"can be resumed."
            : $"interrupted after {NumberText.Of(steps, "step")}, which are kept in {Checkpoints.Path}; the same "
                + $"command with --resume continues.");
}
