namespace Plumb.Training;

/// <summary>Losses are squares, and overflow where data do not: training would call that divergence.</summary>
internal static class LossRange
{
    /// <summary>Refuses squares that are beyond the range of doubles.</summary>
    /// <param name="loss">A loss, or a squared residual.</param>
    /// <param name="what">What it is of, in the plural.</param>
    /// <param name="parameter">The parameter at fault.</param>
    /// <exception cref="ArgumentException">The loss is not finite.</exception>
    public static void Require(double loss, string what, string parameter)
    {
        if (!double.IsFinite(loss))
        {
            throw new ArgumentException(
                $"the squares of the {what} are beyond the range of doubles, 1.8e308, so that the loss overflows; "
                    + $"divide the data by a power of 2 (W and b of targets divided so are divided alike).", parameter);
        }
    }
}
