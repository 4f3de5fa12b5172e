using System.Globalization;
using Plumb.Cli.Reports;

namespace Plumb.Cli;

/// <summary>What a user should know of inputs that are made from columns.</summary>
internal static class DesignFindings
{
    private const int MostNamed = 5; // levels in one sentence

    /// <summary>
    /// Categories with what they are compared with, truth values, dates, and functions that are rounded.
    /// </summary>
    public static IReadOnlyList<Finding> Of(Design design) =>
    [
        .. design.Meanings.OrderBy(pair => Place(design, pair.Key)).Select(pair => Of(pair.Key, pair.Value)),
        .. Functions(design),
    ];

    private static Finding Of(string column, ColumnMeaning meaning) => meaning switch
    {
        ColumnMeaning.Category category => Information("category", $"{column}: {Levels(category)}."),
        ColumnMeaning.Date date => Information("date", $"{column}: {date.Unit} since {date.Beginning}."),
        _ => Information("truth-value", $"{column}: yes is 1, and no is 0."),
    };

    private static string Levels(ColumnMeaning.Category category)
    {
        var names = category.Names;
        var count = Numbers.Of(names.Count, "level");
        string[] others = [.. names.Where(name => name != category.Reference)];
        return names.Count == 1 ? $"1 level, {names[0]}, on every row, so it tells nothing and is left out"
            : category.Coding switch
            {
                Coding.Treatment => $"{count}; {Named(others)} against {category.Reference}",
                Coding.Sum => $"{count}; {Named(others)} against the mean of all, and {category.Reference} is minus "
                    + "their sum",
                Coding.Helmert => $"{count}; {Named([.. names.Skip(1)])}, each against the mean of those before it, "
                    + $"from {names[0]} on, as R's contr.helmert",
                _ => $"{count}, of which each is an input; with a bias they are dependent",
            };
    }

    private static string Named(IReadOnlyList<string> names) => names.Count <= MostNamed
        ? names.Count < 2 ? string.Concat(names) : string.Join(", ", names.SkipLast(1)) + " and " + names[^1]
        : string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(", ", names.Take(MostNamed - 1))} and {names.Count - MostNamed + 1} more");

    private static IEnumerable<Finding> Functions(Design design)
    {
        string[] names = [.. design.Terms.Concat(design.Targets).SelectMany(term => term.Factors)
            .Where(factor => factor.Function is not null).Select(factor => factor.Base.Name).Distinct()];
        return names.Length == 0 ? []
            : [Information("function-rounded", $"{Named(names)} {(names.Length == 1 ? "is" : "are")} rounded to "
                + $"doubles, as columns are; powers and products are not.")];
    }

    private static int Place(Design design, string column) => design.Columns.Inputs.ToList().IndexOf(column);

    private static Finding Information(string code, string message) => new(Severity.Information, code, message, "");
}
