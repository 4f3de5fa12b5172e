namespace Plumb.Diagnosis;

/// <summary>A column whose groups of rows have residuals in common.</summary>
/// <param name="Column">The column.</param>
/// <param name="Groups">How many groups it makes.</param>
/// <param name="Correlation">The correlation of residuals within a group, estimated.</param>
/// <param name="Test">The test that showed it.</param>
internal sealed record CorrelatedGroups(string Column, int Groups, double Correlation, HypothesisTest Test);
