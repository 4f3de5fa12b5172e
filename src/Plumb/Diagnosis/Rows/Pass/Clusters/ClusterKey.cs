namespace Plumb.Diagnosis;

/// <summary>The labels of a group of rows.</summary>
/// <param name="First">The bits of the first column's.</param>
/// <param name="Second">Those of the second's; 0 where there is one only.</param>
internal readonly record struct ClusterKey(ulong First, ulong Second) : IComparable<ClusterKey>
{
    /// <summary>64 mixed bits.</summary>
    public ulong Hash()
    {
        const ulong Multiplier = 0x94D049BB133111EBUL;
        var mixed = (First ^ (First >> 32)) * Multiplier;
        mixed = (mixed ^ (mixed >> 29) ^ Second ^ (Second >> 32)) * Multiplier;
        mixed = (mixed ^ (mixed >> 29)) * Multiplier;
        return mixed ^ (mixed >> 32);
    }

    /// <inheritdoc/>
    public int CompareTo(ClusterKey other) =>
        First != other.First ? First.CompareTo(other.First) : Second.CompareTo(other.Second);
}
