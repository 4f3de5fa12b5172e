namespace Plumb;

/// <summary>Rows that are equal to the last bit.</summary>
/// <param name="OfInputs">What stands for their inputs.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Targets">The targets.</param>
/// <param name="Count">How many rows.</param>
internal sealed record CopyGroup(UInt128 OfInputs, double[] Inputs, double[] Targets, long Count);
