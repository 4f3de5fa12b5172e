namespace Plumb.Formats;

/// <summary>What is wrong with JSON.</summary>
/// <param name="Place">The byte where it is, from the start of the bytes that were scanned.</param>
/// <param name="Message">What was found, what was expected, and the remedy.</param>
internal sealed record JsonFault(int Place, string Message);
