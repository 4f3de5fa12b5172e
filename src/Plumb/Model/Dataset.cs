using System.Globalization;

namespace Plumb;

/// <summary>Rows of inputs with their targets: a whole data set, or one block of a longer one.</summary>
/// <remarks>Threads may share rows that none of them writes to.</remarks>
public sealed class Dataset
{
    /// <summary>The rows as given; the matrices are kept, not copied.</summary>
    /// <param name="inputs">Rows x inputs.</param>
    /// <param name="targets">Rows x targets.</param>
    /// <param name="names">The names of the columns; x1.., y1.. when left out.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public Dataset(Matrix inputs, Matrix targets, VariableNames? names = null)
        : this((inputs ?? throw new ArgumentNullException(nameof(inputs))).Rows, inputs.Columns,
            (targets ?? throw new ArgumentNullException(nameof(targets))).Rows, targets.Columns, names) =>
        (Inputs, Targets) = (inputs, targets);

    /// <summary>
    /// The rows of arrays as they lie; these are kept, not copied, and must not be written to while the rows are in
    /// use.
    /// </summary>
    /// <param name="inputs">Rows x inputs.</param>
    /// <param name="targets">Rows x targets.</param>
    /// <param name="names">The names of the columns; x1.., y1.. when left out.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public Dataset(double[,] inputs, double[,] targets, VariableNames? names = null)
        : this((inputs ?? throw new ArgumentNullException(nameof(inputs))).GetLength(0), inputs.GetLength(1),
            (targets ?? throw new ArgumentNullException(nameof(targets))).GetLength(0), targets.GetLength(1), names) =>
        Arrays = (inputs, targets);

    private Dataset(int rows, int inputs, int targetRows, int targets, VariableNames? names)
    {
        if (rows != targetRows)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"there are {rows} rows of inputs, but {targetRows} rows of targets; give one target row "
                        + $"an input row."), nameof(targets));
        }

        Rows = rows;
        Names = names ?? VariableNames.Default(inputs, targets);
        if (Names.Inputs.Count != inputs || Names.Targets.Count != targets)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"there are names for {Names.Inputs.Count} inputs and {Names.Targets.Count} targets, but "
                        + $"{inputs} and {targets} columns."), nameof(names));
        }
    }

    /// <summary>Rows x inputs; made of an array when first asked for.</summary>
    public Matrix Inputs { get => field ??= new Matrix(Arrays!.Value.Inputs); }

    /// <summary>Rows x targets; likewise.</summary>
    public Matrix Targets { get => field ??= new Matrix(Arrays!.Value.Targets); }

    /// <summary>The arrays that the rows lie in; null where that is matrices.</summary>
    internal (double[,] Inputs, double[,] Targets)? Arrays { get; }

    /// <summary>The names of the columns.</summary>
    public VariableNames Names { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>A weight per row; null where all rows count alike.</summary>
    /// <exception cref="ArgumentException">There are more or fewer weights than rows.</exception>
    public RowWeights? Weights
    {
        get;
        init => field = value is null || value.Values.Length == Rows
            ? value
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"there are {value.Values.Length}"
                + $" weights, but {Rows} rows; give one weight per row."), nameof(value));
    }

    /// <summary>One data set of the rows of all blocks, in their order.</summary>
    /// <exception cref="ArgumentException">A block has other columns, or weights where another has none.</exception>
    /// <exception cref="OverflowException">There are more numbers than one array holds.</exception>
    public static Dataset Concatenate(VariableNames names, IReadOnlyList<Dataset> blocks)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(blocks);
        var rows = checked((int)blocks.Sum(block => (long)block.Rows));
        return new Dataset(
            Stack([.. blocks.Select(block => block.Inputs)], rows, names.Inputs.Count),
            Stack([.. blocks.Select(block => block.Targets)], rows, names.Targets.Count),
            names)
        {
            Weights = RowWeights.Concatenate([.. blocks.Select(block => block.Weights)]),
        };
    }

    private static Matrix Stack(Matrix[] parts, int rows, int columns)
    {
        var whole = new Matrix(rows, columns);
        var filled = 0;
        foreach (var part in parts)
        {
            if (part.Columns != columns)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"a block has {part.Columns} columns, but {columns} names."),
                    nameof(parts));
            }

            part.Values.CopyTo(whole.Values[filled..]);
            filled += part.Values.Length;
        }

        return whole;
    }
}
