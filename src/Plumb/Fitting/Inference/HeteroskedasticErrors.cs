namespace Plumb.Fitting;

/// <summary>
/// Errors that hold where the noise changes from row to row: (X'X)^-1 X' diag(f^2 r^2) X (X'X)^-1, with r the residuals
/// and f by the kind. White, Econometrica 48, 1980; MacKinnon and White, J. Econometrics 29, 1985.
/// </summary>
/// <param name="Kind">How residuals, which are smaller than the noise, are made up for it.</param>
public sealed record HeteroskedasticErrors(HeteroskedasticKind Kind) : ErrorMethod
{
    /// <inheritdoc/>
    public override string Name => Kind.ToString();
}
