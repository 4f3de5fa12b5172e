using Plumb.Numerics;

namespace Plumb.Tests;

public sealed class SingularValuesTests
{
    private static readonly Gen<(double[][] Columns, int[] Exponents)> s_graded =
        from rows in Gen.Int[1, 6]
        from columns in Gen.Int[rows, 8]
        from entries in Gen.Double[-1, 1].Array[rows].Array[columns]
        from exponents in Gen.OneOf(Gen.Int[-3, 3], Gen.Int[-60, 60], Gen.Int[-900, 900]).Array[columns]
        select (entries.Select(NotShort).ToArray(), exponents);

    [Fact]
    public void Two_by_two_has_the_closed_form_to_14_digits_however_graded() =>
        Gen.Select(Gen.Double[0.5, 1], Gen.Double[-1, 1], Gen.Double[0.5, 1], Gen.Int[-400, 400])
            .Sample((a, b, c, exponent) =>
        {
            // [a b; 0 c], its second column times 2^exponent: the product of the values is the determinant, the sum of
            // their squares that of the entries.
            var values = SingularValues.Of([[a, 0], [b, c]], [0, exponent]);
            var product = (Dyadic)values[0].Fraction * values[1].Fraction;
            var determinant = (Dyadic)a * c;
            var (first, second) =
                (new Dyadic(1, 2 * values[0].Exponent) * values[0].Fraction * values[0].Fraction,
                    new Dyadic(1, 2 * values[1].Exponent) * values[1].Fraction * values[1].Fraction);
            var squares = (Dyadic)a * a + ((Dyadic)b * b + (Dyadic)c * c).Scale(2 * exponent);
            return Close(product.Scale(values[0].Exponent + values[1].Exponent - exponent), determinant)
                && Close(first + second, squares);
        });

    [Fact]
    public void Values_and_vectors_make_up_the_matrix_column_by_column() =>
        s_graded.Sample(problem =>
        {
            var (columns, exponents) = problem;
            var values = SingularValues.Of(Wide(columns), exponents);
            return Enumerable.Range(0, columns.Length).All(i => Enumerable.Range(0, columns.Length).All(j =>
            {
                // The sum of s^2 v v' is A'A, to the last digits of the lengths of columns i and j.
                var inner = columns[i].Zip(columns[j]).Aggregate(Dyadic.Zero,
                    (sum, pair) => sum + (Dyadic)pair.First * pair.Second);
                var rebuilt = values.Aggregate(Dyadic.Zero, (sum, value) =>
                    sum + ((Dyadic)value.Fraction * value.Vector[i] * value.Fraction * value.Vector[j]).Scale(
                        2 * value.Exponent - exponents[i] - exponents[j]));
                return Lost(exponents[i], values[0]) || Lost(exponents[j], values[0])
                    || (inner - rebuilt).Abs() < (Dyadic)1e-13;
            }));
        });

    [Fact]
    public void Vectors_are_orthonormal_and_values_descend() =>
        s_graded.Sample(problem =>
        {
            var values = SingularValues.Of(Wide(problem.Columns), problem.Exponents);
            return values.Zip(values.Skip(1))
                .All(pair =>
                    (pair.First.Exponent, pair.First.Fraction).CompareTo((pair.Second.Exponent, pair.Second.Fraction))
                        >= 0)
                && values.Select((value, i) =>
                    values.Take(i + 1)
                        .Select((other, k) =>
                            Math.Abs(value.Vector.Zip(other.Vector, (x, y) => x * y).Sum() - (i == k ? 1 : 0))).Max())
                    .Max() < 1e-14;
        });

    [Fact]
    public void Small_value_of_a_graded_matrix_keeps_its_digits()
    {
        // Columns (1, 1) 2^-500 and (1, 2): of the longer one, 1 / sqrt 5 of the shorter is left.
        var values = SingularValues.Of([[1, 1], [1, 2]], [-500, 0]);
        Assert.Equal(Math.Sqrt(5), Math.ScaleB(values[0].Fraction, values[0].Exponent), 1e-15);
        Assert.Equal(1 / Math.Sqrt(5), Math.ScaleB(values[1].Fraction, values[1].Exponent + 500), 1e-15);
    }

    [Fact]
    public void Copies_of_one_column_in_units_far_apart_are_of_rank_1()
    {
        var values = SingularValues.Of([[1, 0], [1, 0], [1, 0], [0.5, 0.25]], [0, 150, 151, 0]);
        Assert.Equal(2, values.Length);
        Assert.Equal(0.25, Math.ScaleB(values[1].Fraction, values[1].Exponent), 1e-15);
    }

    [Fact]
    public void Nothing_has_no_values() => Assert.Empty(SingularValues.Of([], []));

    private static double[] NotShort(double[] column) => column.Max(Math.Abs) > 0.3 ? column : [1, .. column[1..]];

    private static bool Close(Dyadic computed, Dyadic exact) => (computed - exact).Abs() < exact.Abs() * (Dyadic)1e-14;

    /// <summary>
    /// Whether a column's part of the first vector is below the least double, so that its own cannot be rebuilt from
    /// that.
    /// </summary>
    private static bool Lost(int exponent, SingularValue largest) => exponent - largest.Exponent < -500;

    private static DoubleDouble[][] Wide(double[][] columns) =>
        [.. columns.Select(column => column.Select(value => (DoubleDouble)value).ToArray())];
}
