namespace Plumb.Reports;

/// <summary>A label and where it found room.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Box">Where it stands.</param>
/// <param name="AnchorX">What it belongs to.</param>
/// <param name="AnchorY">What it belongs to.</param>
/// <param name="IsMoved">Whether it stands so far off that a line must lead to it.</param>
internal readonly record struct PlacedLabel(string Text, FigureBox Box, double AnchorX, double AnchorY, bool IsMoved);
