namespace Plumb.Fitting;

/// <summary>
/// A linear hypothesis about a fit's parameters, such as "x1 = x2", "x1 + x2 = 1, x3 = 0" or "w[y1,x] = w[y2,x]".
/// </summary>
public sealed record Hypothesis
{
    private Hypothesis(string text, IReadOnlyList<Restriction> restrictions, bool areOfTargets) =>
        (Text, Restrictions, NamesTargets) = (text, restrictions, areOfTargets);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>
    /// Whether it names targets itself, as in w[y1,x]; otherwise it is about the parameters of each target.
    /// </summary>
    public bool NamesTargets { get; }

    /// <summary>Its equations.</summary>
    internal IReadOnlyList<Restriction> Restrictions { get; }

    /// <summary>Equations about the parameters of each target.</summary>
    internal static Hypothesis Of(string text, IReadOnlyList<Restriction> restrictions) =>
        new(text, restrictions, areOfTargets: false);

    /// <summary>Reads a hypothesis.</summary>
    /// <param name="text">
    /// Equations, separated by commas: numbers, names of inputs and "bias", or of one target w[TARGET,INPUT] and
    /// b[TARGET], with + - * / and parentheses; x1 = x2 = x3 are two equations. A name may stand in back-ticks. A
    /// column of categories stands for all its levels, and may only be said to be 0.
    /// </param>
    /// <param name="design">The inputs and targets that it is about.</param>
    /// <exception cref="FormatException">It is not one; the message says where, and what was expected.</exception>
    public static Hypothesis Parse(string text, Design design)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(design);
        var restrictions = new HypothesisParser(text, design).Parse();
        var names = restrictions.Select(restriction => restriction.Target is not null).Distinct().ToList();
        return names.Count == 1 ? new Hypothesis(text.Trim(), restrictions, names[0])
            : throw new FormatException($"'{text}' names targets in some equations only; write w[TARGET,INPUT] in all "
                + "of them, or in none.");
    }

    /// <summary>That all weights of each target are equal.</summary>
    /// <param name="design">The inputs and targets that it is about.</param>
    /// <exception cref="FormatException">There are fewer than two inputs.</exception>
    public static Hypothesis AllEqual(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var inputs = design.Names.Inputs.Count;
        return inputs < 2 ? throw new FormatException("there are fewer than two weights, which have nothing to equal.")
            : new Hypothesis("all weights are equal",
                [.. Enumerable.Range(1, inputs - 1).Select(j => Restriction.Difference(design, 0, j))], false);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
