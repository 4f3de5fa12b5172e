namespace Plumb.Cli.Reports;

/// <summary>What rows hold, as every rendering tells it.</summary>
/// <param name="Look">What was seen.</param>
/// <param name="Form">How the rows were read, as in "fields separated by ','"; may be empty.</param>
/// <param name="Command">The command to go on with; null where no column can be a target.</param>
internal sealed record LookDocument(TableLook Look, string Form, string? Command);
