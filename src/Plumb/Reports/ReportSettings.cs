namespace Plumb;

/// <summary>What a report calls things, and what it shows beyond what it always does.</summary>
public sealed record ReportSettings
{
    private const int FewestColumns = 20;

    /// <summary>What the data are called, such as the name of their file.</summary>
    public string Data { get; init; } = "Data";

    /// <summary>What a map that is explained is called.</summary>
    public string Map { get; init; } = "the map";

    /// <summary>The columns of a line of text; 20 or more.</summary>
    public int Width
    {
        get;
        init => field = Setting.AtLeast(FewestColumns, value, "width", nameof(Width));
    } = 80;

    /// <summary>Whether text shows what the verdict rests on; Markdown and HTML always do.</summary>
    public bool ShowsEvidence { get; init; }

    /// <summary>Whether the covariances of estimates are shown.</summary>
    public bool ShowsCovariance { get; init; }

    /// <summary>Whether criteria for choosing between fits, and standardized weights, are shown.</summary>
    public bool ShowsStatistics { get; init; }

    /// <summary>The loss to say of how gradient descent would do; null to leave that out.</summary>
    public Loss? Loss { get; init; }

    /// <summary>What else there is to say of the data, such as <see cref="CsvReader.Findings"/>.</summary>
    public IReadOnlyList<Finding> DataFindings { get; init => field = ValueList.Of(value); } =
        ValueList.Of<Finding>([]);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ReportSettings), PrintMembers);
}
