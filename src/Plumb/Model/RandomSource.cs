using System.Numerics;

namespace Plumb;

/// <summary>
/// A seeded stream of random numbers, the same on every machine and version: xoshiro256** seeded by SplitMix64.
/// Blackman and Vigna, Scrambled linear pseudorandom number generators, ACM Trans. Math. Softw. 47(4), 2021.
/// </summary>
/// <remarks>One thread at a time: give each its own, with a seed of its own.</remarks>
public sealed class RandomSource
{
    private const double UnitOfLastPlace = 1.0 / (1L << 53);
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>The stream that belongs to this seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">Different streams of one seed have nothing to do with each other, so that what is drawn for
    /// one purpose cannot repeat what is drawn for another.</param>
    public RandomSource(long seed, int stream = 0)
    {
        var purpose = (ulong)stream;
        var state = unchecked((ulong)seed) ^ (stream == 0 ? 0 : SplitMix(ref purpose));
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number uniform on [0, 1): a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * UnitOfLastPlace;

    /// <summary>A number from the standard normal distribution, by Marsaglia's polar method.</summary>
    public double NextNormal()
    {
        while (true)
        {
            var u = 2 * NextDouble() - 1;
            var v = 2 * NextDouble() - 1;
            var s = u * u + v * v;
            if (s is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * Math.Log(s) / s);
            }
        }
    }

    /// <summary>A whole number uniform on [0, limit), without bias (Lemire, 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public int NextIndex(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var range = (uint)limit;
        while (true)
        {
            var product = (NextBits() >> 32) * range;
            if ((uint)product >= unchecked(0u - range) % range)
            {
                return (int)(product >> 32);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => "random numbers by xoshiro256**";

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
