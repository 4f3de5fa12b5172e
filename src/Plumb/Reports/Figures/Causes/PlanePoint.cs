namespace Plumb.Reports;

/// <summary>A place in a plane of W and b.</summary>
internal readonly record struct PlanePoint(double X, double Y)
{
    private const double Farthest = 1e290; // so that distances and margins stay finite

    /// <summary>Whether it has a place.</summary>
    public bool IsFinite => Math.Abs(X) < Farthest && Math.Abs(Y) < Farthest;
}
