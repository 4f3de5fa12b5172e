namespace Plumb.Formats;

/// <summary>
/// Texts that only tell groups apart: equal texts are equal numbers, of 53 mixed bits. Two of a million texts are taken
/// for one with a probability of 6e-5.
/// </summary>
/// <remarks>Threads may share one.</remarks>
public sealed class GroupLabels : TextReading
{
    private const ulong Offset = 14695981039346656037; // FNV-1a, mixed as MurmurHash3 ends
    private const ulong Prime = 1099511628211;
    private const int Excess = 64 - 53;

    /// <inheritdoc/>
    public override string Expected => "a text or number that says which group the row belongs to";

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> cell, out double number)
    {
        var hash = Offset;
        foreach (var value in cell)
        {
            hash = (hash ^ value) * Prime;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        number = (hash ^ (hash >> 33)) >> Excess;
        return true;
    }
}
