using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Training;

/// <summary>An optimizer at work: what its stages remember, and how many steps it has taken.</summary>
internal sealed class Descent
{
    private readonly GradientDescent _settings;
    private readonly StageState[] _stages;

    public Descent(GradientDescent settings, int length)
    {
        _settings = settings;
        _stages = [.. settings.Optimizer.Stages.Select(stage => stage.Start(length))];
        IsPlain = _stages.Length == 0 && settings.Schedule == Schedule.Constant;
    }

    /// <summary>Whether a step is the gradient times the same rate always.</summary>
    public bool IsPlain { get; }

    /// <summary>The steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>The rate of the next step.</summary>
    public double Rate => _settings.LearningRate * _settings.Schedule.Factor(Steps);

    /// <summary>A copy of what the stages remember.</summary>
    public IEnumerable<CheckpointPart> Parts => Memory().Select(part => part with { Numbers = [.. part.Numbers] });

    /// <summary>One step.</summary>
    /// <param name="parameters">The parameters before the step.</param>
    /// <param name="update">The gradient; used up.</param>
    /// <param name="moved">What the step is subtracted from: the parameters, or their distance to somewhere.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Move(ReadOnlySpan<double> parameters, Span<double> update, Span<double> moved)
    {
        var rate = Vector256.Create(-Rate);
        Steps++;
        foreach (var stage in _stages)
        {
            stage.Apply(parameters, update);
        }

        for (var i = 0; i < moved.Length; i += Vector256<double>.Count)
        {
            Vector256.FusedMultiplyAdd(rate, Vector256.LoadUnsafe(ref update[i]), Vector256.LoadUnsafe(ref moved[i]))
                .StoreUnsafe(ref moved[i]);
        }
    }

    /// <summary>Continues where a checkpoint of the same settings was taken.</summary>
    public void Restore(Checkpoint checkpoint)
    {
        foreach (var part in Memory())
        {
            checkpoint.CopyTo(part.Name, part.Numbers);
        }

        Steps = checkpoint.Steps;
    }

    private IEnumerable<CheckpointPart> Memory() =>
        _stages.SelectMany(stage => stage.Memory)
            .Select((numbers, i) => new CheckpointPart(FormattableString.Invariant($"optimizer {i + 1}"), numbers));
}
