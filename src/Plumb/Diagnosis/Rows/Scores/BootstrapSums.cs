using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb.Diagnosis;

/// <summary>
/// For each replicate of a bootstrap, the sums of a row's numbers times how often the replicate counts the row: whole
/// numbers on a grid, so that neither order nor threads change a bit.
/// </summary>
internal sealed class BootstrapSums
{
    private const int RowsAtATime = 64;
    private const int MostGridBits = 46;
    // Products of columns of length n sum to at most n, counted 20 times and with columns up to 4 times as long: 2^9.
    private const int SpareBits = 9;
    private const double ProbabilityOfNone = 0.36787944117144233; // 1 / e

    private static readonly ulong[] s_thresholds = Thresholds();

    private readonly int _width;
    private readonly double _grid;
    private readonly ulong[] _keys; // of the replicates
    private readonly long[][] _sums; // replicates x width, in whole vectors
    private readonly long[] _rows; // not yet added
    private readonly ulong[] _numbers; // of these
    private int _count;

    /// <summary>No rows yet.</summary>
    /// <param name="width">How many numbers a row has.</param>
    /// <param name="rows">How many rows there will be, each as often as it counts.</param>
    /// <param name="replicates">How many replicates.</param>
    /// <param name="seed">What counts are drawn from.</param>
    public BootstrapSums(int width, long rows, int replicates, long seed)
    {
        _width = width;
        var room = (width + Vector<long>.Count - 1) / Vector<long>.Count * Vector<long>.Count;
        var bits = Math.Min(MostGridBits, 62 - SpareBits - BitOperations.Log2((ulong)rows + 1));
        _grid = Math.ScaleB(1, bits);
        _keys = [.. Enumerable.Range(1, replicates).Select(k => Mix((ulong)seed + (ulong)k * 0x9E3779B97F4A7C15UL))];
        _sums = [.. Enumerable.Range(0, replicates).Select(_ => new long[room])];
        _rows = new long[RowsAtATime * room];
        _numbers = new ulong[RowsAtATime];
    }

    /// <summary>Whether every number was within bounds.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>How often a replicate counts a row: Poisson's distribution of mean 1.</summary>
    /// <param name="key">The replicate's key.</param>
    /// <param name="row">The row's number.</param>
    public static int CountOf(ulong key, ulong row)
    {
        var (hash, count) = (Mix(key + row * 0xD1B54A32D192ED03UL), 0);
        while (count < s_thresholds.Length && hash >= s_thresholds[count])
        {
            count++;
        }

        return count;
    }

    /// <summary>The key of a replicate.</summary>
    public ulong KeyOf(int replicate) => _keys[replicate];

    /// <summary>Adds a row.</summary>
    /// <param name="number">Its number, by which it is counted.</param>
    /// <param name="values">Its numbers.</param>
    public void Add(long number, ReadOnlySpan<double> values)
    {
        var row = _rows.AsSpan(_count * _sums[0].Length, _width);
        for (var k = 0; k < row.Length; k++)
        {
            var units = Math.Round(values[k] * _grid);
            IsFinite &= Math.Abs(units) < 1L << 56;
            row[k] = IsFinite ? (long)units : 0;
        }

        _numbers[_count++] = (ulong)number;
        if (_count == RowsAtATime)
        {
            Flush();
        }
    }

    /// <summary>Adds another's sums.</summary>
    public void Add(BootstrapSums other)
    {
        other.Flush();
        for (var r = 0; r < _sums.Length; r++)
        {
            for (var k = 0; k < _width; k++)
            {
                _sums[r][k] += other._sums[r][k];
            }
        }

        IsFinite &= other.IsFinite;
    }

    /// <summary>A replicate's sum of one of the numbers.</summary>
    public double this[int replicate, int k]
    {
        get
        {
            Flush();
            return _sums[replicate][k] / _grid;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Flush()
    {
        if (_count == 0)
        {
            return;
        }

        for (var r = 0; r < _sums.Length; r++)
        {
            var (key, sums) = (_keys[r], _sums[r]);
            for (var i = 0; i < _count; i++)
            {
                for (var times = CountOf(key, _numbers[i]); times > 0; times--)
                {
                    var row = _rows.AsSpan(i * sums.Length, sums.Length);
                    for (var k = 0; k < sums.Length; k += Vector<long>.Count)
                    {
                        (new Vector<long>(sums, k) + new Vector<long>(row[k..])).CopyTo(sums, k);
                    }
                }
            }
        }

        _count = 0;
    }

    // splitmix64: Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    // 2^64 times the probability of at most so many.
    private static ulong[] Thresholds()
    {
        var (thresholds, sum, term) = (new List<ulong>(), 0.0, ProbabilityOfNone);
        for (var k = 1; sum + term < 1 - 1e-16; k++)
        {
            sum += term;
            thresholds.Add((ulong)Math.ScaleB(sum, 64));
            term /= k;
        }

        return [.. thresholds];
    }
}
