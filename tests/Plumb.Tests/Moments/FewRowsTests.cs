using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Few rows are added in place, in whole numbers of 256 bits where these hold them.</summary>
public sealed class FewRowsTests
{
    private static readonly Gen<double> s_number =
        Gen.OneOf(Gen.Double[-1, 1], Gen.Int[-3, 3].Select(i => (double)i), Gen.Const(-0.0),
            Gen.Select(Gen.Double[-1, 1], Gen.Int[-60, 60]).Select((value, power) => Math.ScaleB(value, power)),
            Gen.Select(Gen.Double[-1, 1], Gen.Int[-1000, 900]).Select((value, power) => Math.ScaleB(value, power)));

    [Fact]
    public void Sums_are_exact_whatever_the_numbers() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 4]).SelectMany((rows, inputs) =>
            s_number.Array[rows * (inputs + 1)].Select(values => (rows, inputs, values))).Sample(problem =>
        {
            var (rows, inputs, values) = problem;
            double Value(int row, int column) => values[row * (inputs + 1) + column];
            var (x, y) = (new double[rows, inputs], new double[rows, 1]);
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < inputs; j++)
                {
                    x[i, j] = Value(i, j);
                }

                y[i, 0] = Value(i, inputs);
            }

            var moments = new Moments(inputs, 1);
            moments.Add(x, y);
            Dyadic Sum(Func<int, Dyadic> term) => Enumerable.Range(0, rows).Aggregate(Dyadic.Zero,
                (sum, row) => sum + term(row));
            return Enumerable.Range(0, inputs).All(j => moments.InputSum(j) == Sum(row => Value(row, j))
                && moments.CrossProduct(j, 0) == Sum(row => (Dyadic)Value(row, j) * Value(row, inputs))
                && Enumerable.Range(0, inputs).All(k =>
                    moments.InputProduct(j, k) == Sum(row => (Dyadic)Value(row, j) * Value(row, k))));
        });

    [Fact]
    public void Rows_that_are_taken_away_leave_nothing()
    {
        var moments = new Moments(2, 1);
        double[,] x = { { 0.1, 3 }, { 1e-9, -7 } }, y = { { 2 }, { 0.3 } };
        moments.Add(x, y);
        moments.Remove(new Dataset(x, y));
        Assert.Equal(new Moments(2, 1), moments);
    }
}
