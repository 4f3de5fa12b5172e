namespace Plumb.Formats;

/// <summary>What units of dates are called.</summary>
internal static class DateUnits
{
    /// <summary>What a unit is called.</summary>
    public static string NameOf(DateUnit unit) => unit switch
    {
        DateUnit.Hours => "hours",
        DateUnit.Minutes => "minutes",
        DateUnit.Seconds => "seconds",
        DateUnit.Years => "years",
        _ => "days",
    };

    /// <summary>The unit of a name.</summary>
    public static DateUnit UnitOf(string name) =>
        Enum.GetValues<DateUnit>().FirstOrDefault(unit => NameOf(unit) == name);
}
