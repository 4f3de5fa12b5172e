namespace Plumb.Training;

/// <summary>
/// One link of an optimizer's chain: settings that make a running state, which turns the gradient into what is to be
/// subtracted, times the rate, from the parameters.
/// The set is closed: <see cref="ClipByNorm"/>, <see cref="WeightDecay"/>, <see cref="Momentum"/>,
/// <see cref="AdamScaling"/>, <see cref="RmsScaling"/>, <see cref="AdaGradScaling"/>.
/// </summary>
public abstract record Stage
{
    private protected Stage()
    {
    }

    /// <summary>
    /// Whether an update made of gradients, which have no part along the directions that the data do not determine,
    /// still has none after this stage.
    /// </summary>
    internal virtual bool PreservesNullSpace => false;

    /// <summary>The stage and its settings, in words that do not depend on culture.</summary>
    internal abstract string Text { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    /// <summary>The state at the start of training.</summary>
    /// <param name="length">The number of parameters, a multiple of eight.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal abstract StageState Start(int length);
}
