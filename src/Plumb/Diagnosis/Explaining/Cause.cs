namespace Plumb.Diagnosis;

/// <summary>One term of the gap between a candidate map and the truth.</summary>
/// <param name="Code">Why.</param>
/// <param name="Part">How much, parameter by parameter.</param>
public sealed record Cause(CauseCode Code, AffineMap Part)
{
    /// <summary>Its size: the Euclidean length over weights and biases in the units of the data.</summary>
    public double Norm => Part.Norm;

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Shown.Number(Norm)}";
}
