using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Products of columns of whole numbers modulo primes below 2^13, one matrix product a prime, from which the Chinese
/// remainder theorem gives the products themselves:
/// for columns of s slices about 4 s products of 16-bit numbers instead of s^2 of doubles, at four times the speed.
/// Residues take time to form, so this is for many columns.
/// Ozaki, Uchino and Imamura, Ozaki scheme II: a GEMM-oriented emulation of floating-point matrix multiplication using
/// an integer modular technique, arXiv 2504.08009, 2025.
/// </summary>
/// <param name="plan">Where the slices lie: each column has all of them, in its own place.</param>
/// <param name="size">The number of columns.</param>
/// <param name="parallel">The most threads.</param>
/// <param name="receive">Takes the sum of a pair of columns, in units of both columns' last grids; of each pair once,
/// of several pairs at the same time.</param>
internal sealed class ResidueProducts(SlicePlan plan, int size, ParallelOptions parallel,
    Action<int, int, Int256> receive) : ColumnProducts
{
    /// <summary>The most slices.</summary>
    public const int MostSlices = 5;

    private const int Octet = ResidueTiles.Octet;
    private const int PanelColumns = ResidueTiles.PanelColumns;
    private const int BlockPanels = 8; // on the left of a block's products: they stay in the second-level cache

    private readonly int _primes = PrimesFor(plan.Offsets.Length);
    private readonly int _panelCount = PanelsFor(size);
    private readonly int _blockCount = BlocksFor(size); // of panels
    private readonly int _blockColumns = BlockColumnsFor(size);
    private readonly int _capacity = CapacityOf(size); // rows of a panel
    private readonly ChineseRemainder _remainder = new(PrimesFor(plan.Offsets.Length));
    private readonly double[,] _worths = Worths(plan.Offsets.Length);
    // Residues, a prime.
    private readonly AlignedArray<short>[] _panels = Aligned<short>(PrimesFor(plan.Offsets.Length),
        PanelsFor(size) * PanelColumns * CapacityOf(size));
    // Of their products, a prime: the upper triangle's blocks, each row by row.
    private readonly AlignedArray<int>[] _sums = Aligned<int>(PrimesFor(plan.Offsets.Length), SumsFor(size));
    private int _filled; // rows in the panels that are not in the sums yet
    private bool _isEmpty = true;

    /// <summary>The slices of each column.</summary>
    public int Slices => plan.Offsets.Length;

    private bool IsAlone => parallel.MaxDegreeOfParallelism == 1;

    /// <summary>Whether this takes less time than products of all slices.</summary>
    /// <param name="size">The number of columns.</param>
    /// <param name="most">The most slices of a column.</param>
    /// <param name="slices">The slices of all columns.</param>
    public static bool Pays(int size, int most, long slices)
    {
        const int Forming = 80; // forming the residue of a number takes as long as so many multiply-adds of residues
        const double Faster = 3; // than multiply-adds of doubles
        return ResidueTiles.IsSupported && most <= MostSlices
            && PrimesFor(most) * (long)size * (size + Forming) < Faster * slices * slices;
    }

    /// <inheritdoc/>
    public override void Accumulate(Memory<double> matrix, int rows)
    {
        var pairs = (rows + 1) / 2;
        if (_filled + 2 * pairs > _capacity)
        {
            MultiplyFilled();
        }

        if (rows < 2 * pairs)
        {
            matrix.Span.Slice(rows * plan.Stride, plan.Stride).Clear();
        }

        if (IsAlone)
        {
            FormResidues(matrix, 0, pairs);
        }
        else
        {
            var shares = parallel.MaxDegreeOfParallelism;
            Parallel.For(0, shares, parallel,
                share => FormResidues(matrix, pairs * share / shares, pairs * (share + 1) / shares));
        }

        (_filled, _isEmpty) = (_filled + 2 * pairs, false);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (_isEmpty)
        {
            return;
        }

        MultiplyFilled();
        Parallel.For(0, size, parallel, () => Arrays(_primes, _blockColumns), (i, _, digits) => HandOver(i, digits),
            _ => { });
        foreach (var sums in _sums)
        {
            sums.Span.Clear();
        }

        _isEmpty = true;
    }

    // Numbers of s slices are below 2^(22 s - 1), so the sum of 2^16 products is below 2^(44 s + 14), and the product
    // of the primes has to be twice as large.
    private static int PrimesFor(int slices) => ChineseRemainder.PrimesFor(2 * SlicePlan.SliceBits * slices + 15);

    private static int PanelsFor(int size) => (size + PanelColumns - 1) / PanelColumns;

    private static int BlocksFor(int size) => (PanelsFor(size) + BlockPanels - 1) / BlockPanels;

    private static int BlockColumnsFor(int size) => PanelColumns * Math.Min(BlockPanels, PanelsFor(size));

    private static int SumsFor(int size) => UpperTriangle.Length(BlocksFor(size)) * BlockColumnsFor(size)
        * BlockColumnsFor(size);

    private static AlignedArray<T>[] Aligned<T>(int count, int length)
        where T : unmanaged => [.. Enumerable.Range(0, count).Select(_ => new AlignedArray<T>(length))];

    private static double[][] Arrays(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(_ => new double[length])];

    // With many columns, the sums of as few rows as are sliced at a time would go to memory and back too often.
    private static int CapacityOf(int size) => (size >= 1000 ? 8 : 1) * SlicedGram.MostRows;

    /// <summary>What a one of each slice is worth, modulo each prime: primes x slices.</summary>
    private static double[,] Worths(int slices)
    {
        var worths = new double[PrimesFor(slices), slices];
        for (var prime = 0; prime < worths.GetLength(0); prime++)
        {
            var worth = 1L;
            for (var a = slices - 1; a >= 0; a--)
            {
                worths[prime, a] = worth > ChineseRemainder.Primes[prime] / 2 ? worth - ChineseRemainder.Primes[prime]
                    : worth;
                worth = (worth << SlicePlan.SliceBits) % ChineseRemainder.Primes[prime];
            }
        }

        return worths;
    }

    /// <summary>Adds the products of the residues, block by block.</summary>
    private void MultiplyFilled()
    {
        var (blocks, rows) = (_blockCount * _blockCount, _filled);
        if (IsAlone)
        {
            for (var task = 0; task < _primes * blocks; task++)
            {
                MultiplyBlock(task);
            }
        }
        else
        {
            Parallel.For(0, _primes * blocks, parallel, MultiplyBlock);
        }

        _filled = 0;

        void MultiplyBlock(int task)
        {
            var (prime, left, right) = (task / blocks, task / _blockCount % _blockCount, task % _blockCount);
            if (left > right)
            {
                return;
            }

            var panels = _panels[prime].Span;
            var sums = _sums[prime].Span[StartOf(left, right)..];
            var lefts = new Range(left * BlockPanels, Math.Min(_panelCount, (left + 1) * BlockPanels));
            var (start, end) = (right * BlockPanels, Math.Min(_panelCount, (right + 1) * BlockPanels));
            for (var first = start; first < end; first += ResidueTiles.PanelsPerTile)
            {
                var rights = new Range(first, Math.Min(end, first + ResidueTiles.PanelsPerTile));
                for (var row = 0; row < rows; row += SlicedGram.MostRows)
                {
                    var pairs = Math.Min(SlicedGram.MostRows, rows - row) / 2;
                    ResidueTiles.Accumulate(panels[(row * PanelColumns)..], _capacity * PanelColumns, pairs, lefts,
                        rights, sums[((first - start) * PanelColumns)..], _blockColumns,
                        ChineseRemainder.Primes[prime]);
                }
            }
        }
    }

    /// <summary>Where the sums of a block begin.</summary>
    private int StartOf(int left, int right) =>
        UpperTriangle.Place(left, right, _blockCount) * _blockColumns * _blockColumns;

    /// <summary>Hands a row's sums over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[][] HandOver(int i, double[][] digits)
    {
        var (block, row) = (i / _blockColumns, i % _blockColumns);
        for (var right = block; right < _blockCount; right++)
        {
            var first = right * _blockColumns;
            var (from, to) = (right == block ? row : 0, Math.Min(size - first, _blockColumns));
            _remainder.FindDigits(_sums, StartOf(block, right) + row * _blockColumns, from..to, digits);
            for (var j = from; j < to; j++)
            {
                receive(i, first + j, _remainder.ValueOf(digits, j));
            }
        }

        return digits;
    }

    /// <summary>
    /// The residues of numbers in slices: of a few rows, which stay in the first-level cache, modulo all primes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FormResidues(Memory<double> matrix, int start, int end)
    {
        const int Together = 4; // pairs of rows
        for (var first = start; first < end; first += Together)
        {
            var pairs = Math.Min(end - first, Together);
            for (var panel = 0; panel < _panelCount; panel++)
            {
                ref var row = ref matrix.Span[2 * first * plan.Stride + panel * PanelColumns];
                for (var prime = 0; prime < _primes; prime++)
                {
                    FormPanel(ref row, pairs, prime,
                        ref _panels[prime].Span[(panel * _capacity + _filled + 2 * first) * PanelColumns]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FormPanel(ref double row, int pairs, int prime, ref short residues)
    {
        var (stride, slices, (negative, inverse)) =
            (plan.Stride, plan.Offsets.Length, ChineseRemainder.Broadcast(ChineseRemainder.Primes[prime]));
        ref var worths = ref _worths[prime, 0];
        ref var offsets = ref plan.Offsets[0];
        for (var pair = 0; pair < pairs; pair++)
        {
            ref var next = ref Unsafe.Add(ref row, stride);
            Vector512<double> a0 = default, a1 = default, b0 = default, b1 = default;
            for (var slice = 0; slice < slices; slice++)
            {
                var (worth, offset) =
                    (Vector512.Create(Unsafe.Add(ref worths, slice)), (nuint)Unsafe.Add(ref offsets, slice));
                a0 = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref row, offset), worth, a0);
                a1 = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref row, offset + Octet), worth, a1);
                b0 = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref next, offset), worth, b0);
                b1 = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref next, offset + Octet), worth, b1);
            }

            var first = Pair(ChineseRemainder.Modulo(a0, negative, inverse),
                ChineseRemainder.Modulo(b0, negative, inverse));
            var second = Pair(ChineseRemainder.Modulo(a1, negative, inverse),
                ChineseRemainder.Modulo(b1, negative, inverse));
            Vector512.Narrow(first, second).AsInt16().StoreUnsafe(ref residues);
            row = ref Unsafe.Add(ref next, stride);
            residues = ref Unsafe.Add(ref residues, ResidueTiles.PairLength);
        }
    }

    /// <summary>Two residues of 16 bits, one after the other, in each of eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Pair(Vector512<double> first, Vector512<double> second)
    {
        // Added, makes the first one positive, so that it borrows nothing of the second; flipped, comes off again.
        const int Sign = 1 << 15;
        return Vector512.MultiplyAddEstimate(second, Vector512.Create((double)(1 << 16)),
            first + Vector512.Create(ChineseRemainder.Rounding + Sign)).AsInt64() ^ Vector512.Create((long)Sign);
    }
}
