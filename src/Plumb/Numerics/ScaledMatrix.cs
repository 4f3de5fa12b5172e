using System.Numerics;

namespace Plumb.Numerics;

/// <summary>A symmetric matrix held exactly: its element [i, j] is Whole[i, j] * 2^(Exponents[i] + Exponents[j]).</summary>
/// <param name="Whole">Whole numbers, size x size.</param>
/// <param name="Exponents">A power of two a row and column.</param>
internal sealed record ScaledMatrix(BigInteger[,] Whole, int[] Exponents)
{
    /// <summary>The number of rows and columns.</summary>
    public int Size => Exponents.Length;

    /// <summary>An element, exactly.</summary>
    public Dyadic this[int i, int j] => new(Whole[i, j], Exponents[i] + Exponents[j]);

    /// <summary>A symmetric matrix over a grid a column.</summary>
    public static ScaledMatrix Of(Dyadic[,] matrix)
    {
        var size = matrix.GetLength(0);
        var exponents = new int[size];
        for (var i = 0; i < size; i++)
        {
            exponents[i] = matrix[i, i].Exponent >> 1;
        }

        // Lower the grids until they hold every element; each deficit is shared between row and column.
        for (var i = 0; i < size; i++)
        {
            for (var j = i + 1; j < size; j++)
            {
                var deficit = exponents[i] + exponents[j] - matrix[i, j].Exponent;
                if (!matrix[i, j].IsZero && deficit > 0)
                {
                    exponents[i] -= (deficit + 1) / 2;
                    exponents[j] -= (deficit + 1) / 2;
                }
            }
        }

        var whole = new BigInteger[size, size];
        Shares.ForEach(size, i =>
        {
            for (var j = i; j < size; j++)
            {
                whole[i, j] = whole[j, i] = matrix[i, j].OnGrid(exponents[i] + exponents[j]);
            }
        });
        return new ScaledMatrix(whole, exponents);
    }

    /// <summary>The rows and columns named.</summary>
    public ScaledMatrix Submatrix(int[] columns)
    {
        var whole = new BigInteger[columns.Length, columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                whole[i, j] = Whole[columns[i], columns[j]];
            }
        }

        return new ScaledMatrix(whole, [.. columns.Select(column => Exponents[column])]);
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
                sum += Whole[i, j] * onGrid[j];
            }

            product[i] = new Dyadic(sum, grid + Exponents[i]);
        }

        return product;
    }
}
