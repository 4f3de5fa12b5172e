namespace Plumb.Designs;

/// <summary>
/// Formulas as R and statsmodels write them: "mpg ~ wt*hp + C(cyl) + log(disp) - 1". Read, not evaluated.
/// </summary>
public static class Formula
{
    /// <summary>The plan that a formula means.</summary>
    /// <param name="text">Targets, ~, and terms.</param>
    /// <param name="columns">The columns there are; their names come first.</param>
    /// <param name="others">What a point stands for, but for the targets: all columns when left out.</param>
    /// <exception cref="FormatException">A part of it means nothing; the message names it.</exception>
    public static DesignPlan Parse(string text, IReadOnlyList<string> columns, IReadOnlyList<string>? others = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(columns);
        var reader = new TermText(columns.ToHashSet(StringComparer.Ordinal));
        if (reader.Pieces(text, '~') is not [var left, var right])
        {
            throw new FormatException("one ~ was expected, with targets before it and inputs behind it");
        }

        var targets = reader.ReadSum(Bound(left), []).Terms;
        if (targets.FirstOrDefault(term => !Design.CanBeTarget(term)) is { } bad)
        {
            throw new FormatException($"'{bad.Name}' does not tell the column that it is made from, as a target must");
        }

        string[] taken = [.. targets.SelectMany(term => term.Columns)];
        var sum = reader.ReadSum(right, [.. (others ?? columns).Except(taken, StringComparer.Ordinal)]);
        return targets.Count == 0 ? throw new FormatException("there is no target before ~")
            : sum.Terms.Count == 0 ? throw new FormatException("there is no input behind ~")
            // As in R, products come behind what they are products of.
            : new DesignPlan([.. sum.Terms.OrderBy(term => term.Factors.Count)], targets)
            {
                Categories = reader.Categories,
                HasBias = sum.HasBias,
            };
    }

    // R's way to name several targets.
    private static string Bound(string text) =>
        text.StartsWith("cbind(", StringComparison.Ordinal) && text.EndsWith(')')
            ? text["cbind(".Length..^1].Replace(',', '+') : text;
}
