using System.Globalization;
using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// A linear relation between the inputs that holds on every row: the sum of Weights[j] x[j], plus Bias, is 0.
/// </summary>
/// <param name="Names">The names of the inputs.</param>
/// <param name="Weights">One coefficient per input; most are 0.</param>
/// <param name="Bias">The constant; 0 in a fit without bias.</param>
/// <param name="Kind">Whether the relation is exact.</param>
public sealed record Dependence(IReadOnlyList<string> Names, IReadOnlyList<double> Weights, double Bias,
    DependenceKind Kind)
{
    /// <summary>The names of the inputs.</summary>
    public IReadOnlyList<string> Names { get; init => field = ValueList.Of(value); } = ValueList.Of(Names);

    /// <summary>One coefficient per input; most are 0.</summary>
    public IReadOnlyList<double> Weights { get; init => field = ValueList.Of(value); } = ValueList.Of(Weights);

    /// <summary>The relation in the inputs' names, such as "surface_area = wall_area + 2 roof_area".</summary>
    public string Text
    {
        get
        {
            var involved = Enumerable.Range(0, Weights.Count).Where(j => Weights[j] != 0).ToList();
            if (involved.Count == 1)
            {
                return Name(involved[0]) + " = " + LinearText.Number(Quotient(-Bias, Weights[involved[0]]));
            }

            // A sum that is constant reads best as such; otherwise one column is put on the left.
            if (Bias != 0 && involved.All(j => Weights[j] == Weights[involved[0]]))
            {
                return LinearText.Sum(involved.Select(j => (1.0, Name(j)))) + " = "
                    + LinearText.Number(Quotient(-Bias, Weights[involved[0]]));
            }

            return involved.SelectMany(left => Equations(involved, left))
                .OrderByDescending(equation => equation.IsExact)
                .ThenBy(equation => equation.MinusSigns)
                .ThenBy(equation => equation.LeftFactor)
                .ThenBy(equation => equation.Text.Length)
                .ThenBy(equation => equation.Left)
                .First().Text;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>
    /// A relation's coefficients relative to one of them or, where no double holds these, to a power of two that puts
    /// them in the middle of the range of doubles.
    /// </summary>
    internal static double[] InRange(Dyadic[] vector, Dyadic unit)
    {
        double[] numbers = [.. vector.Select(value => Dyadic.Ratio(value, unit))];
        if (numbers.Zip(vector).All(pair => double.IsNormal(pair.First) || pair.Second.IsZero))
        {
            return numbers;
        }

        int[] magnitudes = [.. vector.Where(value => !value.IsZero).Select(value => value.Magnitude)];
        var middle = (magnitudes.Min() + magnitudes.Max()) / 2;
        return [.. vector.Select(value => value.Scale(-middle).ToDouble())];
    }

    /// <summary>
    /// The relation solved for one column: with factor 1, and where all coefficients are whole, with its own, as in 3 a
    /// = 7 b + 5 c.
    /// </summary>
    private IEnumerable<Equation> Equations(List<int> involved, int left)
    {
        bool IsHeld(double value) => value == 0 || double.IsNormal(value / Weights[left]);
        double[] units = !Weights.Append(Bias).All(IsHeld) ? [Math.Sign(Weights[left])]
            : Weights.All(double.IsInteger) && double.IsInteger(Bias) ? [Weights[left], Math.Sign(Weights[left])]
            : [Weights[left]];
        foreach (var unit in units)
        {
            var terms = involved.Where(j => j != left).Select(j => (Factor: -Weights[j] / unit, Name: Name(j)))
                .OrderByDescending(term => term.Factor > 0).ToList();
            if (Bias != 0)
            {
                terms.Add((-Bias / unit, ""));
            }

            var isExact = involved.Where(j => j != left).Select(j => -Weights[j]).Append(-Bias)
                .All(value => IsWrittenExactly(value, unit));
            var text = LinearText.Sum([(Weights[left] / unit, Name(left))]) + " = " + LinearText.Sum(terms);
            yield return new Equation(left, Weights[left] / unit, text, isExact, terms.Count(term => term.Factor < 0));
        }
    }

    /// <summary>Whether the digits that are written of a quotient are all it has.</summary>
    private static bool IsWrittenExactly(double numerator, double denominator)
    {
        const double MostForDecimal = 1e12; // the product of two such numbers and six digits fits a decimal
        return Math.Abs(numerator) < MostForDecimal && Math.Abs(denominator) < MostForDecimal
            && Math.Abs(Quotient(numerator, denominator)) < MostForDecimal
            && decimal.Parse(LinearText.Number(Quotient(numerator, denominator)), NumberStyles.Float,
                CultureInfo.InvariantCulture) * (decimal)denominator == (decimal)numerator;
    }

    private sealed record Equation(int Left, double LeftFactor, string Text, bool IsExact, int MinusSigns);

    /// <summary>A quotient without a negative zero.</summary>
    private static double Quotient(double numerator, double denominator) => numerator == 0 ? 0
        : numerator / denominator;

    private string Name(int input) => Names[input];
}
