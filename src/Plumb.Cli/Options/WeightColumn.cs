using System.Globalization;

namespace Plumb.Cli;

/// <summary>The column that holds a weight per row.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record WeightColumn(string Name, WeightKind Kind)
{
    /// <summary>Whether a weight is a number of rows.</summary>
    public bool CountsRows => Kind == WeightKind.Frequency;

    /// <summary>What the column holds, in a word.</summary>
    private string Word => Kind switch
    {
        WeightKind.Frequency => "frequency",
        WeightKind.StandardError => "standard error",
        _ => "weight",
    };

    private string Option => Kind switch
    {
        WeightKind.Frequency => "--frequency",
        WeightKind.StandardError => "--sigma",
        _ => "--weight",
    };

    /// <summary>The targets to read, and the weights as one more.</summary>
    /// <param name="read">The columns of the inputs and targets.</param>
    /// <param name="columns">The columns that there are.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="CommandException">There is no such column, or it is an input or target too.</exception>
    public IReadOnlyList<string> TargetsToRead(VariableNames read, IReadOnlyList<string> columns, string file)
    {
        var name = Names.Resolve(Option, [Name], columns, file)[0];
        return read.Inputs.Concat(read.Targets).Contains(name, StringComparer.Ordinal)
            ? throw CommandException.Usage(
                $"'{name}' holds the {Word}s, and is named as an input or target too; a column is one of these.")
            : [.. read.Targets, name];
    }

    /// <summary>The rows with the weights that their last target holds.</summary>
    /// <param name="block">The rows, with the weights as one target more.</param>
    /// <param name="first">The number of the first row, from 1.</param>
    /// <param name="file">What messages call the file.</param>
    public Dataset Separate(Dataset block, long first, string file)
    {
        var targets = block.Targets.Columns - 1;
        var values = new double[block.Rows];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = block.Targets[i, targets];
        }

        var kept = Matrix.Create(block.Rows, targets, (i, t) => block.Targets[i, t]);
        var names = new VariableNames(block.Names.Inputs, [.. block.Names.Targets.Take(targets)]);
        return new Dataset(block.Inputs, kept, names)
        {
            Weights = ToWeights(values, first, file),
        };
    }

    /// <summary>The same of decimals; a weight is the nearest double.</summary>
    /// <param name="block">The rows, with the weights as one target more.</param>
    /// <param name="first">The number of the first row, from 1.</param>
    /// <param name="file">What messages call the file.</param>
    public DecimalRows Separate(DecimalRows block, long first, string file) =>
        block.WithoutLastTarget(ToWeights(block.Target(block.Names.Targets.Count - 1), first, file));

    private RowWeights ToWeights(double[] values, long first, string file)
    {
        var areErrors = Kind == WeightKind.StandardError;
        if ((areErrors ? RowWeights.FindBadError(values) : RowWeights.FindBad(values, CountsRows)) is var bad and >= 0)
        {
            throw CommandException.DataRefused(
                string.Create(CultureInfo.InvariantCulture,
                    $"{file}: row {first + bad} has {Word} {values[bad]} in column '"
                        + $"{Name}', expected {(areErrors ? RowWeights.RuleOfErrors : RowWeights.RuleOf(CountsRows))}; "
                        + $"correct it or leave the row out."));
        }

        return areErrors ? RowWeights.OfStandardErrors(values)
            : CountsRows ? RowWeights.Frequencies(values) : RowWeights.Precisions(values);
    }

    /// <summary>Tells of rows that count for nothing.</summary>
    /// <param name="rows">How many there are, 1 or more.</param>
    public Finding LeftOut(long rows) => new(
        Severity.Information,
        "weight-zero",
        string.Create(CultureInfo.InvariantCulture,
            $"{rows} {(rows == 1 ? "row" : "rows")} of {Word} 0 "
                + $"{(rows == 1 ? "is" : "are")} left out."),
        "");
}
