using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Groups of rows with the same inputs, to the last bit: what varies within them is noise, whatever the shape of the
/// truth.
/// Where there are more groups than are kept, those with the smallest hashes are, so that the order of the rows makes
/// no
/// difference; rows of others count as groups of their own, which makes the lack-of-fit test weaker, not wrong.
/// </summary>
internal sealed class Replicates(int targets)
{
    private const int MostGroups = 1 << 12; // with as many, the test is as sharp as it has to be
    private const int Bits = 64;

    private Dictionary<RowKey, Group> _groups = [];
    private int _level; // only hashes with so many leading zeros are kept

    /// <summary>Rows less groups: the degrees of freedom within groups.</summary>
    public long Freedom() => _groups.Values.Sum(group => group.Rows - 1);

    /// <summary>The sum over rows of the squared distance to the mean of their group, of one target.</summary>
    public double SumOfSquares(int target)
    {
        var sum = default(ExactSum);
        foreach (var group in _groups.Values)
        {
            if (group.Rows > 1)
            {
                sum.Add(group.SumOfSquares(target));
            }
        }

        return sum.Value.ToDouble();
    }

    /// <summary>Adds the rows that columns hold.</summary>
    /// <param name="block">Their block.</param>
    /// <param name="rows">The columns.</param>
    public void Add(Dataset block, RowColumns rows)
    {
        var hashes = rows.InputHashes;
        for (var i = 0; i < hashes.Length; i++)
        {
            if (IsKept(hashes[i]))
            {
                var hash = new RowHash();
                hash.Add(block.Inputs.Row(rows.Places[i]));
                Find(new RowKey(hashes[i], hash.Value)).Add(rows, i);
                Shrink();
            }
        }
    }

    /// <summary>Adds another's groups.</summary>
    public void Add(Replicates other)
    {
        _level = Math.Max(_level, other._level);
        foreach (var (key, group) in other._groups)
        {
            if (IsKept(key.First))
            {
                Find(key).Add(group);
            }
        }

        Filter();
        Shrink();
    }

    private bool IsKept(ulong hash) => _level == 0 || hash >> (Bits - _level) == 0;

    private Group Find(RowKey key)
    {
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new Group(targets));
        }

        return group;
    }

    private void Shrink()
    {
        while (_groups.Count > MostGroups)
        {
            _level++;
            Filter();
        }
    }

    private void Filter() => _groups = _groups.Where(pair => IsKept(pair.Key.First)).ToDictionary();

    private sealed class Group(int targets)
    {
        private readonly ExactSum[] _sums = new ExactSum[targets]; // of residuals, weighted
        private readonly ExactSum[] _squares = new ExactSum[targets];
        private ExactSum _weights;

        public long Rows { get; private set; }

        public void Add(RowColumns rows, int row)
        {
            var (frequency, root) = (rows.Frequencies[row], rows.RootOfWeight(row));
            Rows += (long)frequency;
            AddTo(ref _weights, root * root, frequency);
            for (var t = 0; t < _sums.Length; t++)
            {
                var residual = rows.Residuals(t)[row];
                AddTo(ref _sums[t], root * residual, frequency);
                AddSquareTo(ref _squares[t], residual, frequency);
            }
        }

        public void Add(Group other)
        {
            Rows += other.Rows;
            _weights.Add(other._weights, 1);
            for (var t = 0; t < _sums.Length; t++)
            {
                _sums[t].Add(other._sums[t], 1);
                _squares[t].Add(other._squares[t], 1);
            }
        }

        public double SumOfSquares(int target)
        {
            var (weight, sum) = (_weights.Value, _sums[target].Value);
            return Math.Max(0, Dyadic.Ratio(_squares[target].Value * weight - sum * sum, weight));
        }

        private static void AddTo(ref ExactSum sum, double value, double frequency)
        {
            if (double.IsFinite(value))
            {
                var (significand, exponent) = Dyadic.Split(value);
                sum.Add((Int128)significand * (long)frequency, exponent);
            }
        }

        private static void AddSquareTo(ref ExactSum sum, double value, double frequency)
        {
            if (double.IsFinite(value))
            {
                var (significand, exponent) = Dyadic.Split(value);
                Int256 square = (Int128)significand * significand;
                sum.Add(frequency == 1 ? square : square * (Int256)(Int128)(long)frequency, 2 * exponent);
            }
        }
    }
}
