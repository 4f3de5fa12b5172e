using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Products of columns of whole numbers modulo primes below 2^22, one matrix product a prime, from which the Chinese remainder theorem gives the products themselves:
/// 2 s + 1 products for columns of s slices instead of s^2. Residues take time to form, so this is for many columns.
/// Ozaki, Uchino and Imamura, Ozaki scheme II: a GEMM-oriented emulation of floating-point matrix multiplication using an integer modular technique, arXiv 2504.08009, 2025.
/// </summary>
/// <param name="plan">Where the slices lie: each column has all of them, in its own place.</param>
/// <param name="size">The number of columns.</param>
/// <param name="threads">The most threads.</param>
/// <param name="receive">Takes the sum of a pair of columns, in units of both columns' last grids; of each pair once, of several pairs at the same time.</param>
internal sealed class ResidueProducts(SlicePlan plan, int size, int threads, Action<int, int, BigInteger> receive) : ColumnProducts
{
    /// <summary>The most slices: what is reduced modulo a prime stays below 2^53.</summary>
    public const int MostSlices = 5;

    private const int Octet = TileProduct.Octet;
    private const int ReducedRows = 15 * SlicedGram.MostRows; // 2^21 * 2^21 * 15 * 2^7, and a residue, are below 2^53
    private const double Rounding = 1.5 * (1L << 52); // added and taken away again, leaves a whole number

    private static readonly int[] s_primes = [.. Enumerable.Range(1, 300).Select(gap => (1 << SlicePlan.SliceBits) - gap).Where(IsPrime).Take(PrimesFor(MostSlices))];
    private static readonly double[,] s_inverses = Inverses();

    private readonly int _primes = PrimesFor(plan.Offsets.Length);
    private readonly int _stride = StrideOf(size);
    private readonly double[] _residues = new double[SlicedGram.MostRows * StrideOf(size)];
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads };
    private readonly double[][] _sums = Arrays(PrimesFor(plan.Offsets.Length), StrideOf(size) * StrideOf(size));
    private int _rows; // since the sums were reduced
    private bool _isEmpty = true;

    /// <summary>The slices of each column.</summary>
    public int Slices => plan.Offsets.Length;

    /// <summary>Whether this takes less time than products of all slices.</summary>
    /// <param name="size">The number of columns.</param>
    /// <param name="most">The most slices of a column.</param>
    /// <param name="slices">The slices of all columns.</param>
    public static bool Pays(int size, int most, long slices)
    {
        const int Forming = 20; // forming the residue of a number takes as long as so many multiply-adds of the square
        const double Margin = 0.95;
        return most <= MostSlices && PrimesFor(most) * (long)size * (size + Forming) < Margin * slices * slices;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Accumulate(double[] matrix, int rows)
    {
        if (_rows + rows > ReducedRows)
        {
            for (var prime = 0; prime < _primes; prime++)
            {
                Reduce(_sums[prime], s_primes[prime]);
            }

            _rows = 0;
        }

        for (var prime = 0; prime < _primes; prime++)
        {
            FormResidues(matrix, rows, s_primes[prime]);
            Multiply(rows, _sums[prime]);
        }

        _rows += rows;
        _isEmpty = false;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (_isEmpty)
        {
            return;
        }

        Parallel.For(0, _primes, _parallel, prime => Reduce(_sums[prime], s_primes[prime]));
        Parallel.For(0, size, _parallel, () => Arrays(_primes, _stride), (i, _, digits) =>
        {
            FindDigits(i, digits);
            for (var j = i; j < size; j++)
            {
                receive(i, j, ValueOf(digits, j));
            }

            return digits;
        }, _ => { });
        foreach (var sums in _sums)
        {
            Array.Clear(sums);
        }

        (_rows, _isEmpty) = (0, true);
    }

    // Numbers of s slices are below 2^(22 s - 1), so the sum of 2^16 products is below 2^(44 s + 14); primes are above 2^21.99, and their product has to be twice as large.
    private static int PrimesFor(int slices) => 2 * slices + 1;

    // An odd number of octets, so that rows do not fall on the same cache lines.
    private static int StrideOf(int size) => Octet * ((SlicePlan.RoundUp(size) / Octet) | 1);

    private static double[][] Arrays(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];

    private void Multiply(int rows, double[] sums)
    {
        var octets = SlicePlan.RoundUp(size) / Octet;
        if (threads == 1)
        {
            TileProduct.Accumulate(_residues, rows, _stride, octets, sums);
            return;
        }

        // The longest strips, the last ones, go first, so that threads end together.
        var strips = (octets + TileProduct.OctetsPerTile - 1) / TileProduct.OctetsPerTile;
        Parallel.For(0, strips, _parallel, strip => TileProduct.AccumulateStrip(_residues, rows, _stride, octets, (strips - 1 - strip) * TileProduct.OctetsPerTile, sums));
    }

    private void FormResidues(double[] matrix, int rows, int prime)
    {
        if (threads == 1)
        {
            FormResidues(matrix, 0, rows, prime);
            return;
        }

        Parallel.For(0, threads, _parallel, share => FormResidues(matrix, rows * share / threads, rows * (share + 1) / threads, prime));
    }

    /// <summary>The residues of numbers in slices, the first of which is worth most: 2^22 is the prime and a small gap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FormResidues(double[] matrix, int start, int end, int prime)
    {
        var ((p, inverse), gap, slices) = (Broadcast(prime), Vector512.Create((double)((1 << SlicePlan.SliceBits) - prime)), plan.Offsets.Length);
        ref var row = ref matrix[start * plan.Stride];
        ref var residue = ref _residues[start * _stride];
        for (var k = start; k < end; k++)
        {
            for (var c = 0; c < size; c += Octet)
            {
                var value = Vector512.LoadUnsafe(ref row, (nuint)c);
                for (var a = 1; a < slices; a++)
                {
                    value = value * gap + Vector512.LoadUnsafe(ref row, (nuint)(plan.Offsets[a] + c));
                }

                Modulo(value, p, inverse).StoreUnsafe(ref residue, (nuint)c);
            }

            row = ref Unsafe.Add(ref row, plan.Stride);
            residue = ref Unsafe.Add(ref residue, _stride);
        }
    }

    /// <summary>Whole numbers below 2^53 modulo a prime: at most half of it away from 0, or hardly more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Modulo(Vector512<double> value, Vector512<double> prime, Vector512<double> inverse)
    {
        var quotient = value * inverse + Vector512.Create(Rounding) - Vector512.Create(Rounding);
        return value - quotient * prime;
    }

    private static (Vector512<double> Prime, Vector512<double> Inverse) Broadcast(int prime) => (Vector512.Create((double)prime), Vector512.Create(1.0 / prime));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reduce(double[] sums, int prime)
    {
        var (p, inverse) = Broadcast(prime);
        for (var i = 0; i < size; i++)
        {
            for (var c = i / Octet * Octet; c < size; c += Octet)
            {
                ref var sum = ref sums[i * _stride + c];
                Modulo(Vector512.LoadUnsafe(ref sum), p, inverse).StoreUnsafe(ref sum);
            }
        }
    }

    /// <summary>
    /// The digits of a row's sums in mixed radix: v[0] + v[1] p[0] + v[2] p[0] p[1] + .., each about half a prime away from 0 at most.
    /// Garner's algorithm: Knuth, The Art of Computer Programming 2, section 4.3.2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindDigits(int i, double[][] digits)
    {
        for (var c = i / Octet * Octet; c < size; c += Octet)
        {
            for (var prime = 0; prime < _primes; prime++)
            {
                var (p, inverse) = Broadcast(s_primes[prime]);
                var digit = Vector512.LoadUnsafe(ref _sums[prime][i * _stride + c]);
                for (var before = 0; before < prime; before++)
                {
                    digit = Modulo((digit - Vector512.LoadUnsafe(ref digits[before][c])) * s_inverses[before, prime], p, inverse);
                }

                digit.StoreUnsafe(ref digits[prime][c]);
            }
        }
    }

    private BigInteger ValueOf(double[][] digits, int j)
    {
        // Five digits a part: below 2^110.
        const int Part = 5;
        var value = BigInteger.Zero;
        for (var end = _primes; end > 0;)
        {
            var start = (end - 1) / Part * Part;
            var (part, radix) = (Int128.Zero, Int128.One);
            for (var k = end - 1; k >= start; k--)
            {
                part = part * s_primes[k] + (long)digits[k][j];
                radix *= s_primes[k];
            }

            value = value.IsZero ? part : value * radix + part;
            end = start;
        }

        return value;
    }

    private static double[,] Inverses()
    {
        var inverses = new double[s_primes.Length, s_primes.Length];
        for (var i = 0; i < s_primes.Length; i++)
        {
            for (var j = 0; j < s_primes.Length; j++)
            {
                var inverse = i == j ? 0 : (long)BigInteger.ModPow(s_primes[i], s_primes[j] - 2, s_primes[j]);
                inverses[i, j] = inverse > s_primes[j] / 2 ? inverse - s_primes[j] : inverse;
            }
        }

        return inverses;
    }

    private static bool IsPrime(int value)
    {
        for (var divisor = 2; divisor * divisor <= value; divisor++)
        {
            if (value % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }
}
