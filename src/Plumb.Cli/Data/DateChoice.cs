namespace Plumb.Cli;

/// <summary>What dates become.</summary>
/// <param name="Origin">The date that is 0; null for the earliest.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Order">What comes first in 1/2/2026; null where the rows show it.</param>
internal sealed record DateChoice(string? Origin = null, DateUnit Unit = DateUnit.Days, DateOrder? Order = null)
{
    /// <summary>The reading of a column.</summary>
    /// <exception cref="CommandException">The origin is no date.</exception>
    public Dates ToReading()
    {
        try
        {
            return Origin is null ? new Dates(Unit, Order) : new Dates(Origin, Unit, Order);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage($"--date-origin: {exception.Message.Split(" (Parameter", 2)[0]}");
        }
    }

    /// <summary>What an order is called; null where there is none.</summary>
    public static string? NameOf(DateOrder? order) => order switch
    {
        DateOrder.DayFirst => "dmy",
        DateOrder.MonthFirst => "mdy",
        _ => null,
    };

    /// <summary>The order of a name.</summary>
    public static DateOrder? OrderOf(string? name) => name switch
    {
        "dmy" => DateOrder.DayFirst,
        "mdy" => DateOrder.MonthFirst,
        _ => null,
    };
}
