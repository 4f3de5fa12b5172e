namespace Plumb.Formats;

/// <summary>What the numbers that dates become count.</summary>
public enum DateUnit
{
    /// <summary>Days of 24 hours.</summary>
    Days,

    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Minutes.</summary>
    Minutes,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Years of 365.25 days.</summary>
    Years,
}
