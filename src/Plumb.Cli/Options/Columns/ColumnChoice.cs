using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The inputs and targets that options choose, patterns and columns left out among them.</summary>
internal static class ColumnChoice
{
    /// <summary>The inputs and targets; without inputs, all columns that are left.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="exclude">What leaves columns out.</param>
    /// <param name="table">The columns there are.</param>
    /// <param name="inputs">What names the inputs.</param>
    /// <param name="targets">What names the targets.</param>
    /// <param name="apart">Columns that are inputs only where they are named: weights and groups.</param>
    /// <param name="file">What the data are called.</param>
    /// <exception cref="CommandException">A name means no column, or is given twice; or no column is left for the
    /// inputs.</exception>
    public static DesignPlan Of(ParseResult parsed, ExcludeOption exclude, TableColumns table,
        IReadOnlyList<string> inputs, IReadOnlyList<string> targets, IReadOnlyList<string> apart, string file)
    {
        var columns = table.Names;
        var kept = exclude.Keep(parsed, columns, [.. targets, .. inputs], file);
        ExcludeOption.RequireKept("--target", targets, columns, kept);
        ExcludeOption.RequireKept("--input", inputs, columns, kept);
        string[] free = [.. kept.Except(apart, StringComparer.Ordinal)];
        targets = ColumnPatterns.Expand("--target", targets, kept, free, file);
        var taken = Names.ResolveTerms("--target", targets, kept, file).Terms.SelectMany(term => term.Columns);
        string[] others = [.. free.Except(taken, StringComparer.Ordinal)];
        return Names.Choose(table.Only(kept), ColumnPatterns.Expand("--input", inputs, kept, others, file), targets,
            apart, file);
    }
}
