namespace Plumb;

/// <summary>What an interval of a prediction is for.</summary>
public enum IntervalKind
{
    /// <summary>The mean of the target at this point.</summary>
    Mean,

    /// <summary>One new observation there, noise included.</summary>
    New,
}
