namespace Plumb.Formats;

/// <summary>What a text means as a number.</summary>
/// <param name="Value">The double nearest to it; 0 when it is none.</param>
/// <param name="Outcome">Whether it is a number, and how well a double holds it.</param>
internal readonly record struct DecimalValue(double Value, DecimalOutcome Outcome);
