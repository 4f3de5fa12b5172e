namespace Plumb.Formats;

/// <summary>How to read a table, as far as that is said or certain.</summary>
/// <param name="Delimiter">The separator of fields; a space stands for any run of blanks.</param>
internal sealed record FoundTable(char Delimiter)
{
    /// <summary>The bytes before it.</summary>
    public int Start { get; init; }

    /// <summary>The physical line that it begins on, from 1.</summary>
    public long Line { get; init; } = 1;

    /// <summary>Whether its first record holds the names; null where that record decides.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The records between the names and the rows.</summary>
    public int LinesBelowNames { get; init; }

    /// <summary>The fields of a row that are columns; null for all.</summary>
    public IReadOnlyList<int>? Fields { get; init; }

    /// <summary>The fields of a row; 0 for as many as the first record has.</summary>
    public int Width { get; init; }

    /// <summary>What its rows look like; null where that is not known.</summary>
    public TableProfile? Profile { get; init; }

    /// <summary>How many fields the names lack at their beginning.</summary>
    public int RowNames { get; init; }

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Whether what separates fields is among the findings already.</summary>
    public bool TellsDelimiter => Findings.Any(finding => finding.Code is "separator-line" or "delimiter");

    /// <summary>What may help where a line has another number of fields; empty where nothing is known.</summary>
    public string Hint { get; init; } = "";

    /// <summary>The line that the hint takes for the names; 0 where there is none.</summary>
    public long HintLine { get; init; }

    /// <summary>Why the file is refused, and at which line; null where it is read.</summary>
    public (long Line, string Message)? Refusal { get; init; }
}
