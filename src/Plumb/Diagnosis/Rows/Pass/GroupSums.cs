namespace Plumb.Diagnosis;

/// <summary>
/// Sums within the groups of columns that may group the rows: of each group its rows and their weights, and what is
/// needed to test whether its residuals hang together. The same bits in any order of rows, as they are summed on a
/// grid. A column of more groups than rows allow, or memory, is given up.
/// </summary>
/// <param name="frame">The frame.</param>
/// <param name="columns">Holds the rows that are added.</param>
internal sealed class GroupSums(RowFrame frame, RowColumns columns)
{
    /// <summary>A group has as many rows in the mean, or says nothing.</summary>
    public const int RowsAGroup = 5;

    private const int GridBits = 46; // of numbers near 1; 2^80 of them have room
    private const long MostNumbers = 1 << 18; // of a column's groups: 4 MB

    private static readonly double s_grid = Math.ScaleB(1, GridBits);

    // What is summed, times the root of the weight: all columns but the squared residuals.
    private readonly int[] _places = [.. Enumerable.Range(0, frame.Columns).Where(place =>
        !Enumerable.Range(0, frame.Targets.Length).Any(t => place == frame.PlaceOfTarget(t) + 3))];
    private Dictionary<ulong, Int128[]>?[] _groups = []; // null once there are too many

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    private long Most => Math.Min(frame.Fit.Rows / RowsAGroup, MostNumbers / Width);

    // The sums, the squared residuals of each target, and the rows.
    private int Width => _places.Length + frame.Targets.Length + 1;

    /// <summary>Adds the rows of a block that the columns hold.</summary>
    public void Add(Dataset block)
    {
        if (!frame.HasProducts || block.Groups is not { } labels || block.GroupNames.Count != labels.Columns
            || labels.Columns <= frame.Groupings)
        {
            return;
        }

        if (Names.Count == 0)
        {
            Names = [.. block.GroupNames.Skip(frame.Groupings)];
            _groups = [.. Names.Select(_ => new Dictionary<ulong, Int128[]>())];
        }

        for (var k = 0; k < _groups.Length; k++)
        {
            for (var i = 0; i < columns.Count && _groups[k] is { } groups; i++)
            {
                var label = labels[columns.Places[i], frame.Groupings + k];
                var key = BitConverter.DoubleToUInt64Bits(label + 0.0); // -0 is 0
                if (!groups.TryGetValue(key, out var sums))
                {
                    groups.Add(key, sums = new Int128[Width]);
                    _groups[k] = groups.Count > Most ? null : groups;
                }

                AddRow(i, sums);
            }
        }
    }

    /// <summary>Adds another's groups.</summary>
    public void Add(GroupSums other)
    {
        if (other.Names.Count == 0)
        {
            return;
        }

        if (Names.Count == 0)
        {
            (Names, _groups) = (other.Names, other._groups);
            return;
        }

        for (var k = 0; k < _groups.Length; k++)
        {
            if (_groups[k] is not { } groups || other._groups[k] is not { } others)
            {
                _groups[k] = null;
                continue;
            }

            foreach (var (key, sums) in others)
            {
                if (!groups.TryGetValue(key, out var own))
                {
                    groups.Add(key, sums);
                    continue;
                }

                for (var place = 0; place < own.Length; place++)
                {
                    own[place] += sums[place];
                }
            }

            _groups[k] = groups.Count > Most ? null : groups;
        }
    }

    /// <summary>
    /// The groups of a column, in the order of their labels; none where it has only one, or too many.
    /// </summary>
    /// <param name="column">The column's place.</param>
    public IReadOnlyList<Group> Of(int column) => _groups[column] is not { Count: > 1 } groups ? []
        : [.. groups.OrderBy(group => group.Key).Select(group => ToGroup(group.Value))];

    private Group ToGroup(Int128[] sums)
    {
        var values = new double[frame.Columns];
        for (var k = 0; k < _places.Length; k++)
        {
            values[_places[k]] = (double)sums[k] / s_grid;
        }

        for (var t = 0; t < frame.Targets.Length; t++)
        {
            values[frame.PlaceOfTarget(t) + 3] = (double)sums[_places.Length + t] / s_grid;
        }

        return new Group((long)sums[^1], values);
    }

    private void AddRow(int row, Int128[] sums)
    {
        var frequency = (Int128)columns.Frequencies[row];
        var root = columns.Columns[frame.PlaceOfConstant][row];
        for (var k = 0; k < _places.Length; k++)
        {
            sums[k] += OnGrid(root * columns.Columns[_places[k]][row]) * frequency;
        }

        for (var t = 0; t < frame.Targets.Length; t++)
        {
            var residual = columns.Residuals(t)[row];
            sums[_places.Length + t] += OnGrid(residual * residual) * frequency;
        }

        sums[^1] += frequency;
    }

    // A number that leaves the range makes all sums of the look unusable, and is told there.
    private static Int128 OnGrid(double value) =>
        double.IsFinite(value) ? (Int128)Math.Round(value * s_grid) : Int128.Zero;

    /// <summary>The sums of a group of rows.</summary>
    /// <param name="Rows">How many rows it has.</param>
    /// <param name="Sums">Of each column of the frame times the root of the weight; in the places of squared residuals,
    /// their sum.</param>
    public sealed record Group(long Rows, double[] Sums);
}
