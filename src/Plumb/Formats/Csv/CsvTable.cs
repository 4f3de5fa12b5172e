namespace Plumb.Formats;

/// <summary>What a pass over a CSV file knows of it in advance.</summary>
/// <param name="Name">What the file is called in messages.</param>
/// <param name="Columns">The names of all columns.</param>
/// <param name="HasHeader">Whether the first row holds them.</param>
/// <param name="ChunkBytes">How many bytes a thread reads at a time.</param>
/// <param name="Threads">How many threads read, at most.</param>
internal sealed record CsvTable(
    string Name, IReadOnlyList<string> Columns, bool HasHeader, int ChunkBytes, int Threads)
{
    /// <summary>For each column the field of a row that holds it.</summary>
    public required IReadOnlyList<int> Fields { get; init; }

    /// <summary>The fields of a row.</summary>
    public required int Width { get; init; }

    /// <summary>What may help where a line has another number of fields; empty where nothing is known.</summary>
    public string Hint { get; init; } = "";

    /// <summary>The line that the hint takes for the names; 0 where there is none.</summary>
    public long HintLine { get; init; }
}
