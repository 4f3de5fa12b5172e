using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Sums of rows' numbers by key, of several keys a row, held exactly; and for each two keys, how many rows have both.
/// Keys are small whole numbers that become known as rows come.
/// </summary>
/// <param name="columns">How many numbers per row has.</param>
/// <param name="keys">How many keys a row has.</param>
internal sealed class KeyedSums(int columns, int keys)
{
    private readonly FixedPointRow _row = new(columns);
    private readonly Table[] _tables = [.. Enumerable.Range(0, keys).Select(_ => new Table(columns))];
    private readonly PairCounts[] _pairs =
        [.. Enumerable.Range(0, keys * (keys - 1) / 2).Select(_ => new PairCounts())];

    private int _rows; // whose sums are on their way into the totals

    /// <summary>How many values a key has had: one more than the largest.</summary>
    public int Count(int key) => _tables[key].Count;

    /// <summary>How many rows had this value of a key.</summary>
    public long RowsOf(int key, int value) => _tables[key].Rows[value];

    /// <summary>The sum of a column over the rows that had this value of a key.</summary>
    public Dyadic SumOf(int key, int value, int column)
    {
        Drain();
        return _tables[key].Totals[value * columns + column].Value;
    }

    /// <summary>How many rows had both values, for each two values that some row had.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">A later one.</param>
    public IEnumerable<((int Left, int Right) Values, long Rows)> PairsOf(int left, int right) =>
        _pairs[Place(left, right)].All();

    /// <summary>Sees to it that the rows to come can be added.</summary>
    /// <param name="largest">Each column's largest magnitude in them, finite.</param>
    public void Cover(ReadOnlySpan<double> largest)
    {
        if (!_row.Covers(largest))
        {
            Drain();
            _row.Raise(largest);
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="numbers">A number per column, of magnitudes that are covered.</param>
    /// <param name="values">A value a key, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<double> numbers, ReadOnlySpan<int> values)
    {
        if (_rows == FixedPointRow.MostRows)
        {
            Drain();
        }

        _rows++;
        var isComplete = _row.TryTake(numbers);
        for (var (k, place) = (0, 0); k < values.Length; k++)
        {
            _tables[k].Add(values[k], _row.Limbs);
            for (var other = k + 1; other < values.Length; other++, place++)
            {
                _pairs[place].Add(values[k], values[other]);
            }
        }

        if (!isComplete)
        {
            AddFiner(numbers, values);
        }
    }

    /// <summary>Adds another's sums.</summary>
    public void Add(KeyedSums other)
    {
        Drain();
        other.Drain();
        for (var k = 0; k < keys; k++)
        {
            _tables[k].Add(other._tables[k]);
        }

        for (var place = 0; place < _pairs.Length; place++)
        {
            _pairs[place].Add(other._pairs[place]);
        }
    }

    private void AddFiner(ReadOnlySpan<double> numbers, ReadOnlySpan<int> values)
    {
        for (var j = 0; j < numbers.Length; j++)
        {
            for (var k = 0; k < values.Length && _row.IsFiner(numbers[j], j); k++)
            {
                _tables[k].Totals[values[k] * columns + j].Add(numbers[j]);
            }
        }
    }

    private void Drain()
    {
        if (_rows > 0)
        {
            _rows = 0;
            foreach (var table in _tables)
            {
                table.Drain(_row.Grids);
            }
        }
    }

    private int Place(int left, int right) => left * (2 * keys - left - 1) / 2 + right - left - 1;

    /// <summary>The sums of one key.</summary>
    private sealed class Table(int columns)
    {
        private readonly int _limbs = FixedPointRow.LimbsOf(columns);
        private long[] _sums = []; // on their way into the totals: value by value

        public int Count { get; private set; }

        public long[] Rows { get; private set; } = [];

        public ExactSum[] Totals { get; private set; } = [];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(int value, long[] row)
        {
            if (value >= Count)
            {
                Reach(value);
            }

            Rows[value]++;
            ref var sum = ref _sums[value * _limbs];
            ref var limb = ref MemoryMarshal.GetArrayDataReference(row);
            for (nuint j = 0; j < (nuint)row.Length; j += (nuint)Vector512<long>.Count)
            {
                (Vector512.LoadUnsafe(ref sum, j) + Vector512.LoadUnsafe(ref limb, j)).StoreUnsafe(ref sum, j);
            }
        }

        public void Add(Table other)
        {
            Reach(other.Count - 1);
            for (var value = 0; value < other.Count; value++)
            {
                Rows[value] += other.Rows[value];
            }

            for (var place = 0; place < other.Count * columns; place++)
            {
                Totals[place].Add(other.Totals[place], 1);
            }
        }

        public void Drain(ReadOnlySpan<int> grids)
        {
            for (var value = 0; value < Count; value++)
            {
                var limbs = _sums.AsSpan(value * _limbs, _limbs);
                for (var j = 0; j < columns; j++)
                {
                    var sum = ((Int128)limbs[columns + j] << FixedPointRow.LimbBits) + limbs[j];
                    Totals[value * columns + j].Add((Int256)sum, grids[j]);
                }

                limbs.Clear();
            }
        }

        private void Reach(int value)
        {
            if (value >= Rows.Length)
            {
                var room = (int)BitOperations.RoundUpToPowerOf2((uint)value + 1);
                var (sums, rows, totals) = (_sums, Rows, Totals);
                Array.Resize(ref sums, room * _limbs);
                Array.Resize(ref rows, room);
                Array.Resize(ref totals, room * columns);
                (_sums, Rows, Totals) = (sums, rows, totals);
            }

            Count = Math.Max(Count, value + 1);
        }
    }
}
