namespace Plumb.Reports;

/// <summary>A row as a point of a picture.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="X">From left to right; a point that is not finite is not drawn.</param>
/// <param name="Y">From bottom to top.</param>
/// <param name="Count">How many rows it stands for.</param>
internal readonly record struct CloudPoint(long Row, double X, double Y, long Count = 1)
{
    /// <summary>Whether it has a place.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);
}
