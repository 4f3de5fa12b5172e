namespace Plumb.Numerics;

/// <summary>Large arrays to be added to.</summary>
internal static class Zeros
{
    /// <summary>
    /// So many zeros, written: memory that is read before it is written costs two page faults a page instead of one.
    /// </summary>
    /// <param name="length">How many.</param>
    /// <param name="pinned">Whether they must not move.</param>
    public static T[] Of<T>(int length, bool pinned = false)
        where T : unmanaged
    {
        var zeros = GC.AllocateUninitializedArray<T>(length, pinned);
        Array.Clear(zeros);
        return zeros;
    }
}
