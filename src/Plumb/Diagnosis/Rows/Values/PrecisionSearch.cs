namespace Plumb.Diagnosis;

/// <summary>
/// Whether columns hold numbers of single precision: all are such, and most use its last bits, as those that were
/// rounded to it do.
/// </summary>
internal sealed class PrecisionSearch(int columns)
{
    private const ulong BeyondSingle = (1UL << 29) - 1; // bits of a double's significand that a single has not
    // Its last three bits: of eight random numbers, seven have one of them.
    private const ulong LastOfSingle = 7UL << 29;

    private readonly ulong[] _beyond = new ulong[columns];
    private readonly long[] _fine = new long[columns]; // numbers with one of the last bits
    private readonly long[] _nonZero = new long[columns];

    /// <summary>Looks at a few numbers of a column.</summary>
    public void Add(int column, ReadOnlySpan<double> values)
    {
        var beyond = _beyond[column];
        if (beyond != 0)
        {
            return; // known to hold others
        }

        var (fine, nonZero) = (0L, 0L);
        foreach (var value in values)
        {
            var bits = BitConverter.DoubleToUInt64Bits(value);
            beyond |= bits & BeyondSingle;
            fine += (bits & LastOfSingle) != 0 ? 1 : 0;
            nonZero += value != 0 ? 1 : 0;
        }

        (_beyond[column], _fine[column], _nonZero[column]) = (beyond, _fine[column] + fine, _nonZero[column] + nonZero);
    }

    /// <summary>Adds what another has seen.</summary>
    public void Add(PrecisionSearch other)
    {
        for (var k = 0; k < _beyond.Length; k++)
        {
            _beyond[k] |= other._beyond[k];
            _fine[k] += other._fine[k];
            _nonZero[k] += other._nonZero[k];
        }
    }

    /// <summary>
    /// Whether no column needs more than single precision, and one or more of those asked for use all of it.
    /// </summary>
    /// <param name="asked">Places of columns.</param>
    public bool IsSingle(params IEnumerable<int> asked) =>
        !_beyond.AsSpan().ContainsAnyExcept(0UL)
            && asked.Any(column => _nonZero[column] > 0 && 2 * _fine[column] > _nonZero[column]);
}
