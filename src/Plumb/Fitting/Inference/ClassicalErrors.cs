namespace Plumb.Fitting;

/// <summary>
/// s^2 (X'X)^-1: right where the noise has the same variance on every row and rows do not depend on each other; with
/// weights, where a row's variance is in inverse proportion to its weight.
/// Seber and Lee, Linear Regression Analysis, 2nd ed., section 3.2.
/// </summary>
public sealed record ClassicalErrors : ErrorMethod
{
    /// <inheritdoc/>
    public override string Name => "classical";
}
