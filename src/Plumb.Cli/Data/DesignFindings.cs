using System.Globalization;

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
        ColumnMeaning.Time date => Information("date", $"{column}: {date.Unit} since {date.Beginning}."),
        _ => Information("truth-value", $"{column}: yes or true is 1, no or false is 0."),
    };

    private static string Levels(ColumnMeaning.Category category)
    {
        var names = category.Names;
        var count = NumberText.Of(names.Count, "level");
        string[] others = [.. names.Where(name => name != category.Reference)];
        return names.Count == 1 ? $"1 level, {names[0]}, on every row, so it carries no information and is left out"
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

    private static string Named(string[] names) => names.Length <= MostNamed
        ? names.Length < 2 ? string.Concat(names) : string.Join(", ", names.SkipLast(1)) + " and " + names[^1]
        : string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(", ", names.Take(MostNamed - 1))} and {names.Length - MostNamed + 1} more");

    private static IEnumerable<Finding> Functions(Design design)
    {
        string[] names = [.. design.Terms.Concat(design.Targets).SelectMany(term => term.Factors)
            .Where(factor => factor.Function is not null).Select(factor => factor.Base.Name).Distinct()];
        return names.Length == 0 ? []
            : [Information("function-rounded", $"{Named(names)} {(names.Length == 1 ? "is" : "are")} rounded to "
                + $"doubles, as columns are; powers and products are not.")];
    }

    /// <summary>
    /// That predictions of a function of a target come back in the target's own units, and what they then are.
    /// </summary>
    public static IReadOnlyList<Finding> OfTargets(Design design, LinearFit fit) =>
        [.. design.Targets.Index().Where(pair => pair.Item.Factors[0].Function is not null)
            .Select(pair => OfTarget(pair.Item, fit.NoiseStandardDeviation(pair.Index)))];

    private static Finding OfTarget(Term target, double deviation)
    {
        var (column, function) = (target.Factors[0].Column, target.Factors[0].Function!);
        var scale = function == ColumnFunction.Log ? 1 : function == ColumnFunction.Log10 ? Math.Log(10)
            : function == ColumnFunction.Log2 ? Math.Log(2) : 0;
        var mean = scale == 0 || !double.IsFinite(deviation) ? ""
            : $"; with normal noise the mean is "
                + $"{NumberText.Significant(Math.Exp(scale * deviation * scale * deviation / 2), 4)}"
                + " times that (the factor exp(s^2/2), which is not applied)";
        return Information("target-transformed", $"The fit is of {target.Name}: predictions come back in the units of "
            + $"{column}, as its median and not its mean{mean}.");
    }

    private static int Place(Design design, string column) => design.Columns.Inputs.ToList().IndexOf(column);

    private static Finding Information(string code, string message) => new(Severity.Information, code, message, "");
}
