using System.Globalization;

namespace Plumb.Fitting;

/// <summary>A combination of parameters or of inputs: the sum of Coefficients[k] times what Names[k] names.</summary>
/// <param name="Names">What is combined.</param>
/// <param name="Coefficients">One per name, rounded to as few digits as say the same.</param>
public sealed record LinearCombination(IReadOnlyList<string> Names, IReadOnlyList<double> Coefficients)
{
    /// <summary>What is combined.</summary>
    public IReadOnlyList<string> Names { get; init => field = ValueList.Of(value); } = ValueList.Of(Names);

    /// <summary>One per name, rounded to as few digits as say the same.</summary>
    public IReadOnlyList<double> Coefficients { get; init => field = ValueList.Of(value); } =
        ValueList.Of(Coefficients);

    /// <summary>As people write it, such as "a + b" or "c - 0.5 a - 20 b".</summary>
    public string Text => LinearText.Sum(Names
        .Select((name, k) => (Factor: Coefficients[k], name))
        .Where(term => term.Factor != 0)
        .OrderByDescending(term => term.Factor > 0));

    /// <summary>The names that take part.</summary>
    internal IReadOnlyList<string> Terms => [.. Names.Where((_, k) => Coefficients[k] != 0)];

    /// <summary>Whether it is taken in at a glance: a few terms with short numbers.</summary>
    internal bool IsReadable
    {
        get
        {
            const int MostTerms = 4;
            const int MostCharacters = 5;
            return Terms.Count <= MostTerms
                && Coefficients.All(value => LinearText.Number(Math.Abs(value)).Length <= MostCharacters);
        }
    }

    /// <summary>Whether it is the plain sum of two.</summary>
    internal bool IsSumOfTwo => Terms.Count == 2 && Coefficients.All(value => value is 0 or 1);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>
    /// The shortest numbers that are nearly as good as a direction: one coefficient is made 1, the others have one
    /// digit, then two,
    /// up to six; terms that hardly count are left out.
    /// </summary>
    /// <param name="names">What is combined.</param>
    /// <param name="direction">The direction, in units in which all lengths compare.</param>
    /// <param name="units">What makes coefficients of the direction's elements.</param>
    /// <param name="badness">How bad a direction is; rounded ones may be hardly worse than the given one.</param>
    /// <param name="anchor">Whose coefficient is 1; chosen where it is left out.</param>
    internal static LinearCombination Of(IReadOnlyList<string> names, double[] direction, double[] units,
        Func<double[], double> badness, int? anchor = null)
    {
        const int MostDigits = 6;
        const double NearlyAsGood = 1.2;
        var best = badness(direction);
        int[] anchors = anchor is { } given ? [given]
            : [.. Enumerable.Range(0, direction.Length).OrderByDescending(k => Math.Round(Math.Abs(direction[k]), 3))
                .ThenBy(k => k)];
        for (var digits = 1; digits < MostDigits; digits++)
        {
            foreach (var one in anchors.Take(3))
            {
                var coefficients = Rounded(direction, units, one, digits);
                if (badness([.. coefficients.Select((value, k) => value / units[k])]) <= NearlyAsGood * best)
                {
                    return new LinearCombination(names, coefficients);
                }
            }
        }

        return new LinearCombination(names, Rounded(direction, units, anchors[0], MostDigits));
    }

    private static double[] Rounded(double[] direction, double[] units, int anchor, int digits)
    {
        const double Hardly = 0.05; // of the largest element, a digit; less with more digits
        var unit = direction[anchor] * units[anchor];
        var least = Hardly * Math.Pow(10, 1 - digits) * Math.Abs(direction.MaxBy(Math.Abs));
        return [.. direction.Select((value, k) => Math.Abs(value) < least ? 0
            : Significant(value * units[k] / unit, digits))];
    }

    private static double Significant(double value, int digits)
    {
        var culture = CultureInfo.InvariantCulture;
        return double.Parse(value.ToString("E" + (digits - 1).ToString(culture), culture), culture);
    }
}
