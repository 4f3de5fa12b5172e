namespace Plumb.Reports;

/// <summary>
/// Sizes that all pictures share, in their own units.
/// A picture is a column wide, so that its text can be read on a telephone and two fit beside each other on a screen.
/// </summary>
internal static class FigureSize
{
    /// <summary>The width of a picture.</summary>
    public const double Width = 480;

    /// <summary>The height of text, as the style sheet sets it.</summary>
    public const double Text = 12;

    /// <summary>From one base line to the next.</summary>
    public const double Line = 16;

    /// <summary>How far below the middle of a line its base line lies.</summary>
    public const double Base = 4;

    /// <summary>The least distance of anything from the edge.</summary>
    public const double Margin = 6;
}
