using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>
/// Least squares in fractions, by plain elimination: the best fit, its standard errors, and how far rounding the data
/// in their last bit moves each parameter. It shares nothing with the library's solver,
/// and judges how far a map is from the best fit. Null factors of the data are refused: everything must be determined.
/// </summary>
internal sealed class ExactJudge
{
    private const double Unit = 1.0 / (1L << 53);

    private readonly Fraction[,] _inverse; // (Z'Z)^-1, Z the rows of [x; 1]
    private readonly double[] _roots; // of its diagonal
    private readonly double[] _lengths; // of the columns of Z
    private readonly Fraction[][] _best; // parameters of each target
    private readonly double[] _residuals; // their lengths
    private readonly double[] _targetLengths;
    private readonly long _freedom;

    private ExactJudge(Fraction[][] z, Fraction[][] y, Fraction[,] inverse)
    {
        _inverse = inverse;
        _roots = [.. Enumerable.Range(0, z.Length).Select(i => inverse[i, i].Root())];
        _lengths = [.. z.Select(column => Dot(column, column).Root())];
        _targetLengths = [.. y.Select(column => Dot(column, column).Root())];
        _freedom = z[0].Length - z.Length;
        _best = [.. y.Select(target => Solve(z, target, inverse))];
        _residuals = [.. y.Select((target, t) => Residual(z, target, _best[t]).Root())];
    }

    /// <summary>The judge of these rows; null where they do not determine everything.</summary>
    public static ExactJudge? Of(Dataset data)
    {
        Fraction[] ones = [.. Enumerable.Repeat(Fraction.One, data.Rows)];
        Fraction[][] z = [.. Enumerable.Range(0, data.Inputs.Columns).Select(j => Column(data.Inputs, j)), ones];
        Fraction[][] y = [.. Enumerable.Range(0, data.Targets.Columns).Select(t => Column(data.Targets, t))];
        return Inverse(z) is { } inverse ? new ExactJudge(z, y, inverse) : null;
    }

    /// <summary>
    /// How far a parameter (the bias last) is from the best fit's, to its last bit, over a hundredth of its standard
    /// error or what rounding leaves of it, whichever is larger: at most 1 where it has converged.
    /// </summary>
    public double Ratio(AffineMap map, int target, int parameter)
    {
        var value = parameter < map.InputCount ? map.WeightsOf(target)[parameter] : map.Bias[target];
        var (best, allowed) =
            (_best[target][parameter], Math.Max(0.01 * StandardError(target, parameter), Rounding(target, parameter)));
        // Which the best fit in doubles is off by.
        var distance = (Fraction.Of(value) - best).Magnitude() - Unit * best.Magnitude();
        return distance <= 0 ? 0 : distance / allowed;
    }

    /// <summary>The standard error; 0 without degrees of freedom.</summary>
    public double StandardError(int target, int parameter) =>
        _freedom > 0 ? _residuals[target] / Math.Sqrt(_freedom) * _roots[parameter] : 0;

    /// <summary>
    /// What a backward stable solver may leave: eight units in the last place of the data per parameter. Higham,
    /// Accuracy and Stability of Numerical Algorithms, section 20.1.
    /// Where there is more noise than rounding, four units of what does not hang on the residuals: those that W, b
    /// and the predictions lose when they are rounded.
    /// </summary>
    private double Rounding(int target, int parameter)
    {
        var moved = _targetLengths[target];
        for (var j = 0; j < _lengths.Length; j++)
        {
            moved += _lengths[j] * _best[target][j].Magnitude();
        }

        var magnitude = _targetLengths[target] / _lengths[^1];
        var hasNoise = _freedom > 0 && _residuals[target] / Math.Sqrt(_freedom) > 16 * Unit * magnitude;
        var stable = 8 * _lengths.Length * Unit;
        var reach = Enumerable.Range(0, _lengths.Length).Sum(j => _inverse[parameter, j].Magnitude() * _lengths[j]);
        var ofResidual = reach * _residuals[target];
        return (hasNoise ? 4 * Unit : stable) * _roots[parameter] * moved + stable * ofResidual;
    }

    private static Fraction[] Column(Matrix matrix, int column) =>
        [.. Enumerable.Range(0, matrix.Rows).Select(i => Fraction.Of(matrix[i, column]))];

    private static Fraction Dot(Fraction[] left, Fraction[] right) =>
        left.Zip(right, (a, b) => a * b).Aggregate(Fraction.Zero, (sum, product) => sum + product);

    private static Fraction[] Solve(Fraction[][] z, Fraction[] target, Fraction[,] inverse)
    {
        var right = z.Select(column => Dot(column, target)).ToArray();
        Fraction[] Row(int i) => [.. Enumerable.Range(0, z.Length).Select(j => inverse[i, j])];
        return [.. Enumerable.Range(0, z.Length).Select(i => Dot(Row(i), right))];
    }

    private static Fraction Residual(Fraction[][] z, Fraction[] target, Fraction[] best)
    {
        var rest = target.Select((value, i) => value - Dot(best, [.. z.Select(column => column[i])])).ToArray();
        return Dot(rest, rest);
    }

    /// <summary>Gauss and Jordan; null where there is none.</summary>
    private static Fraction[,]? Inverse(Fraction[][] z)
    {
        var size = z.Length;
        var rows = new Fraction[size, 2 * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                (rows[i, j], rows[i, size + j]) = (Dot(z[i], z[j]), i == j ? Fraction.One : Fraction.Zero);
            }
        }

        for (var pivot = 0; pivot < size; pivot++)
        {
            if (rows[pivot, pivot].IsZero)
            {
                return null; // of a matrix Z'Z: its columns depend on those before
            }

            var scale = rows[pivot, pivot];
            for (var j = 0; j < 2 * size; j++)
            {
                rows[pivot, j] /= scale;
            }

            for (var i = 0; i < size; i++)
            {
                var factor = rows[i, pivot];
                for (var j = 0; i != pivot && j < 2 * size; j++)
                {
                    rows[i, j] -= factor * rows[pivot, j];
                }
            }
        }

        var inverse = new Fraction[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                inverse[i, j] = rows[i, size + j];
            }
        }

        return inverse;
    }

    /// <summary>A fraction in lowest terms; its denominator is positive.</summary>
    private readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
    {
        public static Fraction Zero { get; } = new(0, 1);

        public static Fraction One { get; } = new(1, 1);

        public bool IsZero => Numerator.IsZero;

        public static Fraction Of(double value)
        {
            var exact = (Dyadic)value;
            return exact.Exponent >= 0
                ? new Fraction(exact.Significand << exact.Exponent, 1)
                : Reduced(exact.Significand, BigInteger.One << -exact.Exponent);
        }

        public static Fraction operator +(Fraction left, Fraction right) => Reduced(
            left.Numerator * right.Denominator + right.Numerator * left.Denominator,
            left.Denominator * right.Denominator);

        public static Fraction operator -(Fraction left, Fraction right) =>
            left + new Fraction(-right.Numerator, right.Denominator);

        public static Fraction operator *(Fraction left, Fraction right) =>
            Reduced(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

        public static Fraction operator /(Fraction left, Fraction right) => Reduced(
            left.Numerator * right.Denominator * right.Numerator.Sign,
            left.Denominator * BigInteger.Abs(right.Numerator));

        public double Magnitude() => Math.Abs(Dyadic.Ratio(new Dyadic(Numerator, 0), new Dyadic(Denominator, 0)));

        public double Root() => Dyadic.SquareRootOfRatio(new Dyadic(Numerator, 0), new Dyadic(Denominator, 0));

        private static Fraction Reduced(BigInteger numerator, BigInteger denominator)
        {
            var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
            return divisor.IsOne
                ? new Fraction(numerator, denominator)
                : new Fraction(numerator / divisor, denominator / divisor);
        }
    }
}
