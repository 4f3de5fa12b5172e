namespace Plumb.Formats;

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

    /// <summary>
    /// A line below the first that may hold the names as well, though the first is taken; -1 where there is none.
    /// </summary>
    public int LowerNames { get; init; } = -1;

    /// <summary>The fields of a row that are columns.</summary>
    public IReadOnlyList<int> Fields { get; init; } = [];

    /// <summary>How many fields the line of names lacks at its beginning: those that name the rows.</summary>
    public int RowNames { get; init; }

    /// <summary>
    /// Whether lines have as many fields as the first: what separates them is then not in doubt, whatever else is.
    /// </summary>
    /// <param name="lines">The lines.</param>
    /// <param name="count">How many of them must be so.</param>
    public static bool AreAlike(IReadOnlyList<SampledLine> lines, int count) => lines.Count > 1 && lines[0].Width > 1
        && lines.Count(line => line.Width == lines[0].Width) >= count;
}
