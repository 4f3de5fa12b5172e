namespace Plumb.Formats;

/// <summary>Which of the numbers of a target is its bias, where W and b are one array.</summary>
public enum BiasPlace
{
    /// <summary>The first one, as after a column of ones before the inputs.</summary>
    First,

    /// <summary>The last one, as after a column of ones behind the inputs.</summary>
    Last,
}
