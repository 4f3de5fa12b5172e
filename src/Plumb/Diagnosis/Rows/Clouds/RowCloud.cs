namespace Plumb.Diagnosis;

/// <summary>
/// The rows of one target as pictures show them: each row while there are at most <see cref="MostPoints"/>, and beyond
/// that exact counts in fine grids; and the rows at the ends one by one. The same for any threads and blocks.
/// </summary>
/// <param name="Target">The target.</param>
public sealed record RowCloud(string Target)
{
    /// <summary>The most rows that are kept one by one.</summary>
    public const int MostPoints = 5000;

    /// <summary>The most targets that have a cloud: the first.</summary>
    public const int MostTargets = 6;

    /// <summary>The rows, each as often as it counts; those of weight 0 left out.</summary>
    public long Rows { get; internal init; }

    /// <summary>The rows without a standardized residual: they decide a direction alone, or nothing is left
    /// over.</summary>
    public long RowsWithoutStandardized { get; internal init; }

    /// <summary>The residual standard deviation.</summary>
    public double ResidualStandardDeviation { get; internal init; }

    /// <summary>Whether rows differ in their weight.</summary>
    public bool HasWeights { get; internal init; }

    /// <summary>The mean leverage: the rank over the rows.</summary>
    public double MeanLeverage { get; internal init; }

    /// <summary>Every row, in their order; empty where they are more than <see cref="MostPoints"/>.</summary>
    public IReadOnlyList<RowPoint> Points { get; internal init; } = [];

    /// <summary>Rows by fitted value and residual; null where <see cref="Points"/> holds them.</summary>
    public CloudGrid? FittedAndResidual { get; internal init; }

    /// <summary>Rows by fitted and measured value; null where <see cref="Points"/> holds them.</summary>
    public CloudGrid? FittedAndMeasured { get; internal init; }

    /// <summary>
    /// Rows by fitted value and the root of the standardized residual's size, where they have one; null where
    /// <see cref="Points"/> holds them.
    /// </summary>
    public CloudGrid? FittedAndScale { get; internal init; }

    /// <summary>Rows by leverage and standardized residual, where they have one; null where <see cref="Points"/> holds
    /// them.</summary>
    public CloudGrid? LeverageAndStandardized { get; internal init; }

    /// <summary>
    /// Rows by standardized residual, where they have one, in cells fine enough for a quantile plot; null where
    /// <see cref="Points"/> holds them.
    /// </summary>
    public CloudHistogram? Standardized { get; internal init; }

    /// <summary>The rows with the largest standardized residuals by size; at most ten, of equals the first.</summary>
    public IReadOnlyList<RowPoint> LargestResiduals { get; internal init; } = [];

    /// <summary>The rows with the largest leverages; at most ten, of equals the first.</summary>
    public IReadOnlyList<RowPoint> LargestLeverages { get; internal init; } = [];

    /// <summary>The rows with the largest Cook's distances; at most ten, of equals the first.</summary>
    public IReadOnlyList<RowPoint> LargestDistances { get; internal init; } = [];
}
