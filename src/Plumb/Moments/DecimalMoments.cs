using System.Globalization;
using System.Numerics;
using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Adds up rows of decimals exactly: each column as whole numbers on its own power of ten, that of its finest number so
/// far. When a finer one comes, the sums are multiplied up, so
/// neither the order of the rows nor how they are cut into blocks makes a difference.
/// </summary>
/// <remarks>One thread at a time: a second one gets an <see cref="InvalidOperationException"/>.</remarks>
public sealed class DecimalMoments
{
    /// <summary>The most decimals of all, with a power's.</summary>
    internal const int MostDecimals = DecimalNumber.MostDecimals * Term.HighestPower;

    private static readonly Int128[] s_wideTens =
        [.. Enumerable.Range(0, DecimalNumber.MostDigits + 1).Select(power => (Int128)BigInteger.Pow(10, power))];

    private readonly OneAtATime _changes = new("adding rows to these moments");
    private readonly Design _design;
    private readonly string _name;
    private readonly Monomials? _monomials;
    private readonly int?[] _decimals; // the finest of each column; null while it holds only zeros
    private readonly int?[] _tops; // the power of ten above the largest of each column
    private readonly int _width; // columns of a row
    private readonly ExactGram _short; // whole numbers that are doubles
    private readonly Lazy<ExactGram> _long; // those that take two: highs, then lows
    private ExactGram _sums; // all rows but those in the two

    /// <summary>No rows yet.</summary>
    /// <param name="design">The inputs, and what they are made of.</param>
    /// <param name="name">What messages call the data.</param>
    /// <exception cref="ArgumentException">There are more columns than memory has room for.</exception>
    public DecimalMoments(Design design, string name = "the data")
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(name);
        (_design, _name, _monomials) = (design, name, design.ToMonomials());
        _ = new Moments(design); // which says whether there is room
        if (design.HasFunctions)
        {
            throw new ArgumentException("functions of decimals are no decimals; add up doubles.", nameof(design));
        }

        _width = design.PreparedNames.Count;
        (_decimals, _tops) = (new int?[_width], new int?[_width]);
        _sums = new ExactGram(1 + design.Terms.Count + design.Names.Targets.Count);
        _short = new ExactGram(1 + _width);
        _long = new Lazy<ExactGram>(() => new ExactGram(1 + 2 * _width));
    }

    /// <summary>No rows yet, of inputs that are columns.</summary>
    /// <param name="names">The names of the inputs and targets.</param>
    /// <param name="name">What messages call the data.</param>
    /// <exception cref="ArgumentException">There are more columns than memory has room for.</exception>
    public DecimalMoments(VariableNames names, string name = "the data")
        : this(Design.Of(names), name)
    {
    }

    /// <summary>
    /// The number of rows; those with a frequency count as often as it says, those of weight 0 not at all.
    /// </summary>
    public long Rows { get; private set; }

    /// <summary>Adds rows.</summary>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    /// <exception cref="OverflowException">There would be more than 2^63 rows.</exception>
    /// <exception cref="InvalidDataException">A column reaches over more than 31 digits, from its largest number to its
    /// finest; nothing is added.</exception>
    public void Add(DecimalRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var change = _changes.Begin();
        if (rows.Names.Inputs.Count != _design.Columns.Inputs.Count
            || rows.Names.Targets.Count != _design.Columns.Targets.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found {rows.Names.Inputs.Count} inputs and {rows.Names.Targets.Count} targets, but these moments "
                        + $"have {_design.Columns.Inputs.Count} and {_design.Columns.Targets.Count}."), nameof(rows));
        }

        var counted = checked(Rows + (rows.Weights?.Rows() ?? rows.Rows));
        var counting = rows.WithoutWeightZero();
        var weighted = _design.Preparation?.Apply(counting) ?? counting;
        if (_monomials is not null)
        {
            Refine(weighted);
            AddPowers(weighted);
        }
        else if (!TryAddShort(weighted))
        {
            Refine(weighted);
            AddColumns(weighted);
        }

        Rows = counted;
    }

    /// <summary>The moments of the rows so far.</summary>
    public Moments ToMoments()
    {
        using var change = _changes.Begin();
        Drain();
        int[] decimals = [.. Enumerable.Range(0, _sums.Size - 1).Select(DecimalsOf)];
        var finest = Math.Max(0, decimals.Max());
        return Moments.OfDecimals(_design, _sums.Times([.. decimals.Append(0).Select(own => Ten(finest - own))]),
            finest, Rows);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"moments of {Shown.Count(Rows, "row")} of decimals, {Shown.Names(_design.Names)}";

    private static ReadOnlyMemory<double> WeightsOf(DecimalRows rows) => rows.Weights?.Memory ?? default;

    private static Dyadic Ten(int power) => new(BigInteger.Pow(10, power), 0);

    /// <summary>The decimals of an element of z.</summary>
    private int DecimalsOf(int element) => _monomials is null ? _decimals[element] ?? 0
        : _monomials.Elements[element].Sum(power => (_decimals[power.Column] ?? 0) * power.Exponent);

    private void Refine(DecimalRows rows)
    {
        var (decimals, tops) = (_decimals.ToArray(), _tops.ToArray());
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var j = 0; j < _width; j++)
            {
                var number = rows[i, j];
                if (!number.IsZero)
                {
                    decimals[j] = Math.Max(number.Decimals, decimals[j] ?? number.Decimals);
                    tops[j] = Math.Max(number.Top, tops[j] ?? number.Top);
                }
            }
        }

        if (FirstTooLong(decimals, tops) is { } column)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{_name}: column '{_design.PreparedNames[column]}' "
                        + $"holds decimals from 10^{tops[column] - 1} down to 10^{-decimals[column]}, which takes "
                            + $"{tops[column] + decimals[column]} digits, expected {DecimalNumber.MostDigits} at most; "
                                + $"{Remedies.ReadNearestDoubles}."));
        }

        if (!decimals.SequenceEqual(_decimals))
        {
            Drain();
            int[] before = [.. Enumerable.Range(0, _sums.Size - 1).Select(DecimalsOf)];
            var known = _decimals.ToArray();
            decimals.CopyTo(_decimals, 0);
            _sums =
                _sums.Times(
                    [.. before.Select((own, element) => IsZero(element) ? Dyadic.One : Ten(DecimalsOf(element) - own)),
                        Dyadic.One]);

            bool IsZero(int element) => _monomials is null ? known[element] is null
                : _monomials.Elements[element].Any(power => known[power.Column] is null);
        }

        tops.CopyTo(_tops, 0);
    }

    private static int? FirstTooLong(int?[] decimals, int?[] tops)
    {
        var column = Enumerable.Range(0, tops.Length)
            .FirstOrDefault(j => tops[j] + decimals[j] > DecimalNumber.MostDigits, -1);
        return column < 0 ? null : column;
    }

    // Adds rows that lie on the powers of ten known so far, in whole numbers that are doubles: nearly all.
    private bool TryAddShort(DecimalRows rows)
    {
        var (wholes, largest) = (new double[rows.Rows * _width], new double[_width]);
        if (!rows.TryScale([.. _decimals.Select(known => known ?? int.MinValue)], wholes, largest))
        {
            return false;
        }

        for (var j = 0; j < _width; j++)
        {
            var number = DecimalNumber.Of((ulong)largest[j], false, _decimals[j] ?? 0);
            _tops[j] = number.IsZero ? _tops[j] : Math.Max(number.Top, _tops[j] ?? number.Top);
        }

        _short.Add(new StackedRows(rows.Rows, wholes, _width, default, 0), WeightsOf(rows), 1);
        return true;
    }

    private void AddColumns(DecimalRows rows)
    {
        var highs = new double[rows.Rows * _width];
        double[]? lows = null;
        for (var (i, place) = (0, 0); i < rows.Rows; i++)
        {
            for (var j = 0; j < _width; j++, place++)
            {
                var number = rows[i, j];
                if (number.IsZero)
                {
                    continue;
                }

                var tens = _decimals[j]!.Value - number.Decimals;
                var whole = number.Scaled(tens);
                if (!double.IsNaN(whole))
                {
                    highs[place] = whole;
                    continue;
                }

                var wide = Whole(number, j);
                highs[place] = (double)wide;
                (lows ??= new double[highs.Length])[place] = (double)(wide - (Int128)highs[place]);
            }
        }

        if (lows is null)
        {
            _short.Add(new StackedRows(rows.Rows, highs, _width, default, 0), WeightsOf(rows), 1);
        }
        else
        {
            _long.Value.Add(new StackedRows(rows.Rows, highs, _width, lows, _width), WeightsOf(rows), 1);
        }
    }

    private void AddPowers(DecimalRows rows)
    {
        var z = new (BigInteger Significand, int Exponent)[_sums.Size];
        var weighted = new (BigInteger Significand, int Exponent)[_sums.Size];
        z[^1] = (BigInteger.One, 0);
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var j = 0; j < z.Length - 1; j++)
            {
                z[j] = (_monomials!.Elements[j].Aggregate(BigInteger.One, (product, power) => product
                    * BigInteger.Pow((BigInteger)Whole(rows[i, power.Column], power.Column), power.Exponent)), 0);
            }

            var (significand, exponent) = Dyadic.Split(rows.Weights?.Values[i] ?? 1);
            for (var j = 0; j < z.Length; j++)
            {
                weighted[j] = (significand * z[j].Significand, exponent);
            }

            _sums.AddProducts(z, weighted);
        }
    }

    /// <summary>A number as the whole number on its column's power of ten.</summary>
    private Int128 Whole(DecimalNumber number, int column) =>
        number.IsZero ? 0
            : ((Int128)number.High + (Int128)number.Low) * s_wideTens[_decimals[column]!.Value - number.Decimals];

    /// <summary>Moves the rows on their way into the sums.</summary>
    private void Drain()
    {
        if (_monomials is null)
        {
            _sums.Add(_short, 1);
            _short.Clear();
        }

        if (!_long.IsValueCreated)
        {
            return;
        }

        var parts = _long.Value;
        for (var i = 0; i < _width; i++)
        {
            for (var j = i; j < _width; j++)
            {
                _sums.Add(i, j,
                    parts[i, j] + parts[i, _width + j] + parts[_width + i, j] + parts[_width + i, _width + j]);
            }

            _sums.Add(i, _width, parts[i, 2 * _width] + parts[_width + i, 2 * _width]);
        }

        _sums.Add(_width, _width, parts[2 * _width, 2 * _width]);
        parts.Clear();
    }
}
