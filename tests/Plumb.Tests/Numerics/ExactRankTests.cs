using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

public sealed class ExactRankTests
{
    /// <summary>
    /// Whole numbers of chosen rank: a product of rows x rank and rank x columns, entries small or of 60 bits.
    /// </summary>
    private static readonly Gen<BigInteger[][]> s_matrix =
        from rows in Gen.Int[1, 9]
        from columns in Gen.Int[1, 9]
        from rank in Gen.Int[0, 5]
        from left in s_entry!.Array[rank].Array[rows]
        from right in s_entry!.Array[columns].Array[rank]
        select left.Select(row =>
            Enumerable.Range(0, columns)
                .Select(j =>
                    Enumerable.Range(0, rank).Aggregate(BigInteger.Zero, (sum, k) => sum + row[k] * right[k][j]))
                .ToArray()).ToArray();

    private static readonly Gen<long> s_entry = Gen.OneOf(Gen.Long[-2, 2], Gen.Long[-1000, 1000],
        Gen.Long[-(1L << 60), 1L << 60]);

    private static readonly Gen<(BigInteger[][] X, int[] Exponents)> s_problem =
        from x in s_matrix
        from exponents in Gen.OneOf(Gen.Const(0), Gen.Int[-1000, 1000]).Array[x[0].Length]
        select (x, exponents);

    [Fact]
    public void Independent_columns_are_the_pivots_of_elimination() =>
        s_problem.Sample(problem =>
            ExactRank.Of(WholeMatrices.Gram(problem.X, problem.Exponents)).Independent.SequenceEqual(
                WholeMatrices.Eliminate(problem.X).Pivots));

    [Fact]
    public void Null_vectors_are_nonzero_at_their_own_column_and_vanish_on_every_row() =>
        s_problem.Sample(problem =>
        {
            var rank = ExactRank.Of(WholeMatrices.Gram(problem.X, problem.Exponents));
            var dependent = Enumerable.Range(0, problem.Exponents.Length).Except(rank.Independent).ToArray();
            return rank.NullVectors.Count == dependent.Length && rank.NullVectors.Select((vector, d) =>
                !vector.Elements[dependent[d]].IsZero
                && dependent.All(other => other == dependent[d] || vector.Elements[other].IsZero)
                && problem.X.All(row => Vanishes(row, problem.Exponents, vector))).All(holds => holds);
        });

    [Fact]
    public void A_pivot_that_is_a_multiple_of_the_first_prime_is_not_taken_for_0()
    {
        // Modulo 2^61 - 1 this matrix is all zeros.
        var prime = (BigInteger)PrimeField.All[0].Prime;
        var rank = ExactRank.Of(ScaledMatrix.Of(new Dyadic[,] { { new(prime, 0), 0 }, { 0, new(prime * 3, 0) } }));
        Assert.Equal([0, 1], rank.Independent);
    }

    [Fact]
    public void A_determinant_that_the_first_prime_divides_is_not_taken_for_0_where_fractions_are_too_long_to_check()
    {
        // [a b; b c] with a c = b^2 modulo the prime, and a of 800 bits.
        var prime = (BigInteger)PrimeField.All[0].Prime;
        var (a, b) = (BigInteger.Pow(3, 505), BigInteger.Pow(7, 200));
        var c = b * b * BigInteger.ModPow(a, prime - 2, prime) % prime + (prime * BigInteger.Pow(5, 300));
        Assert.Equal(0, (a * c - b * b) % prime);
        Assert.Equal([0, 1],
            ExactRank.Of(
                ScaledMatrix.Of(new Dyadic[,] { { new(a, 0), new(b, 0) }, { new(b, 0), new(c, 0) } })).Independent);
    }

    [Fact]
    public void Moduli_are_prime_and_multiplication_is_that_of_whole_numbers()
    {
        foreach (var field in PrimeField.All)
        {
            BigInteger prime = field.Prime;
            Assert.All([2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37],
                witness => Assert.True(PassesMillerRabin(prime, witness)));
            Gen.Select(Gen.ULong[0, field.Prime - 1], Gen.ULong[0, field.Prime - 1]).Sample((a, b) =>
                field.Multiply(a, b) == a * (BigInteger)b % prime
                    && (a == 0 || field.Multiply(a, field.Invert(a)) == 1));
            Assert.Equal(1UL, field.Multiply(field.Prime - 1, field.Prime - 1));
            Assert.Equal(field.Prime - 1, field.Reduce(-1));
        }
    }

    /// <summary>For numbers below 3.3e24 the first twelve primes as witnesses decide.</summary>
    private static bool PassesMillerRabin(BigInteger n, int witness)
    {
        var (odd, twos) = (n - 1, 0);
        while (odd.IsEven)
        {
            (odd, twos) = (odd / 2, twos + 1);
        }

        var power = BigInteger.ModPow(witness, odd, n);
        return power.IsOne
            || Enumerable.Range(0, twos).Any(k => BigInteger.ModPow(power, BigInteger.One << k, n) == n - 1);
    }

    private static bool Vanishes(BigInteger[] row, int[] exponents, NullVector vector)
    {
        var terms = row.Select((value, j) => new Dyadic(value, exponents[j]) * vector.Elements[j]).ToArray();
        var sum = terms.Aggregate(Dyadic.Zero, (total, term) => total + term);
        return sum.IsZero || (!vector.IsExact && sum.Magnitude <= terms.Max(term => term.Magnitude) - 80);
    }
}
