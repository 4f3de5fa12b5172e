namespace Plumb.Reports;

/// <summary>The axes of a quadratic form in the plane.</summary>
/// <param name="X">Of the steep axis, a unit vector.</param>
/// <param name="Y">Of the steep axis.</param>
/// <param name="Steep">The curvature along it.</param>
/// <param name="Flat">The curvature at a right angle to it.</param>
internal readonly record struct PlaneAxes(double X, double Y, double Steep, double Flat)
{
    /// <summary>Whether it is flat along one axis, but for rounding.</summary>
    public bool IsValley => !(Flat > Steep * 1e-9);

    /// <summary>The axes of a plane's loss: the eigenvectors of its Hessian.</summary>
    public static PlaneAxes Of(SeedPlane plane)
    {
        var mean = (plane.Xx + plane.Yy) / 2;
        var half = (plane.Xx - plane.Yy) / 2;
        var radius = Math.Sqrt(half * half + plane.Xy * plane.Xy);
        var angle = Math.Atan2(plane.Xy, half) / 2;
        var (sine, cosine) = Math.SinCos(angle);
        return double.IsFinite(angle) ? new(cosine, sine, mean + radius, mean - radius) : default;
    }
}
