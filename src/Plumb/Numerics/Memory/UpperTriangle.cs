namespace Plumb.Numerics;

/// <summary>The upper triangle of a symmetric matrix, row by row.</summary>
internal static class UpperTriangle
{
    /// <summary>How many elements there are.</summary>
    public static int Length(int size) => size * (size + 1) / 2;

    /// <summary>Where an element is, i &lt;= j.</summary>
    public static int Place(int i, int j, int size) => i * size - i * (i - 1) / 2 + (j - i);
}
