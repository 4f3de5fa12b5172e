namespace Plumb.Diagnosis;

/// <summary>One row, as pictures of a fit show it.</summary>
/// <param name="Row">Its number among the rows of data, from 1.</param>
/// <param name="Fitted">What the map makes of its inputs.</param>
/// <param name="Measured">The value of the target.</param>
/// <param name="Residual">Measured less fitted, without the row's weight.</param>
/// <param name="Leverage">Its part in its own prediction, 0 to 1.</param>
/// <param name="Standardized">Its residual over the standard error of that: r sqrt(w) / (s sqrt(1 - leverage)); not a
/// number where the row decides a direction alone or nothing is left over.</param>
/// <param name="CooksDistance">How far the fit moves without it. Cook, Technometrics 19, 1977.</param>
public sealed record RowPoint(long Row, double Fitted, double Measured, double Residual, double Leverage,
    double Standardized, double CooksDistance)
{
    /// <summary>How many rows it stands for.</summary>
    public long Count { get; init; } = 1;
}
