namespace Plumb.Numerics;

/// <summary>The upper triangle of a symmetric matrix, row by row.</summary>
internal static class UpperTriangle
{
    /// <summary>Where an element is, i &lt;= j.</summary>
    public static int Place(int i, int j, int size) => i * size - i * (i - 1) / 2 + (j - i);
}
