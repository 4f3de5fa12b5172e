namespace Plumb;

/// <summary>
/// For clustered errors: for each group of rows, the sums of coordinate times residual, a target; the same bits in any
/// order of rows, as they are summed on a grid.
/// </summary>
internal sealed class ClusterSums
{
    private const int GridBits = 46; // of numbers near 1; 2^80 of them have room

    private static readonly double s_grid = Math.ScaleB(1, GridBits);

    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly Func<int, Key> _keyOf;
    private readonly Dictionary<Key, Int128[]> _groups = [];

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    /// <param name="groupings">The groupings whose values together make a group.</param>
    public ClusterSums(RowFrame frame, RowColumns columns, params int[] groupings)
    {
        (_frame, _columns) = (frame, columns);
        ulong Of(int grouping, int row) =>
            BitConverter.DoubleToUInt64Bits(columns.Groups[grouping][row] + 0.0); // -0 is 0
        _keyOf = groupings is [var only] ? row => new Key(Of(only, row), 0)
            : row => new Key(Of(groupings[0], row), Of(groupings[1], row));
    }

    /// <summary>How many groups there are.</summary>
    public long Count => _groups.Count;

    private int Width => _frame.Coordinates + 1;

    /// <summary>Adds the rows that the columns hold; false where a number is too large.</summary>
    public bool Add()
    {
        var isFinite = true;
        for (var i = 0; i < _columns.Count; i++)
        {
            var key = _keyOf(i);
            if (!_groups.TryGetValue(key, out var sums))
            {
                _groups.Add(key, sums = new Int128[Width * _frame.Targets.Length]);
            }

            var frequency = (Int128)_columns.Frequencies[i];
            for (var t = 0; t < _frame.Targets.Length; t++)
            {
                var factor = _columns.Residuals(t)[i] * s_grid;
                for (var k = 0; k < Width; k++)
                {
                    var score = Math.Round(factor
                        * _columns.Columns[k < _frame.Coordinates ? k : _frame.PlaceOfConstant][i]);
                    isFinite &= double.IsFinite(score);
                    sums[Width * t + k] += (Int128)score * frequency;
                }
            }
        }

        return isFinite;
    }

    /// <summary>Adds another's groups.</summary>
    public void Add(ClusterSums other)
    {
        foreach (var (key, sums) in other._groups)
        {
            if (!_groups.TryGetValue(key, out var own))
            {
                _groups.Add(key, sums);
                continue;
            }

            for (var k = 0; k < own.Length; k++)
            {
                own[k] += sums[k];
            }
        }
    }

    /// <summary>
    /// A target's sum over the groups of the products of two of these sums, coordinates x coordinates, the constant
    /// last.
    /// </summary>
    public double[,] Products(int target)
    {
        var products = new double[Width, Width];
        var scores = new double[Width];
        foreach (var (_, sums) in _groups.OrderBy(group => group.Key))
        {
            for (var k = 0; k < Width; k++)
            {
                scores[k] = (double)sums[Width * target + k] / s_grid;
            }

            for (var i = 0; i < Width; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    products[i, j] += scores[i] * scores[j];
                }
            }
        }

        return products;
    }

    private readonly record struct Key(ulong First, ulong Second) : IComparable<Key>
    {
        public int CompareTo(Key other) =>
            First != other.First ? First.CompareTo(other.First) : Second.CompareTo(other.Second);
    }
}
