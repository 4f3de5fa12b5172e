namespace Plumb.Reports;

/// <summary>
/// The loss over two directions of W and b: around the truth it is a quadratic form.
/// </summary>
/// <param name="Title">Such as "one point".</param>
/// <param name="Words">What is seen, in a line.</param>
/// <param name="Xx">The Hessian of the loss across, once the plane's two directions are chosen.</param>
/// <param name="Xy">The Hessian, mixed.</param>
/// <param name="Yy">The Hessian upwards.</param>
/// <param name="Path">From the start to where training ends.</param>
/// <param name="Truth">Where the data come from.</param>
internal sealed record SeedPlane(string Title, string Words, double Xx, double Xy, double Yy,
    IReadOnlyList<PlanePoint> Path, PlanePoint Truth)
{
    /// <summary>Another map with the same predictions on every row; none where the rows fix all.</summary>
    public PlanePoint? Twin { get; init; }

    /// <summary>The loss at a point, above its least.</summary>
    public double Loss(double x, double y)
    {
        var (dx, dy) = (x - Truth.X, y - Truth.Y);
        return (Xx * dx * dx + 2 * Xy * dx * dy + Yy * dy * dy) / 2;
    }
}
