using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>Rows that are equal to the last bit.</summary>
/// <param name="OfInputs">What stands for their inputs.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Targets">The targets.</param>
/// <param name="Count">How many rows.</param>
internal sealed record CopyGroup(RowKey OfInputs, double[] Inputs, double[] Targets, long Count);
