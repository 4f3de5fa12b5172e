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
    private readonly int _octets = SlicePlan.RoundUp(size) / Octet;
    private readonly int _capacity = CapacityOf(size); // rows of a panel
    private readonly AlignedArray[] _panels = [.. Enumerable.Range(0, IsWide(size) ? PrimesFor(plan.Offsets.Length) : 1).Select(_ => new AlignedArray(SlicePlan.RoundUp(size) * CapacityOf(size)))]; // residues, eight columns a panel
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads };
    private readonly double[][] _sums = Arrays(PrimesFor(plan.Offsets.Length), StrideOf(size) * StrideOf(size));
    private int _filled; // rows in the panels that are not in the sums yet
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
        if (_filled + rows > _capacity)
        {
            MultiplyFilled();
        }

        if (_rows + _filled + rows > ReducedRows)
        {
            MultiplyFilled();
            for (var prime = 0; prime < _primes; prime++)
            {
                Reduce(_sums[prime], s_primes[prime]);
            }

            _rows = 0;
        }

        for (var prime = 0; prime < _primes; prime++)
        {
            FormResidues(matrix, rows, prime);
            if (!IsWide(size))
            {
                Multiply(prime, rows);
            }
        }

        (_filled, _rows) = IsWide(size) ? (_filled + rows, _rows) : (0, _rows + rows);
        _isEmpty = false;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (_isEmpty)
        {
            return;
        }

        MultiplyFilled();
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

    // With many columns, the sums of as few rows as are sliced at a time would go to memory and back too often.
    private static bool IsWide(int size) => size >= 1000;

    private static int CapacityOf(int size) => (IsWide(size) ? 4 : 1) * SlicedGram.MostRows;

    private void MultiplyFilled()
    {
        for (var prime = 0; prime < _primes && _filled > 0; prime++)
        {
            Multiply(prime, _filled);
        }

        (_filled, _rows) = (0, _rows + _filled);
    }

    /// <summary>Adds the products of the residues modulo a prime, block by block: the panels on the left of a block's products stay in the second-level cache.</summary>
    private void Multiply(int prime, int rows)
    {
        const int BlockOctets = 8; // 512 rows of them are 256 KB
        const int BlockStrips = 8;
        var (panels, sums) = (_panels[prime % _panels.Length], _sums[prime]);
        var (blocks, groups) = ((_octets + BlockOctets - 1) / BlockOctets, (_octets + BlockStrips * TileProduct.OctetsPerTile - 1) / (BlockStrips * TileProduct.OctetsPerTile));
        if (threads == 1)
        {
            for (var task = 0; task < blocks * groups; task++)
            {
                MultiplyBlock(task);
            }
        }
        else
        {
            Parallel.For(0, blocks * groups, _parallel, MultiplyBlock);
        }

        void MultiplyBlock(int task)
        {
            var lefts = new Range(task / groups * BlockOctets, Math.Min(_octets, (task / groups + 1) * BlockOctets));
            var firstStrip = task % groups * BlockStrips;
            for (var first = firstStrip * TileProduct.OctetsPerTile; first < Math.Min(_octets, (firstStrip + BlockStrips) * TileProduct.OctetsPerTile); first += TileProduct.OctetsPerTile)
            {
                for (var row = 0; row < rows; row += SlicedGram.MostRows)
                {
                    TileProduct.AccumulatePanels(panels.Span[(row * Octet)..], _capacity * Octet, Math.Min(SlicedGram.MostRows, rows - row), _octets, lefts, first, sums, _stride);
                }
            }
        }
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
        const int Together = 8; // rows of a panel that are written one after another
        var ((p, inverse), gap, slices) = (Broadcast(s_primes[prime]), Vector512.Create((double)((1 << SlicePlan.SliceBits) - s_primes[prime])), plan.Offsets.Length);
        var panels = _panels[prime % _panels.Length].Span;
        for (var first = start; first < end; first += Together)
        {
            for (var octet = 0; octet < _octets; octet++)
            {
                ref var row = ref matrix[first * plan.Stride + octet * Octet];
                ref var residue = ref panels[(octet * _capacity + _filled + first) * Octet];
                for (var k = first; k < Math.Min(end, first + Together); k++)
                {
                    var value = Vector512.LoadUnsafe(ref row);
                    for (var a = 1; a < slices; a++)
                    {
                        value = value * gap + Vector512.LoadUnsafe(ref row, (nuint)plan.Offsets[a]);
                    }

                    Modulo(value, p, inverse).StoreUnsafe(ref residue);
                    row = ref Unsafe.Add(ref row, plan.Stride);
                    residue = ref Unsafe.Add(ref residue, Octet);
                }
            }
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
