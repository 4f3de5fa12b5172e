namespace Plumb.Reports;

/// <summary>What one cause adds to a parameter.</summary>
/// <param name="Cause">In a word or two, such as "noise".</param>
/// <param name="Amount">Signed.</param>
internal readonly record struct CausePart(string Cause, double Amount);
