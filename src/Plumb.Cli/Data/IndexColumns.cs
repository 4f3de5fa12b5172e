namespace Plumb.Cli;

/// <summary>Columns that number or name the rows, as pandas' index does: inputs only where they are named.</summary>
internal static class IndexColumns
{
    /// <summary>The inputs and targets chosen from the columns of a file.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="choose">Chooses them; without names, every column is an input.</param>
    public static DesignPlan Choose(RowReader reader, Func<TableColumns, DesignPlan> choose)
    {
        var columns = TableColumns.Of(reader);
        var others = reader.Columns.Except(reader.IndexColumns, StringComparer.Ordinal).ToList();
        if (others.Count < reader.Columns.Count)
        {
            try
            {
                return choose(columns.Only(others));
            }
            catch (CommandException)
            {
                // one of them is named, or nothing else is there
            }
        }

        return choose(columns);
    }

    /// <summary>What a user should know of those that are not used.</summary>
    public static IReadOnlyList<Finding> Findings(RowReader reader, Design design)
    {
        var left = reader.IndexColumns.Except([.. design.Columns.Inputs, .. design.Columns.Targets],
            StringComparer.Ordinal).ToList();
        return left.Count == 0 ? [] : [new Finding(Severity.Information, "index-left-out",
            $"{Names.List([.. left.Select(name => $"'{name}'")])}: an index that pandas wrote, which numbers or names "
                + "the rows, was left out.",
            "Name it with --input where it is a measurement.")];
    }
}
