namespace Plumb.Designs;

/// <summary>
/// Inputs as they were asked for, before the levels of their categories are known: there, a category's column stands
/// for all that becomes of it.
/// </summary>
/// <param name="Terms">The inputs, one or more.</param>
/// <param name="Targets">The targets: columns, or functions of them.</param>
public sealed record DesignPlan(IReadOnlyList<Term> Terms, IReadOnlyList<Term> Targets)
{
    /// <summary>The inputs, one or more.</summary>
    public IReadOnlyList<Term> Terms { get; init => field = ValueList.Of(value); } = ValueList.Of(Terms);

    /// <summary>The targets: columns, or functions of them.</summary>
    public IReadOnlyList<Term> Targets { get; init => field = ValueList.Of(value); } = ValueList.Of(Targets);

    /// <summary>The columns that are categories.</summary>
    public IReadOnlyCollection<string> Categories
    {
        get;
        init => field = ValueList.Of([.. value.Order(StringComparer.Ordinal)], nameof(Categories));
    } = ValueList<string>.Empty;

    /// <summary>How their levels become inputs.</summary>
    public Coding Coding { get; init; } = Coding.Treatment;

    /// <summary>The levels that others are compared with, by column; the first one where it names none.</summary>
    public IReadOnlyDictionary<string, string> References { get; init => field = ValueMap<string>.Of(value); } =
        ValueMap<string>.Empty;

    /// <summary>
    /// The names of the inputs as weights from elsewhere have them; null where they are not given. A level that none of
    /// them names is the one that the others are compared with.
    /// </summary>
    public IReadOnlyList<string>? NamedInputs
    {
        get;
        init => field = value is null ? null : (IReadOnlyList<string>)ValueList.Of(value);
    }

    /// <summary>Whether the map has a bias; without, the first category keeps all its levels.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>
    /// Whether the inputs' names say what levels are compared with, as where sums of others may be added.
    /// </summary>
    public bool NamesReferences { get; init; }

    /// <summary>The plan of a design whose categories are known.</summary>
    public Design? Resolved { get; init; }

    /// <summary>The plan whose inputs are columns of numbers.</summary>
    public static DesignPlan Of(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        return new DesignPlan(design.Terms, design.Targets) { Resolved = design };
    }

    /// <summary>The columns of the inputs, and those of the targets.</summary>
    public VariableNames Columns => Resolved?.Columns ?? new VariableNames(
        [.. Terms.SelectMany(term => term.Columns).Distinct(StringComparer.Ordinal)],
        [.. Targets.SelectMany(term => term.Columns).Distinct(StringComparer.Ordinal)]);

    /// <summary>A category of this plan.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="levels">Its levels in their order.</param>
    /// <exception cref="ArgumentException">The reference is not among them.</exception>
    public ColumnMeaning.Category CategoryOf(string column, IReadOnlyList<string> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (NamedInputs is { } inputs)
        {
            var other = levels.FirstOrDefault(level => !LevelNames.IsIn(inputs, column, level));
            return new ColumnMeaning.Category(levels, other is null ? Coding.Full : Coding.Treatment, other);
        }

        var reference = Coding is Coding.Helmert or Coding.Full || levels.Count == 0 ? null
            : References.TryGetValue(column, out var named) ? named
            : Coding == Coding.Sum ? levels[^1] : levels[0];
        return reference is null || levels.Contains(reference)
            ? new ColumnMeaning.Category(levels, Coding, reference) { NamesReference = NamesReferences }
            : throw new ArgumentException($"'{reference}' is not a level of '{column}'.", nameof(column));
    }

    /// <summary>The design, once it is known what its columns mean.</summary>
    /// <param name="meanings">What the columns mean that are not numbers; every category is among them.</param>
    public Design Resolve(IReadOnlyDictionary<string, ColumnMeaning> meanings)
    {
        ArgumentNullException.ThrowIfNull(meanings);
        return Resolved ?? Design.Of([.. Terms.SelectMany(term => Expand(term, meanings)).Distinct()], Targets).With(
            meanings.Where(pair => Columns.Inputs.Concat(Columns.Targets).Contains(pair.Key))
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(DesignPlan), PrintMembers);

    // As in R, the first factor's levels vary fastest.
    private IEnumerable<Term> Expand(Term term, IReadOnlyDictionary<string, ColumnMeaning> meanings)
    {
        IEnumerable<IReadOnlyList<TermFactor>> products = [[]];
        foreach (var factor in term.Factors)
        {
            IReadOnlyList<TermFactor> choices = [factor];
            if (factor.IsPower && meanings.GetValueOrDefault(factor.Column) is ColumnMeaning.Category category)
            {
                var contrasts = IsCompared(term, factor) ? category.Contrasts() : category.Contrasts(Coding.Full);
                choices = [.. contrasts.Select(contrast => new TermFactor(factor.Column) { Contrast = contrast })];
            }

            var before = products;
            products = choices.SelectMany(choice =>
                before.Select(product => (IReadOnlyList<TermFactor>)[.. product, choice]));
        }

        return products.Select(product => new Term(product));
    }

    // As in R, levels are compared where the term without them is in the plan, and all are kept where it is not.
    private bool IsCompared(Term term, TermFactor factor)
    {
        TermFactor[] rest = [.. term.Factors.Where(other => other != factor)];
        return rest.Length > 0 ? Terms.Contains(new Term(rest))
            : HasBias || Terms.First(other => other.Factors is [{ IsPower: true } only]
                && Categories.Contains(only.Column)) != term;
    }
}
