namespace Plumb;

/// <summary>Colours of pictures, for light and dark.</summary>
internal static class FigureStyle
{
    /// <summary>The style sheet.</summary>
    public const string Sheet = "";

    /// <summary>A picture as a file of its own.</summary>
    public static string Standalone(string svg) => svg;
}
