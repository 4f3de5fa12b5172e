using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// Points at which a fit's levels are compared, as exact combinations of its parameters: the other inputs at their
/// means, other categories over all their levels alike.
/// </summary>
internal sealed class LevelPoints
{
    private readonly Design _design;
    private readonly Moments _moments;
    private readonly bool _hasBias;
    private readonly string _column;
    private readonly Dictionary<TermFactor, Rational> _means = [];

    /// <summary>Points of the levels of a category.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="design">What its inputs are made of.</param>
    /// <param name="column">The category.</param>
    /// <exception cref="FormatException">It is no category among the inputs, or an input has no mean of its
    /// own.</exception>
    public LevelPoints(LinearFit fit, Design design, string column)
    {
        (_design, _moments, _hasBias, _column) = (design, fit.Moments, fit.Settings.Bias, column);
        Names = design.Meanings.GetValueOrDefault(column) is ColumnMeaning.Category category
            && design.Terms.Any(term => term.Columns.Contains(column, StringComparer.Ordinal)) ? category.Names
            : throw new FormatException($"'{column}' is no category among the inputs"
                + (Categories(design) is { Count: > 0 } all ? $"; expected one of {string.Join(", ", all)}." : "."));
    }

    /// <summary>The levels' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The inputs whose slopes differ between levels: those that a term multiplies by a level.</summary>
    public IReadOnlyList<TermFactor> Slopes => [.. _design.Terms.Where(term => IsOfColumn(term))
        .SelectMany(term => term.Factors).Where(factor => factor.Contrast is null).Select(factor => factor.Base)
        .Distinct()];

    /// <summary>The inputs that have nothing to do with the category.</summary>
    public IReadOnlyList<string> Others => [.. _design.Terms.Index().Where(term => !IsOfColumn(term.Item))
        .Select(term => _design.Names.Inputs[term.Index])];

    /// <summary>The categories among the inputs of a design.</summary>
    public static IReadOnlyList<string> Categories(Design design) => [.. design.Terms.SelectMany(term => term.Columns)
        .Distinct(StringComparer.Ordinal).Where(name => design.Meanings.GetValueOrDefault(name)
            is ColumnMeaning.Category)];

    /// <summary>The mean at a level: [bias; weights].</summary>
    public Rational[] Mean(int level) =>
        [_hasBias ? 1 : 0, .. _design.Terms.Select(term => Value(term.Factors, level))];

    /// <summary>The slope of an input at a level.</summary>
    public Rational[] Slope(int level, TermFactor input) => [0, .. _design.Terms.Select(term =>
    {
        var own = term.Factors.FirstOrDefault(factor => factor.Base == input);
        if (own is null)
        {
            return 0;
        }

        TermFactor[] rest = [.. term.Factors.Where(factor => factor != own)];
        return (Rational)own.Power * Power(MeanOf(input), own.Power - 1) * Value(rest, level);
    })];

    private bool IsOfColumn(Term term) => term.Columns.Contains(_column, StringComparer.Ordinal);

    private Rational Value(IReadOnlyList<TermFactor> factors, int level)
    {
        var value = (Rational)1;
        foreach (var factor in factors.Where(factor => factor.Contrast is null))
        {
            value *= Power(MeanOf(factor.Base), factor.Power);
        }

        foreach (var column in factors.Where(factor => factor.Contrast is not null)
            .GroupBy(factor => factor.Column, StringComparer.Ordinal))
        {
            Rational At(int own) => column.Aggregate((Rational)1, (product, factor) =>
                product * Power(Exactly(factor.Contrast!.Values[own]), factor.Power));
            var count = column.First().Contrast!.Values.Count;
            value *= column.Key == _column ? At(level)
                : Enumerable.Range(0, count).Aggregate((Rational)0, (sum, own) => sum + At(own)) / count;
        }

        return value;
    }

    private Rational MeanOf(TermFactor factor)
    {
        if (_means.TryGetValue(factor, out var known))
        {
            return known;
        }

        var input = _design.Terms.Index().Where(term => term.Item.Factors is [var only] && only == factor)
            .Select(term => term.Index).FirstOrDefault(-1);
        if (input < 0)
        {
            throw new FormatException($"levels are compared at the means of the other inputs, and '{factor.Name}' is "
                + "none by itself; add it to the inputs.");
        }

        var (sum, weights) = (_moments.InputSum(input), _moments.WeightSum);
        var grid = Math.Min(sum.Exponent, weights.Exponent);
        return _means[factor] = sum.IsZero ? 0 : new Rational(sum.OnGrid(grid), weights.OnGrid(grid));
    }

    private static Rational Power(Rational value, int power) =>
        Enumerable.Repeat(value, power).Aggregate((Rational)1, (product, factor) => product * factor);

    private static Rational Exactly(double value)
    {
        Dyadic exact = value;
        return exact.IsZero ? 0 : exact.Exponent >= 0 ? new Rational(exact.OnGrid(0), 1)
            : new Rational(exact.Significand, System.Numerics.BigInteger.One << -exact.Exponent);
    }
}
