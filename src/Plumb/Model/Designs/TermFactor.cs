namespace Plumb.Designs;

/// <summary>
/// What an input is a product of: a column, or a power, a function or a contrast of it; see <see cref="Term"/>.
/// </summary>
/// <param name="Column">The column's name.</param>
public sealed record TermFactor(string Column)
{
    /// <summary>The power that the rest is raised to, 1 or more.</summary>
    public int Power { get; init; } = 1;

    /// <summary>The function of the column; null for the column itself.</summary>
    public ColumnFunction? Function { get; init; }

    /// <summary>What the column's levels count for; null where it holds numbers.</summary>
    public Contrast? Contrast { get; init; }

    /// <summary>Its name: x, x^2, log(x), 1/x, log(x)^2, or species[virginica].</summary>
    public string Name
    {
        get
        {
            var name = Function?.Of(Column) ?? (Contrast is null ? Column : $"{Column}[{Contrast.Level}]");
            return Power == 1 ? name : FormattableString.Invariant($"{name}^{Power}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(TermFactor), PrintMembers);

    /// <summary>Whether it is the column or a power of it.</summary>
    internal bool IsPower => Function is null && Contrast is null;

    /// <summary>The same to the first power.</summary>
    internal TermFactor Base => Power == 1 ? this : this with { Power = 1 };

    /// <summary>The value, but for the power, where the column holds a number or a code.</summary>
    internal double BaseAt(double value) => Contrast is { } contrast ? contrast.At(value)
        : Function is { } function && !double.IsNaN(value) ? function.Apply(value) : value;
}
