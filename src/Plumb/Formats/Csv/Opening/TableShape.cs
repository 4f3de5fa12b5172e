namespace Plumb;

/// <summary>Where in the sampled lines the names, what stands below them, and the rows of a table are.</summary>
/// <param name="Profile">What its rows look like.</param>
/// <param name="Body">The first row.</param>
/// <param name="Names">The line of names; -1 where the rows begin the file.</param>
/// <param name="Units">Whether the lines between names and rows hold units.</param>
internal sealed record TableShape(TableProfile Profile, int Body, int Names, bool Units)
{
    /// <summary>Whether this is the only way to read it.</summary>
    public bool IsCertain { get; init; } = true;

    /// <summary>Whether the line of names can hold names, whatever else is in doubt.</summary>
    public bool CanHoldNames { get; init; }

    /// <summary>The line that may hold the names instead; -1 where there is none.</summary>
    public int OtherNames { get; init; } = -1;

    /// <summary>The fields of a row that are columns.</summary>
    public IReadOnlyList<int> Fields { get; init; } = [];

    /// <summary>How many fields the line of names lacks at its beginning: those that name the rows.</summary>
    public int RowNames { get; init; }

    /// <summary>Whether the table begins with the file, and all its lines have as many fields.</summary>
    /// <param name="lines">The lines.</param>
    public bool IsOrdinary(IReadOnlyList<SampledLine> lines) => IsCertain && Profile.Width > 1 && Names <= 0
        && lines.All(line => line.Width == Profile.Width);
}
