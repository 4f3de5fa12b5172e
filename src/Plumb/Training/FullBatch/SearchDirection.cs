namespace Plumb.Training;

/// <summary>Chooses where to search for a smaller loss.</summary>
internal abstract class SearchDirection
{
    /// <summary>The next direction.</summary>
    /// <param name="gradient">The gradient where the search stands.</param>
    /// <param name="direction">The direction searched last, zeros at first; receives the next.</param>
    public abstract void Choose(ReadOnlySpan<double> gradient, Span<double> direction);

    /// <summary>Takes note of a step along the direction.</summary>
    /// <param name="length">The step is this multiple of the direction.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="curvature">The change of the gradient along it.</param>
    public virtual void Learn(double length, ReadOnlySpan<double> direction, ReadOnlySpan<double> curvature)
    {
    }
}
