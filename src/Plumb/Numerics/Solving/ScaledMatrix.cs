using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumb.Numerics;

/// <summary>
/// A symmetric matrix held exactly: its element [i, j] is Whole(i, j) * 2^(Exponents[i] + Exponents[j]).
/// </summary>
internal sealed class ScaledMatrix
{
    private readonly Int256[] _short; // the upper triangle, row by row; empty where an element is too long
    private BigInteger[]? _long; // the same; made when it is asked for

    private ScaledMatrix(Int256[] few, BigInteger[]? many, int[] exponents) =>
        (_short, _long, Exponents) = (few, many, exponents);

    /// <summary>A power of two per row and column.</summary>
    public int[] Exponents { get; }

    /// <summary>The number of rows and columns.</summary>
    public int Size => Exponents.Length;

    /// <summary>An element, exactly.</summary>
    public Dyadic this[int i,
        int j] => new(_short.Length > 0 ? _short[PlaceOf(i, j)] : Whole(i, j), Exponents[i] + Exponents[j]);

    private BigInteger[] Long => _long ??= Array.ConvertAll(_short, few => (BigInteger)few);

    /// <summary>A symmetric matrix over a grid a column.</summary>
    public static ScaledMatrix Of(Dyadic[,] matrix)
    {
        var size = matrix.GetLength(0);
        var triangle = new ExactSums(UpperTriangle.Length(size));
        for (var (i, place) = (0, 0); i < size; i++)
        {
            for (var j = i; j < size; j++, place++)
            {
                triangle[place] = matrix[i, j];
            }
        }

        return Of(triangle, size);
    }

    /// <summary>A symmetric matrix over a grid a column.</summary>
    /// <param name="triangle">The upper triangle, row by row; the matrix is held in its place.</param>
    /// <param name="size">The number of rows and columns.</param>
    public static ScaledMatrix Of(ExactSums triangle, int size)
    {
        var exponents = ExponentsOf(triangle, size);
        var areFew = true;
        ParallelFor.ForEach(size, i =>
        {
            for (var (j, place) = (i, UpperTriangle.Place(i, i, size)); j < size; j++, place++)
            {
                if (!triangle.TryMove(place, exponents[i] + exponents[j]))
                {
                    Volatile.Write(ref areFew, false);
                }
            }
        });
        if (areFew)
        {
            return new ScaledMatrix(triangle.Short, null, exponents);
        }

        var many = new BigInteger[triangle.Length];
        for (var i = 0; i < size; i++)
        {
            for (var j = i; j < size; j++)
            {
                var place = UpperTriangle.Place(i, j, size);
                many[place] = triangle[place].Value.OnGrid(exponents[i] + exponents[j]);
            }
        }

        return new ScaledMatrix([], many, exponents);
    }

    /// <summary>The whole number of an element.</summary>
    public BigInteger Whole(int i, int j) => Long[PlaceOf(i, j)];

    /// <summary>All whole numbers, size x size.</summary>
    public BigInteger[,] ToWhole()
    {
        var whole = new BigInteger[Size, Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = i; j < Size; j++)
            {
                whole[i, j] = whole[j, i] = Whole(i, j);
            }
        }

        return whole;
    }

    /// <summary>-1, 0 or 1 for an element.</summary>
    public int SignOf(int i, int j) => _short.Length > 0 ? _short[PlaceOf(i, j)].Sign : Whole(i, j).Sign;

    /// <summary>The bits of an element's whole number, without the sign.</summary>
    public int BitLengthOf(int i, int j) => _short.Length > 0 ? _short[PlaceOf(i, j)].BitLength
        : (int)Whole(i, j).GetBitLength();

    /// <summary>
    /// Writes an element's whole number times 2^shift as 64-bit words, the lowest first, in two's complement; false
    /// where it has more bits than allowed.
    /// </summary>
    public bool TryWrite(int i, int j, int shift, int mostBits, Span<ulong> words)
    {
        const int WordBits = 64;
        if (BitLengthOf(i, j) + shift > mostBits)
        {
            return false;
        }

        var (skip, bits) = (shift / WordBits, shift % WordBits);
        words[..skip].Clear();
        if (_short.Length > 0)
        {
            _short[PlaceOf(i, j)].CopyTo(words[skip..]);
        }
        else
        {
            words[skip..].Fill(SignOf(i, j) < 0 ? ulong.MaxValue : 0);
            Whole(i, j).TryWriteBytes(MemoryMarshal.AsBytes(words[skip..]), out _);
        }

        for (var k = words.Length - 1; k >= skip && bits > 0; k--)
        {
            words[k] = words[k] << bits | (k > skip ? words[k - 1] >> (WordBits - bits) : 0);
        }

        return true;
    }

    /// <summary>The rows and columns named.</summary>
    public ScaledMatrix Submatrix(int[] columns)
    {
        T[] Chosen<T>(T[] triangle) =>
            [.. Enumerable.Range(0, columns.Length)
                .SelectMany(i => columns[i..].Select(column => triangle[PlaceOf(columns[i], column)]))];
        return new ScaledMatrix(_short.Length > 0 ? Chosen(_short) : [], _short.Length > 0 ? null : Chosen(Long),
            [.. columns.Select(column => Exponents[column])]);
    }

    /// <summary>The product with a vector, exactly.</summary>
    public Dyadic[] Multiply(ReadOnlySpan<Dyadic> vector)
    {
        // On one common grid the inner loop is over whole numbers only.
        var grid = int.MaxValue;
        for (var j = 0; j < Size; j++)
        {
            grid = vector[j].IsZero ? grid : Math.Min(grid, vector[j].Exponent + Exponents[j]);
        }

        var onGrid = new BigInteger[Size];
        for (var j = 0; j < Size; j++)
        {
            onGrid[j] = vector[j].Scale(Exponents[j]).OnGrid(grid);
        }

        var product = new Dyadic[Size];
        for (var i = 0; i < Size; i++)
        {
            var sum = BigInteger.Zero;
            for (var j = 0; j < Size; j++)
            {
                sum += Whole(i, j) * onGrid[j];
            }

            product[i] = new Dyadic(sum, grid + Exponents[i]);
        }

        return product;
    }

    /// <summary>Grids low enough to hold every element; each deficit is shared between row and column.</summary>
    private static int[] ExponentsOf(ExactSums triangle, int size)
    {
        var exponents = new int[size];
        for (var i = 0; i < size; i++)
        {
            var square = triangle[UpperTriangle.Place(i, i, size)];
            exponents[i] = square.Sign == 0 ? 0 : square.Exponent >> 1;
        }

        for (var (i, place) = (0, 0); i < size; i++)
        {
            Stop.IfAsked();
            place++;
            for (var j = i + 1; j < size; j++, place++)
            {
                var element = triangle[place];
                var deficit = element.Sign == 0 ? 0 : exponents[i] + exponents[j] - element.Exponent;
                if (deficit > 0)
                {
                    exponents[i] -= (deficit + 1) / 2;
                    exponents[j] -= (deficit + 1) / 2;
                }
            }
        }

        return exponents;
    }

    private int PlaceOf(int i, int j) => UpperTriangle.Place(Math.Min(i, j), Math.Max(i, j), Size);
}
