namespace Plumb.Training;

/// <summary>
/// Tells divergence from noise where training sees a few rows at a time: a row's squared residual is far beyond the
/// largest at the start.
/// </summary>
internal static class Divergence
{
    private const double Explosion = 1e6;

    /// <summary>The largest |r|^2 of a row that is no divergence yet.</summary>
    /// <exception cref="ArgumentException">Residuals are so large that their squares overflow.</exception>
    public static double LimitOf(Trainer trainer, Dataset data)
    {
        var largest = 0.0;
        for (var i = 0; i < data.Rows; i++)
        {
            largest = Math.Max(largest, trainer.SumOfSquares(data, i));
            foreach (var value in data.Targets.Row(i))
            {
                largest = Math.Max(largest, value * value); // the start may fit all rows
            }
        }

        LossRange.Require(largest, "targets, or of the residuals of the start,", nameof(data));
        return Math.Min(double.MaxValue, Explosion * largest);
    }

    /// <summary>Whether the loss over a batch is more than rows within the limit can have, or no number.</summary>
    public static bool IsBeyond(double limit, double loss, Loss kind, int rows, int targets) =>
        !(loss <= limit * kind.Scale(rows, targets) * rows);
}
