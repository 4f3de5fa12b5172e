namespace Plumb.Diagnosis;

/// <summary>
/// A row in coordinates of the inputs, with its residual from a fit; both, of weighted rows, times the weight's root,
/// so that all rows are equally precise.
/// </summary>
/// <param name="Number">Its number among the rows of data.</param>
/// <param name="Coordinates">Its coordinates.</param>
/// <param name="Prediction">What the fit predicts, not weighted.</param>
/// <param name="Residual">Its residual.</param>
/// <param name="Root">The weight's root.</param>
/// <param name="Hash">Of its content.</param>
internal sealed record CoordinateRow(long Number, double[] Coordinates, double Prediction, double Residual, double Root,
    ulong Hash)
{
    /// <summary>A row as it is, made equally precise.</summary>
    public static CoordinateRow Of(long number, ReadOnlySpan<double> coordinates, double prediction, double residual,
        double weight, ulong hash)
    {
        var root = Math.Sqrt(weight);
        var weighted = coordinates.ToArray();
        for (var k = 0; k < weighted.Length; k++)
        {
            weighted[k] *= root;
        }

        return new CoordinateRow(number, weighted, prediction, root * residual, root, hash);
    }

    /// <summary>
    /// By residual, then by what else they hold; rows with the same content, which are alike to any fit, by number.
    /// </summary>
    public static int Compare(CoordinateRow left, CoordinateRow right)
    {
        var order = Math.Abs(left.Residual).CompareTo(Math.Abs(right.Residual));
        order = order != 0 ? order : left.Residual.CompareTo(right.Residual);
        for (var k = 0; k < left.Coordinates.Length && order == 0; k++)
        {
            order = left.Coordinates[k].CompareTo(right.Coordinates[k]);
        }

        return order != 0 ? order : left.Number.CompareTo(right.Number);
    }
}
