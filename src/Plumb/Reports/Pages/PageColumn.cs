namespace Plumb.Reports;

/// <summary>A column of a table.</summary>
/// <param name="Heading">A word or two.</param>
/// <param name="Kind">What its cells hold.</param>
internal sealed record PageColumn(string Heading, ColumnContent Kind = ColumnContent.Number)
{
    /// <summary>What the heading means, in a sentence; empty where everyone knows.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>A column of names or words that stay on one line.</summary>
    public static PageColumn Names(string heading) => new(heading, ColumnContent.Name);

    /// <summary>A column of sentences.</summary>
    public static PageColumn Sentences(string heading) => new(heading, ColumnContent.Sentence);
}
