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
                return Name(involved[0]) + " = " + Number(-Bias / Weights[involved[0]]);
            }

            // A sum that is constant reads best as such; otherwise one column is put on the left.
            if (Bias != 0 && involved.All(j => Weights[j] == Weights[involved[0]]))
            {
                return Sum(involved.Select(j => (1.0, Name(j)))) + " = " + Number(-Bias / Weights[involved[0]]);
            }

            var left = LeftSide(involved);
            var terms = involved.Where(j => j != left).Select(j => (-Weights[j] / Weights[left], Name(j))).OrderByDescending(term => term.Item1 > 0);
            var constant = -Bias / Weights[left];
            return Name(left) + " = " + Sum(constant == 0 ? terms : terms.Append((constant, "")));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The column whose equation has the shortest factors on its right side, then the fewest minus signs, then the first.</summary>
    private int LeftSide(List<int> involved) =>
        involved.OrderBy(left => Factors(involved, left).Sum(factor => Number(Math.Abs(factor)).Length))
            .ThenBy(left => Factors(involved, left).Count(factor => factor < 0))
            .ThenBy(left => left)
            .First();

    private IEnumerable<double> Factors(List<int> involved, int left) =>
        involved.Where(j => j != left).Select(j => -Weights[j] / Weights[left]).Append(-Bias / Weights[left]);

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

    private static string Number(double value) => (value == 0 ? 0 : value).ToString("G6", CultureInfo.InvariantCulture); // no -0
}
