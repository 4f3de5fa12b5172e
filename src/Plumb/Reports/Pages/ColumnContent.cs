namespace Plumb.Reports;

/// <summary>What the cells of a column hold.</summary>
internal enum ColumnContent
{
    /// <summary>Numbers: right-aligned, never broken.</summary>
    Number,

    /// <summary>Names or words: left-aligned, shortened in the middle where there is no room.</summary>
    Name,

    /// <summary>Sentences: left-aligned, broken at words.</summary>
    Sentence,
}
