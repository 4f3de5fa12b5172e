using System.CommandLine;

namespace Plumb.Cli;

/// <summary>The columns that are left out, where all others are taken.</summary>
internal sealed class ExcludeOption
{
    private const string Name = "--exclude";

    private readonly Option<string[]> _names = Options.ColumnNames(Name,
        "A column to leave out, or several as in \"id*\"; repeat the option, or separate names with commas");

    /// <summary>Gives a command the option.</summary>
    public void AddTo(Command command) => command.Add(_names);

    /// <summary>The columns that are not left out.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="columns">The columns there are.</param>
    /// <param name="named">What other options name, which no pattern leaves out.</param>
    /// <param name="file">What the data are called.</param>
    /// <exception cref="CommandException">A name means no column.</exception>
    public IReadOnlyList<string> Keep(ParseResult parsed, IReadOnlyList<string> columns, IReadOnlyList<string> named,
        string file)
    {
        var values = parsed.GetValue(_names) ?? [];
        string[] others = [.. columns.Except(Pieces(named), StringComparer.Ordinal)];
        return values.Length == 0 ? columns
            : [.. columns.Except(
                Names.Resolve(Name, ColumnPatterns.Expand(Name, values, columns, others, file), columns, file),
                StringComparer.Ordinal)];
    }

    /// <summary>Refuses a column that one option names, and this one leaves out.</summary>
    /// <param name="option">The other option.</param>
    /// <param name="names">The columns that it names.</param>
    /// <param name="columns">The columns there are.</param>
    /// <param name="kept">Those that are not left out.</param>
    /// <exception cref="CommandException">There is such a column.</exception>
    public static void RequireKept(string option, IReadOnlyList<string> names, IReadOnlyList<string> columns,
        IReadOnlyList<string> kept)
    {
        var excluded = columns.Except(kept, StringComparer.Ordinal);
        if (Pieces(names).Intersect(excluded, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            throw CommandException.Usage($"'{both}' is named by {option} and left out by {Name}; leave it out of one "
                + "of the two.");
        }
    }

    private static IEnumerable<string> Pieces(IReadOnlyList<string> names) =>
        names.SelectMany(name => (string[])[name, .. name.Split(',')]).Select(name => name.Trim());
}
