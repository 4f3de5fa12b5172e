namespace Plumb;

/// <summary>A dense matrix of doubles, stored row by row, indexed [row, column] from 0; it is only read.</summary>
/// <remarks>Threads may share it; one over an array of the caller's while nobody writes to that.</remarks>
public sealed class Matrix : IEquatable<Matrix>
{
    private const int MostShown = 36; // numbers; of more the shape
    private readonly double[] _values; // rows x columns, row by row; what is behind them is another's

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

    /// <summary>A copy of a two-dimensional array in single precision, each number exactly.</summary>
    public Matrix(float[,] values)
        : this((values ?? throw new ArgumentNullException(nameof(values))).GetLength(0), values.GetLength(1))
    {
        var place = 0;
        foreach (var value in values)
        {
            _values[place++] = value;
        }
    }

    private Matrix(double[] values, int rows, int columns) => (_values, Rows, Columns) = (values, rows, columns);

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The element at [row, column].</summary>
    public double this[int row, int column]
    {
        get => Row(row)[column];
        internal set => WritableRow(row)[column] = value;
    }

    /// <summary>All elements, row by row.</summary>
    public ReadOnlySpan<double> Values => Writable;

    /// <summary>All elements, row by row, of a matrix that is being made.</summary>
    internal Span<double> Writable => _values.AsSpan(0, Rows * Columns);

    /// <summary>All elements, row by row, to be handed to other threads.</summary>
    internal ReadOnlyMemory<double> Memory => _values.AsMemory(0, Rows * Columns);

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> Row(int row) => WritableRow(row);

    /// <summary>One row of a matrix that is being made.</summary>
    internal Span<double> WritableRow(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return _values.AsSpan(row * Columns, Columns);
    }

    /// <summary>A matrix over an array, which is not copied: what is written to it shows.</summary>
    /// <param name="values">At least rows x columns numbers, row by row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="ArgumentException">The array is too short.</exception>
    public static Matrix Over(double[] values, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        return (long)rows * columns <= values.Length ? new Matrix(values, rows, columns)
            : throw new ArgumentException(FormattableString.Invariant(
                $"the array has {values.Length} numbers, where {rows} x {columns} were expected."), nameof(values));
    }

    /// <summary>A copy of columns of equal length, side by side.</summary>
    /// <exception cref="ArgumentException">The columns are of different lengths.</exception>
    public static Matrix OfColumns(params IReadOnlyList<ReadOnlyMemory<double>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var matrix = new Matrix(columns.Count == 0 ? 0 : columns[0].Length, columns.Count);
        for (var j = 0; j < columns.Count; j++)
        {
            var column = columns[j].Span;
            if (column.Length != matrix.Rows)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"column {j + 1} has {column.Length} numbers, where the first has {matrix.Rows}."),
                    nameof(columns));
            }

            for (var i = 0; i < column.Length; i++)
            {
                matrix._values[i * columns.Count + j] = column[i];
            }
        }

        return matrix;
    }

    /// <summary>A matrix whose elements are given by their place.</summary>
    public static Matrix Create(int rows, int columns, Func<int, int, double> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        var matrix = new Matrix(rows, columns);
        for (var i = 0; i < rows; i++)
        {
            var row = matrix.WritableRow(i);
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
        var copy = GC.AllocateUninitializedArray<double>(Rows * Columns);
        Values.CopyTo(copy);
        return new Matrix(copy, Rows, Columns);
    }

    /// <summary>The first rows, in the memory of this matrix.</summary>
    internal Matrix Top(int rows) => rows == Rows ? this : new Matrix(_values, rows, Columns);

    /// <summary>A copy of a two-dimensional array, [row, column].</summary>
    public static implicit operator Matrix(double[,] values) => new(values);

    /// <summary>A copy of a two-dimensional array in single precision, each number exactly.</summary>
    public static implicit operator Matrix(float[,] values) => new(values);

    /// <inheritdoc/>
    public bool Equals(Matrix? other) =>
        other is not null && Rows == other.Rows && Columns == other.Columns && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Matrix);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows, Columns);

    /// <summary>The numbers, row by row; of many the shape.</summary>
    public override string ToString() => Rows * Columns is 0 or > MostShown
        ? FormattableString.Invariant($"{Rows} x {Columns} matrix")
        : $"[{string.Join("; ", Enumerable.Range(0, Rows).Select(i => Shown.Numbers(Row(i))[1..^1]))}]";
}
