namespace Plumb.Designs;

/// <summary>An input made from columns: the product of one factor or more.</summary>
public sealed class Term : IEquatable<Term>
{
    /// <summary>The highest power: beyond it, no sum of squares has fewer than 10,000 digits.</summary>
    public const int HighestPower = 100;

    /// <summary>A column, or a power of it.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="power">1 or more.</param>
    public Term(string column, int power = 1)
        : this([new TermFactor(column) { Power = power }])
    {
    }

    /// <summary>A product; factors that are alike become a power.</summary>
    /// <param name="factors">One or more.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Term(IReadOnlyList<TermFactor> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        if (factors.Count == 0)
        {
            throw new ArgumentException("a product of no factors is no input; give one or more.", nameof(factors));
        }

        Factors = [.. factors.GroupBy(factor => factor.Base)
            .Select(alike => alike.Key with { Power = alike.Sum(factor => factor.Power) })];
        Name = string.Join(':', Factors.Select(factor => factor.Name));
    }

    /// <summary>What it is the product of.</summary>
    public IReadOnlyList<TermFactor> Factors { get; }

    /// <summary>The input's name: the column's, or as in x^3, log(x), a:b or species[virginica].</summary>
    public string Name { get; }

    /// <summary>The columns that it is made from.</summary>
    public IEnumerable<string> Columns => Factors.Select(factor => factor.Column).Distinct(StringComparer.Ordinal);

    /// <summary>The column and its power, where it is no more than that; null otherwise.</summary>
    public TermFactor? AsPower => Factors is [{ IsPower: true } only] ? only : null;

    /// <summary>Whether it is a column as it is.</summary>
    public bool IsColumn => AsPower is { Power: 1 };

    /// <summary>The product of this and another term.</summary>
    public Term Times(Term other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Term([.. Factors, .. other.Factors]);
    }

    /// <summary>
    /// The terms that a text means: a column of this name; x^3 or 1/x; log(x) and the like; poly(x,3) for the first
    /// three powers; a:b, a product; or a*b for a, b and a:b. Null where it means nothing.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="columns">The columns there are; their names come first.</param>
    public static IReadOnlyList<Term>? Parse(string text, IReadOnlyCollection<string> columns)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(columns);
        return new TermText(columns).Read(text);
    }

    /// <summary>The same product, in any order.</summary>
    public bool Equals(Term? other) => other is not null && Factors.Count == other.Factors.Count
        && Factors.All(other.Factors.Contains);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Term);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Factors.Aggregate(0, (code, factor) => code ^ StringComparer.Ordinal.GetHashCode(factor.Name));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
