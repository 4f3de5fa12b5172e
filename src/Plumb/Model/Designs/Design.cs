using System.Globalization;
using Plumb.Numerics;

namespace Plumb.Designs;

/// <summary>
/// Inputs made from columns: the columns to read, and what becomes of them. Powers and products are formed exactly, not
/// rounded to doubles; functions are rounded once.
/// </summary>
public sealed class Design : IEquatable<Design>
{
    private readonly Preparation? _first;
    private readonly Monomials? _second;

    /// <summary>A design.</summary>
    /// <param name="terms">The inputs, one or more.</param>
    /// <param name="targets">The targets' names.</param>
    /// <exception cref="ArgumentException">An input is given twice, or a power is below 1 or above
    /// <see cref="Term.HighestPower"/>.</exception>
    public Design(IReadOnlyList<Term> terms, IReadOnlyList<string> targets)
        : this(targets is null ? throw new ArgumentNullException(nameof(targets))
            : [.. targets.Select(name => new Term(name))], terms)
    {
    }

    private Design(IReadOnlyList<Term> targets, IReadOnlyList<Term> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Terms = terms;
        Targets = targets;
        Names = new VariableNames([.. terms.Select(term => term.Name)], [.. targets.Select(term => term.Name)]);
        Columns = new VariableNames(Distinct(terms), Distinct(targets));
        if (terms.FirstOrDefault(term => PowerOf(term) is < 1 or > Term.HighestPower) is { } bad)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the input {bad.Name} has power {PowerOf(bad)}; it must be 1 to {Term.HighestPower}."),
                nameof(terms));
        }

        if (terms.GroupBy(term => term).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"the input {twice.Key.Name} is given twice; give each once.", nameof(terms));
        }

        (_first, _second) = Preparation.Of([.. Columns.Inputs, .. Columns.Targets], [.. terms, .. targets]);
    }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<Term> Terms { get; }

    /// <summary>The targets: columns, or functions of them.</summary>
    public IReadOnlyList<Term> Targets { get; }

    /// <summary>The names of the inputs and targets.</summary>
    public VariableNames Names { get; }

    /// <summary>The names of the columns that the inputs are made from, and those of the targets.</summary>
    public VariableNames Columns { get; }

    /// <summary>
    /// What the numbers of columns stand for, where their cells are not numbers or not meant as such.
    /// </summary>
    public IReadOnlyDictionary<string, ColumnMeaning> Meanings { get; init; } =
        new Dictionary<string, ColumnMeaning>(StringComparer.Ordinal);

    /// <summary>Whether the inputs and targets are the columns themselves.</summary>
    public bool IsPlain =>
        Meanings.Count == 0 && Terms.All(term => term.IsColumn) && Targets.All(term => term.IsColumn);

    /// <summary>Whether the inputs are columns and powers of them, and the targets columns.</summary>
    public bool IsOfPowers =>
        Meanings.Count == 0 && Terms.All(term => term.AsPower is not null) && Targets.All(term => term.IsColumn);

    /// <summary>
    /// Whether inputs or targets are functions of columns, which are rounded and not defined for every number.
    /// </summary>
    public bool HasFunctions => _first?.HasFunctions ?? false;

    /// <summary>
    /// The inputs that are squares of others, kept to see whether a target is curved along them; the last ones.
    /// </summary>
    public IReadOnlyList<KeptSquare> Squares { get; internal init; } = [];

    /// <summary>
    /// The same inputs and, after them, the square of each that is not among them; none of a contrast.
    /// </summary>
    public Design WithSquares()
    {
        List<Term> terms = [.. Terms];
        List<KeptSquare> squares = [];
        foreach (var term in Terms)
        {
            if (term.Factors is not [{ Contrast: null } only] || 2 * only.Power > Term.HighestPower)
            {
                continue;
            }

            var square = new Term([only with { Power = 2 * only.Power }]);
            if (!Names.Inputs.Concat(Names.Targets).Contains(square.Name, StringComparer.Ordinal))
            {
                terms.Add(square);
                squares.Add(new KeptSquare(term.Name, square.Name));
            }
        }

        return new Design(Targets, terms) { Squares = squares, Meanings = Meanings };
    }

    /// <summary>The design whose inputs are columns.</summary>
    public static Design Of(VariableNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new Design([.. names.Inputs.Select(name => new Term(name))], names.Targets);
    }

    /// <summary>A design whose targets may be functions of columns.</summary>
    /// <param name="terms">The inputs, one or more.</param>
    /// <param name="targets">The targets: columns, or invertible functions of them.</param>
    /// <exception cref="ArgumentException">An input is given twice, a power is too high, or a target is another
    /// term.</exception>
    public static Design Of(IReadOnlyList<Term> terms, IReadOnlyList<Term> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return targets.FirstOrDefault(term => !CanBeTarget(term)) is { } bad
            ? throw new ArgumentException($"the target {bad.Name} does not tell the column that it is made from; "
                + $"give a column, or a function of one that can be undone.", nameof(targets))
            : new Design(targets, terms);
    }

    /// <summary>
    /// The design whose inputs are columns, of which the last are squares of others that were formed elsewhere.
    /// </summary>
    internal static Design Of(VariableNames names, IReadOnlyList<KeptSquare> squares) =>
        new([.. names.Inputs.Select(name => new Term(name))], names.Targets) { Squares = squares };

    /// <summary>Whether a term tells the column that it is made from.</summary>
    public static bool CanBeTarget(Term term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.Factors is [{ Power: 1, Contrast: null, Function: null or { IsInvertible: true } }];
    }

    /// <summary>The same design of columns that mean something.</summary>
    internal Design With(IReadOnlyDictionary<string, ColumnMeaning> meanings) =>
        new(Targets, Terms) { Squares = Squares, Meanings = meanings };

    /// <summary>The same inputs without targets: what a prediction needs.</summary>
    public Design WithoutTargets() => new((IReadOnlyList<Term>)[], Terms) { Meanings = Meanings };

    /// <summary>The rows of the inputs, each power and product in one rounding.</summary>
    /// <param name="rows">The rows of the columns.</param>
    public Dataset Expand(Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (_first is null && _second is null)
        {
            return rows;
        }

        var (inputs, targets) = (new Matrix(rows.Rows, Terms.Count), new Matrix(rows.Rows, Targets.Count));
        var (width, read) = (Columns.Inputs.Count, new double[Columns.Inputs.Count + Columns.Targets.Count]);
        var prepared = _first is null ? read : new double[_first.Width];
        for (var i = 0; i < rows.Rows; i++)
        {
            rows.Inputs.Row(i).CopyTo(read);
            rows.Targets.Row(i).CopyTo(read.AsSpan(width));
            _first?.Apply(read, prepared);
            Multiply(prepared, 0, inputs.WritableRow(i));
            Multiply(prepared, Terms.Count, targets.WritableRow(i));
        }

        return new Dataset(inputs, targets, Names) { Weights = rows.Weights };
    }

    /// <summary>
    /// The first number of rows of the columns for which a function is not defined; null where there is none.
    /// </summary>
    /// <param name="rows">The rows of the columns.</param>
    /// <returns>The number's row, from 0, the function of the column, and the number.</returns>
    public UndefinedValue? FirstUndefined(Dataset rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!HasFunctions)
        {
            return null;
        }

        List<(TermFactor Factor, Matrix Values, int Column)> functions =
        [
            .. Functions(Terms).Select(factor => (factor, rows.Inputs, PlaceOf(Columns.Inputs, factor))),
            .. Functions(Targets).Select(factor => (factor, rows.Targets, PlaceOf(Columns.Targets, factor))),
        ];
        for (var i = 0; i < rows.Rows; i++)
        {
            foreach (var (factor, values, column) in functions)
            {
                if (values[i, column] is var value && !double.IsNaN(value) && !factor.Function!.IsDefined(value))
                {
                    return new UndefinedValue(i, factor, value);
                }
            }
        }

        return null;

        static IEnumerable<TermFactor> Functions(IEnumerable<Term> terms) =>
            terms.SelectMany(term => term.Factors).Where(factor => factor.Function is not null)
                .Select(factor => factor.Base).Distinct();
        static int PlaceOf(IReadOnlyList<string> columns, TermFactor factor) => columns.ToList().IndexOf(factor.Column);
    }

    /// <summary>The design of some of the inputs and targets, which may change places where they are columns.</summary>
    /// <param name="names">Their names.</param>
    internal Design Only(VariableNames names)
    {
        var known = Terms.Concat(Targets).DistinctBy(term => term.Name)
            .ToDictionary(term => term.Name, StringComparer.Ordinal);
        List<Term> terms = [.. names.Inputs.Select(name => known[name])];
        List<Term> targets = [.. names.Targets.Select(name => known[name])];
        return targets.TrueForAll(CanBeTarget)
            ? new Design(targets, terms).With(Meanings.Where(pair => terms.Concat(targets)
                .Any(term => term.Columns.Contains(pair.Key))).ToDictionary(StringComparer.Ordinal)) : Of(names);
    }

    /// <summary>The first column that means something else in another design; null where there is none.</summary>
    internal string? FirstOtherMeaning(Design other) => Meanings.Keys.FirstOrDefault(column =>
        other.Meanings.GetValueOrDefault(column) is { } meaning && !meaning.Equals(Meanings[column]));

    /// <summary>The same inputs and targets of columns that mean the same.</summary>
    public bool Equals(Design? other) => other is not null && Names.Equals(other.Names)
        && Terms.SequenceEqual(other.Terms) && Targets.SequenceEqual(other.Targets)
        && Squares.SequenceEqual(other.Squares) && Meanings.Count == other.Meanings.Count
        && Meanings.All(pair => pair.Value.Equals(other.Meanings.GetValueOrDefault(pair.Key)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Design);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Names, Meanings.Count);

    /// <inheritdoc/>
    public override string ToString() => Shown.Names(Names);

    /// <summary>The names of what rows are after the first step.</summary>
    internal IReadOnlyList<string> PreparedNames => _first is null ? [.. Columns.Inputs, .. Columns.Targets]
        : [.. Enumerable.Range(0, _first.Width).Select(_first.Name)];

    /// <summary>The first step from rows of the columns to z; null where there is nothing to do.</summary>
    internal Preparation? Preparation => _first;

    /// <summary>
    /// The second: what z = [x; y; 1] is made of, from rows after the first; null where it is these themselves.
    /// </summary>
    internal Monomials? ToMonomials() => _second;

    private static int PowerOf(Term term) => term.Factors.Any(factor => factor.Power < 1)
        ? term.Factors.Min(factor => factor.Power) : term.Factors.Sum(factor => factor.Power);

    private static string[] Distinct(IReadOnlyList<Term> terms) =>
        [.. terms.SelectMany(term => term.Columns).Distinct(StringComparer.Ordinal)];

    private void Multiply(ReadOnlySpan<double> prepared, int first, Span<double> elements)
    {
        for (var j = 0; j < elements.Length; j++)
        {
            elements[j] = _second is null ? prepared[first + j] : Product(_second.Elements[first + j], prepared);
        }
    }

    private static double Product(IReadOnlyList<Monomials.Power> powers, ReadOnlySpan<double> row)
    {
        switch (powers)
        {
            case [{ Exponent: 1 } only]:
                return row[only.Column];
            case [{ Exponent: 1 } one, { Exponent: 1 } other]:
                return row[one.Column] * row[other.Column];
        }

        var product = Dyadic.One;
        foreach (var power in powers)
        {
            var value = row[power.Column];
            if (!double.IsFinite(value))
            {
                return powers is [var alone] ? Math.Pow(value, alone.Exponent) : double.NaN;
            }

            var (significand, exponent) = Dyadic.Split(value);
            product *= new Dyadic(System.Numerics.BigInteger.Pow(significand, power.Exponent),
                exponent * power.Exponent);
        }

        return product.ToDouble();
    }
}
