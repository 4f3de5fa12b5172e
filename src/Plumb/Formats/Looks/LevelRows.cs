namespace Plumb;

/// <summary>A value of a column of texts, and how often it stands there.</summary>
/// <param name="Name">The value.</param>
/// <param name="Rows">In how many rows.</param>
<<<<<<<< HEAD:src/Plumb/Formats/Looks/ValueCount.cs
public sealed record ValueCount(string Name, long Rows);
========
public sealed record LevelRows(string Name, long Rows);
>>>>>>>> main:src/Plumb/Formats/Looks/LevelRows.cs
