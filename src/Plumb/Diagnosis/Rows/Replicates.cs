namespace Plumb;

/// <summary>
/// Groups of rows with the same inputs, to the last bit: what varies within them is noise, whatever the shape of the truth. Only so many groups are kept; rows of others count as groups of their own,
/// which makes the lack-of-fit test weaker, not wrong.
/// </summary>
internal sealed class Replicates(int targets)
{
    private const int MostGroups = 1 << 16;
    private readonly Dictionary<UInt128, Group> _groups = [];

    /// <summary>Rows less groups: the degrees of freedom within groups.</summary>
    public long Freedom { get; private set; }

    /// <summary>The sum over rows of the squared distance to the mean of their group, one a target.</summary>
    public double[] SumsOfSquares { get; } = new double[targets];

    public void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var key = KeyOf(x);
        if (!_groups.TryGetValue(key, out var group))
        {
            if (_groups.Count < MostGroups)
            {
                _groups.Add(key, new Group(y.ToArray()));
            }

            return;
        }

        group.Count++;
        Freedom++;
        for (var t = 0; t < targets; t++)
        {
            // Welford's update.
            var distance = y[t] - group.Means[t];
            group.Means[t] += distance / group.Count;
            SumsOfSquares[t] += distance * (y[t] - group.Means[t]);
        }
    }

    // Two 64-bit hashes with other multipliers: 65,536 groups collide once in 10^29 data sets.
    private static UInt128 KeyOf(ReadOnlySpan<double> x)
    {
        var (a, b) = (0x9E3779B97F4A7C15UL, 0xD1B54A32D192ED03UL);
        foreach (var value in x)
        {
            var bits = BitConverter.DoubleToUInt64Bits(value + 0.0); // -0 is 0
            a = Mix(a ^ bits, 0xBF58476D1CE4E5B9UL);
            b = Mix(b + bits, 0x94D049BB133111EBUL);
        }

        return new UInt128(a, b);
    }

    private static ulong Mix(ulong value, ulong multiplier)
    {
        value = (value ^ (value >> 32)) * multiplier;
        value = (value ^ (value >> 29)) * multiplier;
        return value ^ (value >> 32);
    }

    private sealed class Group(double[] means)
    {
        public long Count { get; set; } = 1;

        public double[] Means { get; } = means;
    }
}
