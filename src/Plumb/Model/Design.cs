using System.Globalization;
using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Inputs made from columns: the columns to read, and what becomes of them. Powers are formed exactly, not rounded to
/// doubles.
/// </summary>
public sealed class Design
{
    /// <summary>A design.</summary>
    /// <param name="terms">The inputs, one or more.</param>
    /// <param name="targets">The targets' names.</param>
    /// <exception cref="ArgumentException">An input is given twice, or a power is below 1 or above
    /// <see cref="Term.HighestPower"/>.</exception>
    public Design(IReadOnlyList<Term> terms, IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(targets);
        Terms = terms;
        Names = new VariableNames([.. terms.Select(term => term.Name)], targets);
        Columns = new VariableNames([.. terms.Select(term => term.Column).Distinct(StringComparer.Ordinal)], targets);
        if (terms.FirstOrDefault(term => term.Power is < 1 or > Term.HighestPower) is { } bad)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the input {bad.Name} has power {bad.Power}; it must be 1 to {Term.HighestPower}."),
                nameof(terms));
        }

        if (terms.GroupBy(term => term).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"the input {twice.Key.Name} is given twice; give each once.", nameof(terms));
        }
    }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<Term> Terms { get; }

    /// <summary>The names of the inputs and targets.</summary>
    public VariableNames Names { get; }

    /// <summary>The names of the columns that the inputs are made from, and of the targets.</summary>
    public VariableNames Columns { get; }

    /// <summary>Whether the inputs are the columns themselves.</summary>
    public bool IsPlain => Terms.All(term => term.Power == 1);

    /// <summary>
    /// The inputs that are squares of others, kept to see whether a target is curved along them; the last ones.
    /// </summary>
    public IReadOnlyList<KeptSquare> Squares { get; internal init; } = [];

    /// <summary>The same inputs and, after them, the square of each that is not among them.</summary>
    public Design WithSquares()
    {
        List<Term> terms = [.. Terms];
        List<KeptSquare> squares = [];
        foreach (var term in Terms.Where(term => 2 * term.Power <= Term.HighestPower))
        {
            var square = new Term(term.Column, 2 * term.Power);
            if (!Names.Inputs.Concat(Names.Targets).Contains(square.Name, StringComparer.Ordinal))
            {
                terms.Add(square);
                squares.Add(new KeptSquare(term.Name, square.Name));
            }
        }

        return new Design(terms, Names.Targets) { Squares = squares };
    }

    /// <summary>The design whose inputs are columns.</summary>
    public static Design Of(VariableNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new Design([.. names.Inputs.Select(name => new Term(name))], names.Targets);
    }

    /// <summary>
    /// The design whose inputs are columns, of which the last are squares of others that were formed elsewhere.
    /// </summary>
    internal static Design Of(VariableNames names, IReadOnlyList<KeptSquare> squares) =>
        new([.. names.Inputs.Select(name => new Term(name))], names.Targets) { Squares = squares };

    /// <summary>The rows of the inputs, each power in one rounding.</summary>
    /// <param name="rows">The rows of the columns.</param>
    public Dataset Expand(Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (IsPlain)
        {
            return rows;
        }

        var columns = ColumnsOfTerms();
        var inputs = Matrix.Create(rows.Rows, Terms.Count, (i, j) => Power(rows.Inputs[i, columns[j]], Terms[j].Power));
        return new Dataset(inputs, rows.Targets, Names) { Weights = rows.Weights };
    }

    /// <summary>
    /// What z = [x; y; 1] is made of, from rows of the columns; null where it is the columns themselves.
    /// </summary>
    internal Monomials? ToMonomials() => IsPlain ? null : new(
        [.. ColumnsOfTerms(), .. Enumerable.Range(Columns.Inputs.Count, Names.Targets.Count)],
        [.. Terms.Select(term => term.Power), .. Names.Targets.Select(_ => 1)]);

    private int[] ColumnsOfTerms()
    {
        var columns = Columns.Inputs.ToList();
        return [.. Terms.Select(term => columns.IndexOf(term.Column))];
    }

    private static double Power(double value, int power)
    {
        if (power == 1 || !double.IsFinite(value))
        {
            return Math.Pow(value, power);
        }

        var (significand, exponent) = Dyadic.Split(value);
        return new Dyadic(System.Numerics.BigInteger.Pow(significand, power), exponent * power).ToDouble();
    }
}
