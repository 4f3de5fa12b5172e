using System.Globalization;
using System.Text;

namespace Plumb;

/// <summary>A linear relation between the inputs that holds on every row: the sum of Weights[j] x[j], plus Bias, is 0.</summary>
/// <param name="Names">The names of the inputs.</param>
/// <param name="Weights">One coefficient an input; most are 0.</param>
/// <param name="Bias">The constant; 0 in a fit without bias.</param>
/// <param name="Kind">Whether the relation is exact.</param>
public sealed record Dependence(IReadOnlyList<string> Names, IReadOnlyList<double> Weights, double Bias, DependenceKind Kind)
{
    private const int MostTerms = 12; // more are told by their number

    /// <summary>The relation in the inputs' names, such as "surface_area = wall_area + 2 roof_area".</summary>
    public string Text
    {
        get
        {
            var involved = Enumerable.Range(0, Weights.Count).Where(j => Weights[j] != 0).ToList();
            if (involved.Count == 1)
            {
                return Name(involved[0]) + " = " + Number(Quotient(-Bias, Weights[involved[0]]));
            }

            // A sum that is constant reads best as such; otherwise one column is put on the left.
            if (Bias != 0 && involved.All(j => Weights[j] == Weights[involved[0]]))
            {
                return Sum(involved.Select(j => (1.0, Name(j)))) + " = " + Number(Quotient(-Bias, Weights[involved[0]]));
            }

            // Whole numbers stay whole, so that what is written is exactly true: "3 x1 = 7 x2 + 5", not x1 = 2.33333 x2 + 1.66667.
            var left = LeftSide(involved);
            var whole = Weights.All(double.IsInteger) && double.IsInteger(Bias) && !(HasWholeFactors(involved, left) && HasWholeConstant(left));
            var unit = whole ? Math.Sign(Weights[left]) : Weights[left];
            var terms = involved.Where(j => j != left).Select(j => (-Weights[j] / unit, Name(j))).OrderByDescending(term => term.Item1 > 0);
            return Sum([(Weights[left] / unit, Name(left))]) + " = " + Sum(Bias == 0 ? terms : terms.Append((-Bias / unit, "")));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The column whose equation has the simplest right side: whole factors if possible, and a whole constant, then few minus signs, then the first.</summary>
    private int LeftSide(List<int> involved) =>
        involved.OrderByDescending(left => HasWholeFactors(involved, left))
            .ThenByDescending(HasWholeConstant)
            .ThenBy(left => involved.Count(j => j != left && -Weights[j] / Weights[left] < 0))
            .ThenBy(left => left)
            .First();

    private bool HasWholeFactors(List<int> involved, int left) => involved.All(j => double.IsInteger(Weights[j] / Weights[left]));

    private bool HasWholeConstant(int left) => double.IsInteger(Bias / Weights[left]);

    /// <summary>A quotient without a negative zero.</summary>
    private static double Quotient(double numerator, double denominator) => numerator == 0 ? 0 : numerator / denominator;

    private string Name(int input) => Names[input];

    private static string Sum(IEnumerable<(double Factor, string Name)> terms)
    {
        var text = new StringBuilder();
        var count = 0;
        var all = terms.ToList();
        foreach (var (factor, name) in all)
        {
            if (++count > MostTerms && all.Count > MostTerms + 1)
            {
                return text.Append(CultureInfo.InvariantCulture, $" + ... ({all.Count - MostTerms} more terms)").ToString();
            }

            var magnitude = Math.Abs(factor);
            text.Append(text.Length == 0 ? (factor < 0 ? "-" : "") : factor < 0 ? " - " : " + ");
            text.Append(name.Length == 0 ? Number(magnitude) : magnitude == 1 ? name : Number(magnitude) + " " + name);
        }

        return text.ToString();
    }

    private static string Number(double value)
    {
        const double MostInFull = 1e15;
        return value.ToString(double.IsInteger(value) && Math.Abs(value) < MostInFull ? "0" : "G6", CultureInfo.InvariantCulture);
    }
}
