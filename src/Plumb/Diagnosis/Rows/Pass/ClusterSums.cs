namespace Plumb.Diagnosis;

/// <summary>
/// For clustered errors: for each group of rows, the sums of coordinate times residual, per target; the same bits in
/// any order of rows, as they are summed on a grid.
/// </summary>
internal sealed class ClusterSums
{
    private const int GridBits = 46; // of numbers near 1; 2^80 of them have room

    private static readonly double s_grid = Math.ScaleB(1, GridBits);

    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly Func<int, Key> _keyOf;
    private readonly Dictionary<Key, Int128[]> _groups = []; // scores, target by target, then products

    private const long MostNumbers = 1 << 22; // of products; groups beyond have none

    private bool _hasProducts;

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    /// <param name="withProducts">Whether products of two coordinates are summed too, while groups are not too
    /// many.</param>
    /// <param name="groupings">The groupings whose values together make a group.</param>
    public ClusterSums(RowFrame frame, RowColumns columns, bool withProducts, params int[] groupings)
    {
        (_frame, _columns, _hasProducts) = (frame, columns, withProducts);
        ulong Of(int grouping, int row) =>
            BitConverter.DoubleToUInt64Bits(columns.Groups[grouping][row] + 0.0); // -0 is 0
        _keyOf = groupings is [var only] ? row => new Key(Of(only, row), 0)
            : row => new Key(Of(groupings[0], row), Of(groupings[1], row));
    }

    /// <summary>How many groups there are.</summary>
    public long Count => _groups.Count;

    /// <summary>Whether products of two coordinates are among the sums.</summary>
    public bool HasProducts => _hasProducts;

    private int Width => _frame.Coordinates + 1;

    private int Scores => Width * _frame.Targets.Length;

    private int Products => Width * (Width + 1) / 2;

    /// <summary>Adds the rows that the columns hold; false where a number is too large.</summary>
    public bool Add()
    {
        var isFinite = true;
        for (var i = 0; i < _columns.Count; i++)
        {
            var key = _keyOf(i);
            if (!_groups.TryGetValue(key, out var sums))
            {
                _groups.Add(key, sums = new Int128[Scores + (_hasProducts ? Products : 0)]);
                if (_hasProducts)
                {
                    KeepBound();
                    sums = _groups[key];
                }
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

            if (_hasProducts)
            {
                AddProducts(i, frequency, sums);
            }
        }

        return isFinite;
    }

    /// <summary>
    /// The sums of each group, in the order of their values: the scores of each target, the constant last, and the
    /// products of two coordinates, the lower triangle row by row.
    /// </summary>
    public IEnumerable<(double[][] Scores, double[] Products)> Sums() => _groups.OrderBy(group => group.Key)
        .Select(group => (
            Enumerable.Range(0, _frame.Targets.Length).Select(t => Enumerable.Range(Width * t, Width)
                .Select(k => (double)group.Value[k] / s_grid).ToArray()).ToArray(),
            group.Value.Skip(Scores).Select(sum => (double)sum / s_grid).ToArray()));

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

            for (var k = 0; k < Math.Min(own.Length, sums.Length); k++)
            {
                own[k] += sums[k];
            }
        }

        _hasProducts &= other._hasProducts;
        KeepBound();
    }

    private void AddProducts(int row, Int128 frequency, Int128[] sums)
    {
        var place = Scores;
        for (var k = 0; k < Width; k++)
        {
            var factor = ColumnOf(k)[row] * s_grid;
            for (var j = 0; j <= k; j++)
            {
                sums[place++] += (Int128)Math.Round(factor * ColumnOf(j)[row]) * frequency;
            }
        }
    }

    private double[] ColumnOf(int k) => _columns.Columns[k < _frame.Coordinates ? k : _frame.PlaceOfConstant];

    // How many groups there are in all decides, so that threads do not.
    private void KeepBound()
    {
        if (_hasProducts && _groups.Count * (long)Products <= MostNumbers)
        {
            return;
        }

        _hasProducts = false;
        foreach (var (key, sums) in _groups.Where(group => group.Value.Length > Scores).ToArray())
        {
            _groups[key] = sums[..Scores];
        }
    }

    /// <summary>
    /// A target's sum over the groups of the products of two of these sums, coordinates x coordinates, the constant
    /// last.
    /// </summary>
    public double[,] ProductsOfScores(int target)
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
