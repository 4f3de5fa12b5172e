using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// The grids that columns of numbers are cut into slices on: where each column's first slice lies, and how many slices
/// it has. Grids rise and slices are added as values ask for it,
/// never the other way; as each time costs, columns that are alike follow at once.
/// </summary>
/// <param name="size">The number of columns.</param>
internal sealed class ColumnGrids(int size)
{
    /// <summary>The most slices of a column; those that need more are rare.</summary>
    public const int MostSlices = 8;

    private const int SliceBits = SlicePlan.SliceBits;
    private const int MostSpare = 2; // bits that a column's grid is raised by when another column's must be
    private const int ManyColumns = 256; // whose sums take so long to put away that their grids are raised beforehand
    private const int LeastGrid = -960; // above it neither shifters nor slices come near the subnormals
    private const int NoTop = SlicePlan.NoTop;

    private readonly int _spareAtFirst = size < ManyColumns ? 0 : MostSpare;
    private readonly int[] _tops = Enumerable.Repeat(NoTop, size).ToArray();
    private readonly double[] _reaches = new double[size]; // the largest magnitude that each column's first slice holds
    private readonly int[] _spare = new int[size];
    private readonly int[] _slices = Enumerable.Repeat(1, size).ToArray();

    /// <summary>The most slices that a column has.</summary>
    public int Most => _slices.Max();

    /// <summary>How many slices all columns have together.</summary>
    public int Total => _slices.Sum();

    /// <summary>How many slices a column has.</summary>
    public int SlicesOf(int column) => _slices[column];

    /// <summary>The power of two that a slice of a column counts in; the column need not have it.</summary>
    public int GridOf(int column, int slice) => SlicePlan.Grid(_tops[column], slice);

    /// <summary>Whether a column can have a slice at this place.</summary>
    public bool HasRoomFor(int column, int slice) => slice < MostSlices && GridOf(column, slice) >= LeastGrid;

    /// <summary>Whether each column's first slice reaches its largest magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Cover(ReadOnlySpan<double> largest)
    {
        for (var j = 0; j < _reaches.Length; j++)
        {
            if (largest[j] > _reaches[j])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Raises the grids so that they do, and the others by a little.</summary>
    public void Raise(ReadOnlySpan<double> largest)
    {
        for (var j = 0; j < size; j++)
        {
            var needed = largest[j] == 0 ? NoTop : Math.Max(Math.ILogB(largest[j]) + 1 - (SliceBits - 1), LeastGrid);
            if (_tops[j] != NoTop && _spare[j] < MostSpare)
            {
                _tops[j]++;
                _spare[j]++;
            }
            else if (_tops[j] == NoTop && needed != NoTop)
            {
                _tops[j] = needed + _spareAtFirst;
                _spare[j] = _spareAtFirst;
            }

            _tops[j] = Math.Max(_tops[j], needed);
            _reaches[j] = _tops[j] == NoTop ? 0 : Math.ScaleB(1, _tops[j] + SliceBits - 1);
        }
    }

    /// <summary>
    /// Gives columns a slice more. Columns of one kind come to need one after the other; when a quarter of them do, the
    /// rest follow.
    /// </summary>
    public void Grow(IEnumerable<int> columns)
    {
        const int Quarter = 4;
        foreach (var column in columns)
        {
            _slices[column]++;
        }

        var most = Most;
        var behind = Enumerable.Range(0, size).Where(column => _slices[column] == most - 1 && most > 2).ToList();
        if (Quarter * _slices.Count(count => count == most) >= behind.Count)
        {
            behind.ForEach(column => _slices[column]++);
        }
    }

    /// <summary>
    /// Gives all columns as many slices as the one with most; false, and nothing is changed, where one has no room.
    /// </summary>
    public bool TryLevel()
    {
        var most = Most;
        if (!Enumerable.Range(0, size).All(column => HasRoomFor(column, most - 1)))
        {
            return false;
        }

        Array.Fill(_slices, most);
        return true;
    }

    /// <summary>The layout of these slices.</summary>
    /// <param name="spareLevels">Further levels, for slices that are not in the matrix.</param>
    public SlicePlan Plan(int spareLevels) => new(_slices, _tops, spareLevels);
}
