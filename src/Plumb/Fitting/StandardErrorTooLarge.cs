namespace Plumb.Fitting;

/// <summary>A standard error that is too large for a double.</summary>
/// <param name="Target">The target.</param>
/// <param name="Input">The input whose weight it is of, or "bias".</param>
/// <param name="Logarithm">Its decimal logarithm.</param>
public sealed record StandardErrorTooLarge(string Target, string Input, double Logarithm)
{
    /// <summary>What it is about, such as 6.4e399.</summary>
    public string Text => LinearText.Large(1, Logarithm);

    /// <inheritdoc/>
    public override string ToString() =>
        $"the standard error of '{Input}' for target '{Target}' is about {Text}, which no double holds";
}
