namespace Plumb.Fitting;

/// <summary>A weight or bias that is too large for a double.</summary>
/// <param name="Target">The target.</param>
/// <param name="Input">The input, or "bias".</param>
/// <param name="Sign">1 or -1.</param>
/// <param name="Logarithm">The decimal logarithm of its magnitude.</param>
public sealed record CoefficientTooLarge(string Target, string Input, int Sign, double Logarithm)
{
    /// <summary>What it is about, such as 6.4e399.</summary>
    public string Text => LinearText.Large(Sign, Logarithm);

    /// <summary>What it is, and what to do.</summary>
    public override string ToString() =>
        $"the coefficient of '{Input}' for target '{Target}' is about {Text}, which no double holds; "
        + $"give '{Input}' or the target in other units.";
}
