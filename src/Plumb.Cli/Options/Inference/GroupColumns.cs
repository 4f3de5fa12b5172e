using System.Globalization;

namespace Plumb.Cli;

/// <summary>The columns that say which group a row belongs to, for errors that allow for groups.</summary>
/// <param name="Columns">Their names as given.</param>
internal sealed record GroupColumns(IReadOnlyList<string> Columns)
{
    /// <summary>Those that errors are clustered by; null where they are not.</summary>
    public static GroupColumns? Of(ErrorMethod? errors) =>
        errors is ClusteredErrors clustered ? new GroupColumns(clustered.Columns) : null;

    /// <summary>Finds them among the columns of a reader, and tells it to read texts as labels.</summary>
    /// <param name="reader">Reads the rows.</param>
    /// <param name="read">The columns of the inputs and targets.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="CommandException">There is no such column, or it is a target.</exception>
    public GroupedReading For(RowReader reader, VariableNames read, string file)
    {
        var names = Names.Resolve("--errors cluster", Columns, reader.Columns, file);
        if (names.FirstOrDefault(name => read.Targets.Contains(name, StringComparer.Ordinal)) is { } target)
        {
            throw CommandException.Usage($"--errors cluster names '{target}', which is a target, expected a column "
                + "that says which group a row belongs to.");
        }

        var table = TableColumns.Of(reader);
        string[] further = [.. names.Where(name => !read.Inputs.Contains(name, StringComparer.Ordinal))];
        foreach (var name in further.Where(name => table.KindOf(name) != ColumnKind.Number))
        {
            reader.ReadAs(name, new GroupLabels());
        }

        return new GroupedReading(read, names, further);
    }

    /// <summary>Refuses a grouping that has one group.</summary>
    /// <param name="errors">The errors that were found.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="CommandException">All rows belong together.</exception>
    public void RequireSeveral(RobustErrors? errors, string file)
    {
        if (errors?.Groups.ToList().IndexOf(1) is >= 0 and var only)
        {
            throw CommandException.DataRefused(string.Create(CultureInfo.InvariantCulture,
                $"{file}: column '{Columns[only]}' holds one value on all rows, expected two groups or more for "
                    + $"--errors cluster; name a column that groups the rows."));
        }
    }
}
