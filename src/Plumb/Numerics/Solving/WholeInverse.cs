using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// An inverse factor in whole numbers with a fixed point, for matrices too near to singular for doubles. D and all
/// products are exact.
/// </summary>
internal sealed class WholeInverse : InverseFactor
{
    private readonly BigInteger[][] _rows; // J, row by row up to the diagonal, times 2^bits
    private readonly int _bits;

    /// <summary>Evaluates D; the deviation is infinite where it is not below 1.</summary>
    /// <param name="factor">Holds J.</param>
    /// <param name="matrix">A.</param>
    /// <param name="scales">The powers of two that it is scaled by.</param>
    public WholeInverse(FixedPointCholesky factor, ScaledMatrix matrix, int[] scales)
    {
        (_rows, _bits) = (factor.WholeInverse, factor.Bits);
        var size = matrix.Size;
        var grid = 2 * matrix.Exponents.Zip(scales, (exponent, scale) => exponent - scale).Min();
        var sums = new BigInteger[size];
        for (var k = 0; k < size; k++)
        {
            Stop.IfAsked();
            var image = new BigInteger[size]; // row k of J A
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j <= k; j++)
                {
                    image[i] += _rows[k][j]
                        * (matrix.Whole(j, i) << (matrix.Exponents[j] - scales[j] + matrix.Exponents[i] - scales[i]
                            - grid));
                }
            }

            for (var i = k; i < size; i++)
            {
                var sum = i == k ? -(BigInteger.One << (2 * _bits - grid)) : BigInteger.Zero;
                for (var j = 0; j <= i; j++)
                {
                    sum += _rows[i][j] * image[j];
                }

                sums[i] += BigInteger.Abs(sum);
                sums[k] += i > k ? BigInteger.Abs(sum) : 0;
            }
        }

        const double Least = 1e-300; // doubles below it are rounded to fewer digits
        var largest = new Dyadic(sums.Max(), grid - 2 * _bits).ToDouble() * (1 + 1.0 / (1L << 40)) + Least;
        Deviation = largest < 1 ? largest : double.PositiveInfinity;
    }

    public override double Deviation { get; }

    public override PaddedRows Rows => field ??= ToDoubles();

    public override IReadOnlyList<int> RowPowers => field ??= [.. _rows.Select(PowerOf)];

    public override ErrorBounds Judge(Dyadic[] residual)
    {
        // Of a step: J has at most half of the factor's bits before the point, and each round is to gain that many
        // more.
        var kept = _bits / 2 + 64;
        var projection = Multiply(residual);
        var step = MultiplyColumns(projection);
        var magnitude = step.Where(value => !value.IsZero).Select(value => value.Magnitude).DefaultIfEmpty(0).Max();
        return JudgementOf(
            [.. projection.Select(value => value.Abs().RoundUp())],
            bounds => [.. MultiplyColumns(bounds, absolute: true).Select(value => value.RoundUp())],
            [.. step.Select(value => new Dyadic(FixedPointCholesky.Fixed(value, kept - magnitude), magnitude - kept))]);
    }

    public override Dyadic[] Project(Dyadic[] vector) => [.. Multiply(vector).Select(value => value.Abs().RoundUp())];

    public override Bounded QuadraticForm(Dyadic[] vector) =>
        new(Multiply(vector).Aggregate(Dyadic.Zero, (sum, value) => sum + value * value), Tail);

    public override Bounded[] InverseDiagonal() =>
        [.. Enumerable.Range(0, _rows.Length)
            .Select(j => new Bounded(new Dyadic(InnerProduct(j, j), -2 * _bits), Tail))];

    public override double[] InverseMagnitudesTimes(ReadOnlySpan<double> vector)
    {
        var sums = new double[vector.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            for (var j = 0; j < sums.Length; j++)
            {
                sums[i] += vector[j] == 0 ? 0
                    : Math.Abs((new Dyadic(InnerProduct(i, j), -2 * _bits) * vector[j]).ToDouble());
            }
        }

        return sums;
    }

    /// <summary>Of two columns of J.</summary>
    private BigInteger InnerProduct(int left, int right)
    {
        var sum = BigInteger.Zero;
        for (var k = Math.Max(left, right); k < _rows.Length; k++)
        {
            sum += _rows[k][left] * _rows[k][right];
        }

        return sum;
    }

    private Dyadic[] Multiply(Dyadic[] vector)
    {
        var (whole, grid) = OnGrid(vector);
        return [.. _rows.Select(row =>
            new Dyadic(row.Zip(whole, (left, right) => left * right).Aggregate(BigInteger.Zero, BigInteger.Add),
                grid - _bits))];
    }

    private Dyadic[] MultiplyColumns(Dyadic[] vector, bool absolute = false)
    {
        var (whole, grid) = OnGrid(vector);
        var sums = new BigInteger[vector.Length];
        for (var k = 0; k < sums.Length; k++)
        {
            for (var j = 0; j <= k; j++)
            {
                sums[j] += (absolute ? BigInteger.Abs(_rows[k][j]) : _rows[k][j]) * whole[k];
            }
        }

        return [.. sums.Select(sum => new Dyadic(sum, grid - _bits))];
    }

    private static (BigInteger[] Whole, int Grid) OnGrid(Dyadic[] vector)
    {
        var grid = vector.Where(value => !value.IsZero).Select(value => value.Exponent).DefaultIfEmpty(0).Min();
        return ([.. vector.Select(value => value.OnGrid(grid))], grid);
    }

    private int PowerOf(BigInteger[] row)
    {
        const int LargestInRange = 1000; // bits, well below the end of the range
        var magnitude = row.Max(value => new Dyadic(value, -_bits).Magnitude);
        return magnitude > LargestInRange ? magnitude : 0;
    }

    private PaddedRows ToDoubles()
    {
        var rows = new PaddedRows(_rows.Length, _rows.Length);
        for (var i = 0; i < _rows.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                rows[i, j] = new Dyadic(_rows[i][j], -_bits - RowPowers[i]).ToDouble();
            }
        }

        return rows;
    }
}
