namespace Plumb.Training;

/// <summary>What a stage remembers from step to step.</summary>
internal abstract class StageState
{
    /// <summary>What is remembered: all of it, so that a copy of these numbers continues to the same bits.</summary>
    public virtual IReadOnlyList<double[]> Memory => [];

    /// <summary>Changes the update in place; allocates nothing.</summary>
    /// <param name="parameters">The parameters before the step; a multiple of eight of them.</param>
    /// <param name="update">The gradient, as the stages before have left it; receives what this one makes of
    /// it.</param>
    public abstract void Apply(ReadOnlySpan<double> parameters, Span<double> update);
}
