namespace Plumb.Reports;

/// <summary>An input of an experiment.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="Low">The least value that may be measured.</param>
/// <param name="High">The largest.</param>
/// <param name="MeasuredLow">The least value measured so far; NaN where none was.</param>
/// <param name="MeasuredHigh">The largest.</param>
internal sealed record NextInput(string Name, double Low, double High, double MeasuredLow = double.NaN,
    double MeasuredHigh = double.NaN);
