namespace Plumb;

/// <summary>Rows of inputs with their targets: a whole data set, or one block of a longer one.</summary>
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
            throw new ArgumentException(FormattableString.Invariant($"there are {inputs.Rows} rows of inputs, but {targets.Rows} rows of targets; give one target row an input row."), nameof(targets));
        }

        Names = names ?? VariableNames.Default(inputs.Columns, targets.Columns);
        if (Names.Inputs.Count != inputs.Columns || Names.Targets.Count != targets.Columns)
        {
            throw new ArgumentException(FormattableString.Invariant($"there are names for {Names.Inputs.Count} inputs and {Names.Targets.Count} targets, but {inputs.Columns} and {targets.Columns} columns."), nameof(names));
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
}
