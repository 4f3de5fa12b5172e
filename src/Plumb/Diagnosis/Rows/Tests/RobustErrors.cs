namespace Plumb;

/// <summary>
/// Standard errors that hold where the noise changes from row to row: NaN where a parameter is not determined.
/// MacKinnon and White, J. Econometrics 29, 1985.
/// </summary>
/// <param name="Weights">Those of the weights, targets x inputs.</param>
/// <param name="Bias">Those of the bias, one per target.</param>
/// <param name="Kind">Which they are: HC3, where each residual is divided by 1 - leverage.</param>
public sealed record RobustErrors(Matrix Weights, IReadOnlyList<double> Bias, string Kind)
{
    /// <summary>
    /// How many rows have leverage 1: they meet their targets whatever the noise, so that nothing is known of theirs.
    /// </summary>
    public long RowsLeftOut { get; init; }
}
