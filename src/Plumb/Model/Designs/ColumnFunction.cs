using System.Globalization;
using Plumb.Numerics;

namespace Plumb.Designs;

/// <summary>A function of one number, rounded once, from a closed list: exp, log, sqrt, ... and 1/x^n.</summary>
public sealed class ColumnFunction
{
    private const double LargestExponent = 709.782712893384; // whose exp is the largest double
    private readonly Func<double, double> _apply;
    private readonly Func<double, bool> _isDefined;
    private readonly Func<double, double>? _inverse;

    private ColumnFunction(string name, string domain, Func<double, bool> isDefined, Func<double, double> apply,
        Func<double, double>? inverse = null) =>
        (Name, Domain, _isDefined, _apply, _inverse) = (name, domain, isDefined, apply, inverse);

    /// <summary>e^x.</summary>
    public static ColumnFunction Exp { get; } =
        new("exp", "a number up to 709.78", x => x <= LargestExponent, Elementary.Exp, Elementary.Log);

    /// <summary>The natural logarithm.</summary>
    public static ColumnFunction Log { get; } =
        new("log", "a number above 0", x => x > 0, Elementary.Log, Elementary.Exp);

    /// <summary>The logarithm to base 10.</summary>
    public static ColumnFunction Log10 { get; } =
        new("log10", "a number above 0", x => x > 0, Elementary.Log10, y => Math.Pow(10, y));

    /// <summary>The logarithm to base 2.</summary>
    public static ColumnFunction Log2 { get; } =
        new("log2", "a number above 0", x => x > 0, Elementary.Log2, y => Math.Pow(2, y));

    /// <summary>The natural logarithm of 1 + x.</summary>
    public static ColumnFunction Log1P { get; } =
        new("log1p", "a number above -1", x => x > -1, Elementary.Log1P, Elementary.ExpM1);

    /// <summary>The square root.</summary>
    public static ColumnFunction Sqrt { get; } = new("sqrt", "0 or more", x => x >= 0, Math.Sqrt, y => y * y);

    /// <summary>The magnitude.</summary>
    public static ColumnFunction Abs { get; } = new("abs", "a number", _ => true, Math.Abs);

    private static readonly ColumnFunction[] s_named = [Exp, Log, Log10, Log2, Log1P, Sqrt, Abs];
    private static readonly ColumnFunction[] s_reciprocals =
        [.. Enumerable.Range(1, Term.HighestPower).Select(power => new ColumnFunction(
            power == 1 ? "1/x" : FormattableString.Invariant($"x^-{power}"), "a number other than 0",
            x => x != 0 && double.IsFinite(ReciprocalOf(x, power)), x => ReciprocalOf(x, power),
            power == 1 ? y => 1 / y : null))];

    /// <summary>What a formula calls it: log, or 1/x or x^-2.</summary>
    public string Name { get; }

    /// <summary>What it takes, for a message: "a number above 0".</summary>
    public string Domain { get; }

    /// <summary>Whether its value tells the number.</summary>
    public bool IsInvertible => _inverse is not null;

    /// <summary>The names of those that are written as in log(x).</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_named.Select(function => function.Name)];

    /// <summary>The function that a name means, such as log, 1/x or x^-2; null where it means none.</summary>
    public static ColumnFunction? Named(string name) =>
        s_named.Concat(s_reciprocals).FirstOrDefault(function => function.Name == name);

    /// <summary>1/x^power.</summary>
    /// <param name="power">1 to <see cref="Term.HighestPower"/>.</param>
    public static ColumnFunction Reciprocal(int power) => s_reciprocals[power - 1];

    /// <summary>Whether it has a finite value there.</summary>
    public bool IsDefined(double x) => _isDefined(x);

    /// <summary>Its value, the nearest double; none where it has none.</summary>
    public double Apply(double x) => _apply(x);

    /// <summary>The number that has this value.</summary>
    /// <exception cref="InvalidOperationException">Its value does not tell the number.</exception>
    public double Invert(double y) => _inverse is { } inverse ? inverse(y)
        : throw new InvalidOperationException($"{Name} of a number does not tell the number.");

    /// <summary>
    /// The numbers whose values lie in an interval: infinite ends where they reach through 0 of 1/x, and of a square
    /// root only what is not negative.
    /// </summary>
    /// <exception cref="InvalidOperationException">Its value does not tell the number.</exception>
    public (double Low, double High) InvertInterval(double low, double high) =>
        this == Sqrt ? (Invert(Math.Max(low, 0)), Invert(Math.Max(high, 0)))
        : this != s_reciprocals[0] ? (Invert(low), Invert(high))
        : low > 0 || high < 0 ? (Invert(high), Invert(low))
        : (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The name of its value for a column.</summary>
    /// <param name="column">What the column is called.</param>
    public string Of(string column) => this == s_reciprocals[0] ? "1/" + column
        : Name.StartsWith("x^", StringComparison.Ordinal) ? column + Name[1..]
        : string.Create(CultureInfo.InvariantCulture, $"{Name}({column})");

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static double ReciprocalOf(double x, int power)
    {
        if (power == 1 || x == 0 || !double.IsFinite(x))
        {
            return power == 1 ? 1 / x : Math.Pow(x, -power);
        }

        var (significand, exponent) = Dyadic.Split(x);
        return Dyadic.Ratio(Dyadic.One,
            new Dyadic(System.Numerics.BigInteger.Pow(significand, power), exponent * power));
    }
}
