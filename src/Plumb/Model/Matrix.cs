namespace Plumb;

/// <summary>A dense matrix of doubles, stored row by row, indexed [row, column] from 0.</summary>
public sealed class Matrix : IEquatable<Matrix>
{
    private readonly double[] _values; // rows x columns, row by row

    /// <summary>A matrix of zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public Matrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        _values = new double[checked(rows * columns)];
    }

    /// <summary>A copy of a two-dimensional array, [row, column].</summary>
    public Matrix(double[,] values)
        : this((values ?? throw new ArgumentNullException(nameof(values))).GetLength(0), values.GetLength(1)) =>
        Buffer.BlockCopy(values, 0, _values, 0, Buffer.ByteLength(values));

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The element at [row, column].</summary>
    public double this[int row, int column]
    {
        get => Row(row)[column];
        set => Row(row)[column] = value;
    }

    /// <summary>All elements, row by row.</summary>
    public Span<double> Values => _values;

    /// <summary>All elements, row by row, to be handed to other threads.</summary>
    internal ReadOnlyMemory<double> Memory => _values;

    /// <summary>One row; writing to it writes to the matrix.</summary>
    public Span<double> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return _values.AsSpan(row * Columns, Columns);
    }

    /// <summary>A matrix whose elements are given by their place.</summary>
    public static Matrix Create(int rows, int columns, Func<int, int, double> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        var matrix = new Matrix(rows, columns);
        for (var i = 0; i < rows; i++)
        {
            var row = matrix.Row(i);
            for (var j = 0; j < columns; j++)
            {
                row[j] = element(i, j);
            }
        }

        return matrix;
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    public Matrix Clone()
    {
        var copy = new Matrix(Rows, Columns);
        _values.CopyTo(copy._values, 0);
        return copy;
    }

    /// <summary>The first rows: this matrix itself when those are all.</summary>
    internal Matrix Top(int rows)
    {
        if (rows == Rows)
        {
            return this;
        }

        var top = new Matrix(rows, Columns);
        Values[..top.Values.Length].CopyTo(top.Values);
        return top;
    }

    /// <summary>A copy of a two-dimensional array, [row, column].</summary>
    public static implicit operator Matrix(double[,] values) => new(values);

    /// <inheritdoc/>
    public bool Equals(Matrix? other) =>
        other is not null && Rows == other.Rows && Columns == other.Columns && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Matrix);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows, Columns, Rows * Columns > 0 ? _values[0] : 0);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Rows} x {Columns} matrix");
}
