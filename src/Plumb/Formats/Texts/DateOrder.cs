namespace Plumb.Formats;

/// <summary>What comes first in a date such as 1/2/2026, whose year comes last.</summary>
public enum DateOrder
{
    /// <summary>The day: 1/2/2026 is the first of February.</summary>
    DayFirst,

    /// <summary>The month: 1/2/2026 is the second of January.</summary>
    MonthFirst,
}
