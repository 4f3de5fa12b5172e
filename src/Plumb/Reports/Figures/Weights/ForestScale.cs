namespace Plumb.Reports;

/// <summary>The axis of a forest.</summary>
internal static class ForestScale
{
    private const double WideInterval = 8; // of the median interval; wider ones are cut off at the edges

    /// <summary>
    /// One that holds zero, all weights, and all intervals but those much wider than most.
    /// </summary>
    public static AxisScale Of(IEnumerable<ForestPlace> places, ForestAxis axis)
    {
        ForestPlace[] known = [.. places.Where(place => place.IsKnown)];
        double[] widths = [.. known.Where(at => at.HasInterval).Select(at => at.High - at.Low).Order()];
        var most = widths.Length == 0 ? 0 : widths[widths.Length / 2] * WideInterval;
        var held = known.Where(at => at.HasInterval && at.High - at.Low <= most)
            .SelectMany(at => new[] { at.Low, at.High }).Concat(known.Select(at => at.Middle)).Append(0);
        return axis == ForestAxis.StandardErrors ? AsinhScale.Around(held.Append(-2).Append(2))
            : LinearScale.Around(held, 0.12);
    }
}
