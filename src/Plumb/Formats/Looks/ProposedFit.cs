using System.Text.RegularExpressions;

namespace Plumb.Formats;

/// <summary>A fit to begin with.</summary>
/// <param name="Targets">A guess at the targets; none where no column can be one.</param>
/// <param name="Inputs">What to predict them from.</param>
/// <param name="Excluded">The columns that are neither targets nor inputs.</param>
/// <param name="DropsMissing">Whether rows lack a value that the fit uses.</param>
public sealed partial record ProposedFit(IReadOnlyList<string> Targets, IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Excluded, bool DropsMissing)
{
    /// <summary>A guess at the targets; none where no column can be one.</summary>
    public IReadOnlyList<string> Targets { get; init => field = ValueList.Of(value); } = ValueList.Of(Targets);

    /// <summary>What to predict them from.</summary>
    public IReadOnlyList<string> Inputs { get; init => field = ValueList.Of(value); } = ValueList.Of(Inputs);

    /// <summary>The columns that are neither targets nor inputs.</summary>
    public IReadOnlyList<string> Excluded { get; init => field = ValueList.Of(value); } = ValueList.Of(Excluded);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ProposedFit), PrintMembers);

    private const int MostLevels = 500;
    private const int RowsPerLevel = 3;
    private const int FewValues = 10; // as of a class or a count
    private static readonly ProposedFit s_none = new([], [], [], false);

    // As names, the first the surest; and as ends of names.
    private static readonly string[] s_names =
    [
        "y", "target", "label", "response", "outcome", "output", "result", "value", "count", "price", "sales", "cost",
        "score", "yield", "rent", "salary", "income", "demand", "rating", "quality",
    ];

    private static readonly string[] s_ends =
    [
        "target", "label", "price", "sales", "cost", "score", "yield", "salary", "income", "demand", "rating",
    ];

    /// <summary>A fit of what was looked at.</summary>
    internal static ProposedFit Of(TableLook look)
    {
        var usable = look.Columns.Where(column => IsUsable(column, look.Rows) && !LookFindings.IsId(column)).ToList();
        var targets = TargetsAmong(usable);
        var inputs = usable.Except(targets).ToList();
        if (inputs.Count == 0) // what counts the rows may be what was measured at
        {
            inputs = [.. look.Columns.Where(column => IsUsable(column, look.Rows)).Except(targets)];
        }

        if (targets.Count == 0 || inputs.Count == 0)
        {
            return s_none;
        }

        // Columns that lack most values go, until rows are left.
        while (inputs.Count > 1 && CompleteRows(look, [.. inputs, .. targets]) < Math.Min(look.Rows, inputs.Count + 2))
        {
            inputs.Remove(inputs.MaxBy(column => column.Missing)!);
        }

        List<ColumnLook> used = [.. inputs, .. targets];
        return new ProposedFit([.. targets.Select(column => column.Name)],
            [.. inputs.Select(column => column.Name)], [.. look.Columns.Except(used).Select(column => column.Name)],
            used.Exists(column => column.Missing > 0));
    }

    private static bool IsUsable(ColumnLook column, long rows) =>
        column is { CopyOf: null, IsConstant: false, NotNumbers: 0, FirstUnread: null, Values: > 0 }
            && !LookFindings.IsNearlyEmpty(column, rows)
            && column.Kind switch
            {
                ColumnKind.Number or ColumnKind.Amount or ColumnKind.TruthValue or ColumnKind.Date => true,
                ColumnKind.Text => column.Different <= MostLevels && RowsPerLevel * column.Different <= rows,
                _ => false,
            };

    private static long CompleteRows(TableLook look, HashSet<ColumnLook> used)
    {
        if (look.MissingTogether is not { } together)
        {
            return look.Rows;
        }

        var places = Enumerable.Range(0, look.Columns.Count).Where(i => used.Contains(look.Columns[i])).ToHashSet();
        return look.Rows
            - together.Where(pattern => pattern.Key.Any(place => places.Contains(place))).Sum(pattern => pattern.Value);
    }

    private static List<ColumnLook> TargetsAmong(List<ColumnLook> usable)
    {
        var numbers = usable.Where(column => column.Kind is ColumnKind.Number or ColumnKind.Amount).ToList();
        var several = numbers.Where(column => NumberedTarget().IsMatch(column.Name)).ToList();
        if (several.Count > 0 && several.Count < usable.Count)
        {
            return several;
        }

        var named = s_names.Select(name =>
                numbers.LastOrDefault(column => name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)))
            .Concat(s_ends.Select(name =>
                numbers.LastOrDefault(column => column.Name.EndsWith(name, StringComparison.OrdinalIgnoreCase))))
            .FirstOrDefault(column => column is not null);
        var chosen = named
            ?? numbers.LastOrDefault(column => column.Different is not <= FewValues && !Calendar().IsMatch(column.Name))
            ?? numbers.LastOrDefault(column => !Calendar().IsMatch(column.Name))
            ?? numbers.LastOrDefault();
        return chosen is null ? [] : [chosen];
    }

    [GeneratedRegex("^[yY]_?[0-9]+$")]
    private static partial Regex NumberedTarget();

    [GeneratedRegex("^(year|month|day|hour|minute|week|weekday|date|time|t|lat|lon|latitude|longitude|zip|code)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Calendar();
}
