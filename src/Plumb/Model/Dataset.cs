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
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Rows != targets.Rows)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"there are {inputs.Rows} rows of inputs, but {targets.Rows} rows of targets; give one target row "
                        + $"an input row."), nameof(targets));
        }

        Names = names ?? VariableNames.Default(inputs.Columns, targets.Columns);
        if (Names.Inputs.Count != inputs.Columns || Names.Targets.Count != targets.Columns)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"there are names for {Names.Inputs.Count} inputs and {Names.Targets.Count} targets, but "
                        + $"{inputs.Columns} and {targets.Columns} columns."), nameof(names));
        }

        Inputs = inputs;
        Targets = targets;
    }

    /// <summary>Rows x inputs.</summary>
    public Matrix Inputs { get; }

    /// <summary>Rows x targets.</summary>
    public Matrix Targets { get; }

    /// <summary>The names of the columns.</summary>
    public VariableNames Names { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Inputs.Rows;

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

    /// <summary>
    /// Which group each row belongs to, rows x groupings: rows with equal numbers belong together. Null where rows are
    /// not grouped.
    /// </summary>
    /// <exception cref="ArgumentException">There are more or fewer rows, or a number is not finite.</exception>
    public Matrix? Groups
    {
        get;
        init => field = value is null || value.Rows == Rows && Array.TrueForAll(value.Values.ToArray(), double.IsFinite)
            ? value
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"there are {value.Rows} rows of groups for {Rows} rows, or one of them is not finite; give each row a "
                    + $"number per grouping."), nameof(value));
    }

    /// <summary>
    /// What the groupings are called, one name each; empty where that is not said. Those behind the ones that errors
    /// are clustered by are looked at by <see cref="RowTests"/>: do residuals hang together in their groups?
    /// </summary>
    public IReadOnlyList<string> GroupNames { get; init; } = [];

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

    /// <inheritdoc/>
    public override string ToString() => $"{Shown.Count(Rows, "row")}, {Shown.Names(Names)}";

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

            part.Values.CopyTo(whole.Writable[filled..]);
            filled += part.Values.Length;
        }

        return whole;
    }
}
