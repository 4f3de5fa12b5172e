namespace Plumb.Formats;

/// <summary>
/// Inputs that other programs name after the levels of categories: Speciesvirginica (R), C(Species)[T.virginica]
/// (statsmodels), Species_virginica (pandas, scikit-learn), Species[virginica].
/// </summary>
internal static class ForeignLevels
{
    private static readonly string[] s_truths = ["TRUE", "True", "true", "yes", "Yes", "YES"];

    /// <summary>The plan that the names of inputs mean; null where none of them names a level.</summary>
    /// <param name="inputs">The names.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="columns">The columns of the data.</param>
    /// <param name="kinds">What these hold.</param>
    public static DesignPlan? PlanOf(IReadOnlyList<string> inputs, IReadOnlyList<Term> targets,
        IReadOnlyList<string> columns, IReadOnlyList<ColumnKind> kinds)
    {
        var known = columns.ToHashSet(StringComparer.Ordinal);
        var (terms, categories) = (new List<Term>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var name in inputs)
        {
            if (TermOf(name, known, part => ColumnOf(part, columns, kinds, categories)) is not { } term)
            {
                return null;
            }

            if (!terms.Contains(term))
            {
                terms.Add(term);
            }
        }

        return categories.Count == 0 && inputs.All(known.Contains) ? null
            : new DesignPlan(terms, targets) { Categories = categories, NamedInputs = inputs };
    }

    /// <summary>The names of inputs as a design has them; those that mean none of its inputs stay.</summary>
    /// <param name="inputs">The names.</param>
    /// <param name="design">The design.</param>
    public static IReadOnlyList<string> Named(IReadOnlyList<string> inputs, Design design)
    {
        var known = design.Columns.Inputs.ToHashSet(StringComparer.Ordinal);
        var levels = new Dictionary<string, TermFactor>(StringComparer.Ordinal);
        foreach (var factor in design.Terms.SelectMany(term => term.Factors))
        {
            string[] spelled = factor.Contrast is { } contrast ? [.. LevelNames.Of(factor.Column, contrast.Level)]
                : factor.IsPower && design.Meanings.GetValueOrDefault(factor.Column) is ColumnMeaning.Truth
                ? [.. s_truths.SelectMany(word => LevelNames.Of(factor.Column, word))] : [];
            foreach (var spelling in spelled)
            {
                levels.TryAdd(spelling, factor);
            }
        }

        return [.. inputs.Select(name =>
            TermOf(name, known, part => levels.GetValueOrDefault(part)) is { } term
                ? design.Terms.FirstOrDefault(term.Equals)?.Name ?? name : name)];
    }

    private static Term? TermOf(string name, HashSet<string> known, Func<string, TermFactor?> levelOf)
    {
        if (known.Contains(name))
        {
            return new Term(name);
        }

        var factors = new List<TermFactor>();
        foreach (var part in name.Split(':'))
        {
            if (levelOf(part) is { } level)
            {
                factors.Add(level);
            }
            else if (Term.Parse(Plain(part), known) is [var term])
            {
                factors.AddRange(term.Factors);
            }
            else
            {
                return null;
            }
        }

        return new Term(factors);
    }

    // I(x^2) is x^2, np.log(x) is log(x).
    private static string Plain(string part) => part is ['I', '(', .. var inside, ')'] ? inside
        : part.StartsWith("np.", StringComparison.Ordinal) ? part[3..] : part;

    private static TermFactor? ColumnOf(string part, IReadOnlyList<string> columns, IReadOnlyList<ColumnKind> kinds,
        HashSet<string> categories)
    {
        if (columns.Contains(part))
        {
            return null;
        }

        foreach (var place in Enumerable.Range(0, columns.Count).OrderByDescending(i => columns[i].Length))
        {
            var column = columns[place];
            var isWrapped =
                LevelNames.Wraps.Any(wrap => part.StartsWith(wrap + column + ")", StringComparison.Ordinal));
            var isLevel = isWrapped || (kinds[place] == ColumnKind.Text && part.Length > column.Length
                && part.StartsWith(column, StringComparison.Ordinal));
            if (isLevel)
            {
                categories.Add(column);
            }

            if (isLevel || (kinds[place] == ColumnKind.TruthValue
                && s_truths.SelectMany(word => LevelNames.Of(column, word)).Contains(part)))
            {
                return new TermFactor(column);
            }
        }

        return null;
    }
}
