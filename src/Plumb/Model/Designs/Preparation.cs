using Plumb.Numerics;

namespace Plumb.Designs;

/// <summary>
/// The first of two steps from columns to inputs: functions and contrasts of columns, one double each. The second,
/// products of these, is exact.
/// </summary>
internal sealed class Preparation
{
    private readonly Part[] _parts;

    private Preparation(Part[] parts) => _parts = parts;

    /// <summary>How many columns there are after it.</summary>
    public int Width => _parts.Length;

    /// <summary>What these are called.</summary>
    public string Name(int place) => string.Join(':', _parts[place].Factors.Select(factor => factor.Name));

    /// <summary>Both steps of a design.</summary>
    /// <param name="columns">The columns to read, the targets' last.</param>
    /// <param name="elements">The inputs and targets.</param>
    /// <returns>The first step, null where nothing is to be done; and the second, null likewise.</returns>
    public static (Preparation? First, Monomials? Second) Of(IReadOnlyList<string> columns,
        IReadOnlyList<Term> elements)
    {
        var places = columns.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        if (elements.All(term => term.Factors.All(factor => factor.IsPower)))
        {
            var areColumns = elements.Count == columns.Count
                && elements.Zip(columns).All(pair => pair.First.IsColumn && pair.First.Name == pair.Second);
            return (null, areColumns ? null : new Monomials([.. elements.Select(term =>
                (IReadOnlyList<Monomials.Power>)[.. term.Factors.Select(factor =>
                    new Monomials.Power(places[factor.Column], factor.Power))])]));
        }

        var parts = new List<Part>();
        var monomials = new Monomials([.. elements.Select(term => (IReadOnlyList<Monomials.Power>)
            [.. Split(term).Select(factors => new Monomials.Power(Place(factors), factors[0].Power))])]);
        var areParts = monomials.Elements.Count == parts.Count
            && monomials.Elements.Index().All(pair => pair.Item is [{ Exponent: 1 } only] && only.Column == pair.Index);
        return (new Preparation([.. parts]), areParts ? null : monomials);

        int Place(IReadOnlyList<TermFactor> factors)
        {
            TermFactor[] bases = [.. factors.Select(factor => factor.Base)];
            var known = parts.FindIndex(part => part.Factors.SequenceEqual(bases));
            if (known < 0)
            {
                parts.Add(new Part(bases, [.. bases.Select(factor => places[factor.Column])]));
                known = parts.Count - 1;
            }

            return known;
        }
    }

    /// <summary>
    /// The factors of a term, in groups of which each is one double: contrasts of 0, 1 and -1 stay with one other.
    /// </summary>
    private static List<TermFactor[]> Split(Term term)
    {
        TermFactor[] units = [.. term.Factors.Where(factor => factor is { Power: 1, Contrast.IsUnit: true })];
        TermFactor[] others = [.. term.Factors.Except(units)];
        return others is [{ Power: 1 } only] ? [[only, .. units]]
            : units.Length == 0 ? [.. others.Select(factor => new[] { factor })]
            : [.. others.Select(factor => new[] { factor }), units];
    }

    /// <summary>The rows after this step.</summary>
    public RowBlock Apply(RowBlock rows)
    {
        var (values, row) = (new double[(long)rows.Rows * Width], new double[rows.Columns]);
        for (var i = 0; i < rows.Rows; i++)
        {
            rows.Load(i, 1, row, row.Length);
            Apply(row, values.AsSpan(i * Width, Width));
        }

        return new StackedRows(rows.Rows, values, Width, default, 0);
    }

    /// <summary>A row after this step.</summary>
    public void Apply(ReadOnlySpan<double> row, Span<double> prepared)
    {
        for (var j = 0; j < prepared.Length; j++)
        {
            prepared[j] = _parts[j].Of(row);
        }
    }

    /// <summary>Whether functions are taken, whose values are no decimals.</summary>
    public bool HasFunctions => _parts.Any(part => part.Factors.Any(factor => factor.Function is not null));

    /// <summary>Decimals after this step, which takes no functions.</summary>
    public DecimalRows Apply(DecimalRows rows)
    {
        var numbers = new Matrix(rows.Rows, DecimalNumber.Parts * Width);
        for (var i = 0; i < rows.Rows; i++)
        {
            foreach (var (j, part) in _parts.Index())
            {
                part.Of(rows, i).CopyTo(numbers.WritableRow(i)[(DecimalNumber.Parts * j)..]);
            }
        }

        return new DecimalRows(new VariableNames([.. Enumerable.Range(0, Width).Select(Name)], []),
            new Dataset(numbers, new Matrix(rows.Rows, 0)))
        { Weights = rows.Weights };
    }

    private sealed record Part(TermFactor[] Factors, int[] Columns)
    {
        public double Of(ReadOnlySpan<double> row)
        {
            var value = Factors[0].BaseAt(row[Columns[0]]);
            for (var k = 1; k < Factors.Length; k++)
            {
                value *= Factors[k].BaseAt(row[Columns[k]]); // 0, 1 or -1
            }

            return value == 0 ? 0 : value; // not -0
        }

        public DecimalNumber Of(DecimalRows rows, int row)
        {
            var (number, sign) = (Of(Factors[0], rows[row, Columns[0]]), 1.0);
            for (var k = 1; k < Factors.Length; k++)
            {
                sign *= Factors[k].BaseAt(rows[row, Columns[k]].ToDouble());
            }

            return sign == 0 ? default : sign > 0 ? number : number with { High = -number.High, Low = -number.Low };
        }

        private static DecimalNumber Of(TermFactor factor, DecimalNumber number) => factor.Contrast is { } contrast
            ? DecimalNumber.Of((System.Numerics.BigInteger)contrast.At(number.ToDouble()), 0) : number;
    }
}
