namespace Plumb.Reports;

/// <summary>A rectangle of a picture; y grows downwards.</summary>
internal readonly record struct FigureBox(double Left, double Top, double Width, double Height)
{
    /// <summary>The right edge.</summary>
    public double Right => Left + Width;

    /// <summary>The bottom edge.</summary>
    public double Bottom => Top + Height;

    /// <summary>The middle from left to right.</summary>
    public double Middle => Left + Width / 2;

    /// <summary>Whether a point lies in it.</summary>
    public bool Holds(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;

    /// <summary>Whether another lies wholly in it.</summary>
    public bool Holds(FigureBox other) =>
        other.Left >= Left && other.Right <= Right && other.Top >= Top && other.Bottom <= Bottom;

    /// <summary>Whether they have an area in common.</summary>
    public bool Overlaps(FigureBox other) =>
        Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}
