namespace Plumb.Diagnosis;

/// <summary>Where gradient descent began; weights at 0.</summary>
internal enum DescentStart
{
    /// <summary>The bias at 0 too.</summary>
    Zero,

    /// <summary>The bias at the mean of each target, or 0 for targets less their means.</summary>
    BiasAtMean,

    /// <summary>No bias.</summary>
    NoBias,
}
