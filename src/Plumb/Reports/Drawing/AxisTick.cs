namespace Plumb.Reports;

/// <summary>A number on an axis.</summary>
/// <param name="Value">Where.</param>
/// <param name="Text">As it reads.</param>
internal readonly record struct AxisTick(double Value, string Text);
