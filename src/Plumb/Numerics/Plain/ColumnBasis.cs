using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// An orthonormal basis of what a few columns span, and what it leaves of others. Columns that are combinations of
/// those before are left out. The same bits on every processor.
/// </summary>
internal sealed class ColumnBasis
{
    private const int Octet = 8; // numbers that are worked on at a time
    private const double Dependent = 1e-10; // of a column's squared length: what is left of it without the others

    private readonly List<double[]> _columns;

    /// <summary>A basis.</summary>
    /// <param name="length">The number of elements of a column.</param>
    /// <param name="columns">The columns, which stay as they are.</param>
    public ColumnBasis(int length, IEnumerable<double[]> columns)
        : this([], new double[length], columns)
    {
    }

    private ColumnBasis(List<double[]> columns, double[] leverages, IEnumerable<double[]> more)
    {
        (_columns, Leverages) = (columns, leverages);
        foreach (var column in more)
        {
            if (Rest(column) is { } rest)
            {
                Add(rest);
            }
        }
    }

    /// <summary>The number of independent columns.</summary>
    public int Rank => _columns.Count;

    /// <summary>Of each element: the squared length of its row in the basis.</summary>
    public double[] Leverages { get; }

    /// <summary>A basis of more columns.</summary>
    public ColumnBasis With(IEnumerable<double[]> more) => new([.. _columns], [.. Leverages], more);

    /// <summary>What the basis leaves of a column; null where that is no more than rounding.</summary>
    public double[]? Rest(double[] column)
    {
        var before = Dot(column, column);
        var rest = Remove(Remove([.. column])); // twice is enough: Parlett, The Symmetric Eigenvalue Problem, 6.9
        return Dot(rest, rest) > Dependent * before ? rest : null;
    }

    /// <summary>What the basis leaves of a column, be it rounding alone.</summary>
    public double[] Remainder(double[] column) => Remove([.. column]);

    /// <summary>The sum of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(double[] left, double[] right)
    {
        ref var a = ref MemoryMarshal.GetArrayDataReference(left);
        ref var b = ref MemoryMarshal.GetArrayDataReference(right);
        var (sums, i, octets) = (Vector512<double>.Zero, 0, left.Length & -Octet);
        for (; i < octets; i += Octet)
        {
            sums += Vector512.LoadUnsafe(ref a, (nuint)i) * Vector512.LoadUnsafe(ref b, (nuint)i);
        }

        var sum = 0.0;
        for (var lane = 0; lane < Octet; lane++)
        {
            sum += sums[lane];
        }

        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>own -= factor other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(double factor, double[] other, double[] own)
    {
        ref var a = ref MemoryMarshal.GetArrayDataReference(other);
        ref var b = ref MemoryMarshal.GetArrayDataReference(own);
        var (f, i, octets) = (Vector512.Create(factor), 0, own.Length & -Octet);
        for (; i < octets; i += Octet)
        {
            (Vector512.LoadUnsafe(ref b, (nuint)i) - f * Vector512.LoadUnsafe(ref a, (nuint)i))
                .StoreUnsafe(ref b, (nuint)i);
        }

        for (; i < own.Length; i++)
        {
            own[i] -= factor * other[i];
        }
    }

    private double[] Remove(double[] column)
    {
        foreach (var direction in _columns)
        {
            Subtract(Dot(direction, column), direction, column);
        }

        return column;
    }

    private void Add(double[] rest)
    {
        var length = Math.Sqrt(Dot(rest, rest));
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] /= length;
            Leverages[i] += rest[i] * rest[i];
        }

        _columns.Add(rest);
    }
}
