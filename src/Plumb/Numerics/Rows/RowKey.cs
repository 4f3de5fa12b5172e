namespace Plumb.Numerics;

/// <summary>
/// 128 mixed bits that stand for a row. A type of one's own, as the runtime compiles no dictionary of its own numbers
/// ahead of time.
/// </summary>
/// <param name="First">64 of them.</param>
/// <param name="Second">The others.</param>
internal readonly record struct RowKey(ulong First, ulong Second)
{
    public bool Equals(RowKey other) => First == other.First && Second == other.Second;

    public override int GetHashCode() => (int)Second; // the first bits of a sample's keys are alike
}
