namespace Plumb.Reports;

/// <summary>How sure a weight is before and after the proposed points.</summary>
/// <param name="Name">Of the weight.</param>
/// <param name="Before">Its standard error now; infinite where it is not determined.</param>
/// <param name="After">Its standard error then.</param>
internal readonly record struct NextError(string Name, double Before, double After);
