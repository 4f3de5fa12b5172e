using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// For each pair of columns, a sum per level: of the products of slices whose places add up to it, which have the same
/// grid. On their way into the totals.
/// </summary>
/// <param name="size">The number of columns.</param>
/// <param name="grids">Where the columns' slices lie.</param>
/// <param name="totals">Receives the sums: the upper triangle, row by row.</param>
internal sealed class LevelSums(int size, ColumnGrids grids, ExactSums totals)
{
    private int _perPair;

    /// <summary>Whether the totals are added to (1) or taken from (-1).</summary>
    public int Sign { get; set; } = 1;

    /// <summary>
    /// The sums: pair by pair, a level after the other; empty where products go to the totals at once.
    /// </summary>
    public long[] Values { get; private set; } = [];

    /// <summary>Makes room for so many levels, once the sums have been moved; none with 0.</summary>
    public void Prepare(int levels)
    {
        _perPair = levels;
        if (Values.Length != totals.Length * levels)
        {
            Values = new long[totals.Length * levels];
        }
    }

    /// <summary>Adds the product of two columns' slices, whose places add up to the level.</summary>
    public void Add(int i, int j, int level, long product)
    {
        (i, j) = (Math.Min(i, j), Math.Max(i, j));
        if (Values.Length > 0)
        {
            Values[UpperTriangle.Place(i, j, size) * _perPair + level] += product;
        }
        else
        {
            AddTotal(i, j, (Int128)product, level);
        }
    }

    /// <summary>Adds the sum of products of two columns' slices, whose places add up to the level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTotal(int i, int j, Int256 sum, int level) =>
        totals.Add(UpperTriangle.Place(i, j, size), Sign < 0 ? -sum : sum,
            grids.GridOf(i, 0) + grids.GridOf(j, level));

    /// <summary>Moves the sums to the totals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Drain()
    {
        for (var (i, place) = (0, 0); i < size && Values.Length > 0; i++)
        {
            for (var j = i; j < size; j++, place++)
            {
                var own = Values.AsSpan(place * _perPair, _perPair);
                if (!own.ContainsAnyExcept(0))
                {
                    continue;
                }

                var sum = BigInteger.Zero;
                foreach (var value in own)
                {
                    sum = (sum << SlicePlan.SliceBits) + value;
                }

                totals.Add(place, new Dyadic(Sign * sum, grids.GridOf(i, 0) + grids.GridOf(j, _perPair - 1)), 1);
            }
        }

        Array.Clear(Values);
    }
}
