using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// Adds up w z z' the slow way that takes every double, every weight and every power: one product at a time.
/// </summary>
/// <param name="size">The length of z.</param>
/// <param name="monomials">What z is made of; the columns themselves when null.</param>
internal sealed class DirectGram(int size, Monomials? monomials)
{
    /// <summary>Adds rows, up to the first value that is not finite.</summary>
    /// <returns>How many rows were added.</returns>
    public int Add(ExactGram sums, RowBlock rows, ReadOnlySpan<double> weights, int start, int count, int sign)
    {
        var row = new double[rows.Columns];
        var (z, weighted) =
            (new (BigInteger Significand, int Exponent)[size], new (BigInteger Significand, int Exponent)[size]);
        for (var k = 0; k < count; k++)
        {
            rows.Load(start + k, 1, row, row.Length);
            if (!Array.TrueForAll(row, double.IsFinite))
            {
                return k;
            }

            z[^1] = (BigInteger.One, 0);
            for (var j = 0; j < size - 1; j++)
            {
                z[j] = monomials is null ? Dyadic.Split(row[j]) : Product(monomials.Elements[j], row);
            }

            var weight = weights.Length > 0 ? Dyadic.Split(weights[start + k]) : (Significand: 1, Exponent: 0);
            for (var j = 0; j < size; j++)
            {
                weighted[j] = (sign * weight.Significand * z[j].Significand, weight.Exponent + z[j].Exponent);
            }

            sums.AddProducts(z, weighted);
        }

        return count;
    }

    private static (BigInteger Significand, int Exponent) Product(IReadOnlyList<Monomials.Power> powers, double[] row)
    {
        var (product, shift) = (BigInteger.One, 0);
        foreach (var power in powers)
        {
            var (significand, exponent) = Dyadic.Split(row[power.Column]);
            product *= power.Exponent == 1 ? significand : BigInteger.Pow(significand, power.Exponent);
            shift += exponent * power.Exponent;
        }

        return (product, shift);
    }
}
