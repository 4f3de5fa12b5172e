namespace Plumb.Numerics;

/// <summary>
/// 64 mixed bits that stand for numbers, -0 for 0. Beside 64 others, a million different
/// rows collide once in 10^26 data sets.
/// </summary>
internal struct RowHash
{
    private const ulong Multiplier = 0x94D049BB133111EBUL;

    /// <summary>Of no numbers.</summary>
    public RowHash()
    {
    }

    /// <summary>Of the numbers so far.</summary>
    public ulong Value { get; private set; } = 0xD1B54A32D192ED03UL;

    /// <summary>Takes in more numbers; which call they come in does not count.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Value = Mix(Value + BitConverter.DoubleToUInt64Bits(value + 0.0));
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 32)) * Multiplier;
        value = (value ^ (value >> 29)) * Multiplier;
        return value ^ (value >> 32);
    }
}
