namespace Plumb;

/// <summary>Rows that are equal to the last bit.</summary>
/// <param name="ofInputs">What stands for their inputs.</param>
/// <param name="x">The inputs.</param>
/// <param name="y">The targets.</param>
internal sealed class CopyGroup(UInt128 ofInputs, double[] x, double[] y)
{
    /// <summary>How many rows.</summary>
    public long Count { get; set; } = 1;

    /// <summary>What stands for their inputs.</summary>
    public UInt128 OfInputs => ofInputs;

    /// <summary>The inputs.</summary>
    public double[] Inputs => x;

    /// <summary>The targets.</summary>
    public double[] Targets => y;
}
