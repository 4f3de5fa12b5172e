using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>
/// The exact distribution of Durbin and Watson's statistic against tables, lmtest, closed forms and simulation.
/// </summary>
public sealed class DurbinWatsonTailTests
{
    /// <summary>
    /// Savin and White, Econometrica 45, 1977, for a bias and k inputs: the bounds are the quantiles for inputs that
    /// are the eigenvectors of the products of differences with the largest
    /// eigenvalues (lower bound) or the smallest (upper).
    /// </summary>
    [Theory]
    [InlineData(15, 1, 0.05, 1.077, 1.361)]
    [InlineData(15, 2, 0.05, 0.946, 1.543)]
    [InlineData(20, 3, 0.05, 0.998, 1.676)]
    [InlineData(50, 1, 0.05, 1.503, 1.585)]
    [InlineData(50, 5, 0.05, 1.335, 1.771)]
    [InlineData(15, 1, 0.01, 0.811, 1.070)]
    [InlineData(50, 1, 0.01, 1.324, 1.403)]
    public void Quantiles_are_those_of_the_tables(int rows, int inputs, double level, double lower, double upper)
    {
        const double LastDigit = 0.00051;
        foreach (var (bound, first) in new[] { (lower, rows - inputs), (upper, 1) })
        {
            var tail = new DurbinWatsonTail([.. Enumerable.Range(0, rows).Select(i =>
                (double[])[Math.Sqrt(1.0 / rows), .. Enumerable.Range(first, inputs)
                    .Select(j => Math.Sqrt(2.0 / rows) * Math.Cos(Math.PI * j * (i + 0.5) / rows))])]);
            Assert.True(tail.Lower(bound - LastDigit) < level && tail.Lower(bound + LastDigit) > level,
                FormattableString.Invariant($"{bound}: {tail.Lower(bound)}"));
        }
    }

    [Fact]
    public void Cars_are_those_of_lmtest()
    {
        // dwtest(dist ~ speed, data = cars): DW = 1.6762, p-value = 0.09522, by Pan's procedure.
        var (_, rows) = Reference.Csv("rows", "cars.csv");
        var data = Reference.Dataset([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1..])]);
        var moments = Moments.Of(data);
        var fit = new LeastSquares().Fit(moments);
        var place = new RowCoordinates(moments, fit.NullSpace, bias: true);
        var observer = new DurbinWatsonRows(place.Count, 1);
        var coordinates = new double[place.Count];
        for (var i = 0; i < data.Rows; i++)
        {
            place.Of(data.Inputs.Row(i), coordinates);
            observer.Add(coordinates, [data.Targets[i, 0] - fit.Map.Apply(data.Inputs.Row(i))[0]]);
        }

        var (statistic, probability) = observer.Tests()!.Single();
        Assert.Equal((1.6762, 0.09522), (Math.Round(statistic, 4), Math.Round(probability / 2, 5)));
    }

    [Fact]
    public void Simulated_statistics_have_it_in_both_tails()
    {
        const int Runs = 20_000;
        var random = new RandomSource(1);
        foreach (var (rows, rank) in new[] { (6, 2), (12, 2), (25, 6), (60, 30), (99, 4) })
        {
            var basis = Basis(rows, rank, random);
            var tail = new DurbinWatsonTail(basis);
            double[] limits = [1, 1.4, 1.8, 2.2, 2.6];
            var below = new int[limits.Length];
            for (var run = 0; run < Runs; run++)
            {
                var statistic = Statistic(Residuals(basis, random));
                for (var k = 0; k < limits.Length; k++)
                {
                    below[k] += statistic < limits[k] ? 1 : 0;
                }
            }

            for (var k = 0; k < limits.Length; k++)
            {
                var p = tail.Lower(limits[k]);
                Assert.InRange(Math.Abs(below[k] - Runs * p), 0, 4.5 * Math.Sqrt(Runs * p * (1 - p)) + 1);
                Assert.Equal(1, p + tail.Upper(limits[k]), 1e-13);
            }
        }
    }

    [Fact]
    public void Probabilities_of_independent_noise_are_uniform_in_any_units()
    {
        const int Runs = 2000;
        var random = new RandomSource(2);
        var probabilities = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var (rows, rank) = (8 + random.NextIndex(20), 1 + random.NextIndex(4));
            var basis = Basis(rows, rank, random);
            var residuals = Residuals(basis, random);
            var observer = new DurbinWatsonRows(rank, 2);
            for (var i = 0; i < rows; i++)
            {
                observer.Add(basis[i], [residuals[i], residuals[i] * 1e300]);
            }

            var tests = observer.Tests()!;
            Assert.Equal(tests[0].PValue, tests[1].PValue, 1e-9);
            probabilities[run] = tests[0].PValue;
        }

        // Kolmogorov's statistic; beyond 2 once in 1500.
        Array.Sort(probabilities);
        Assert.InRange(Enumerable.Range(0, Runs)
            .Max(i => Math.Abs(probabilities[i] - (i + 0.5) / Runs)) * Math.Sqrt(Runs), 0, 2);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1e10, 1)]
    [InlineData(1e8, 1, 3)]
    [InlineData(1, 3, 20)]
    [InlineData(1, 1000, 40)] // 1e-120
    public void Tails_of_pairs_have_a_closed_form(double positive, double negative, int pairs)
    {
        // a times one exponential exceeds b times the sum of m others with probability (1 + b/a)^-m.
        double[] coefficients = [positive, positive, .. Enumerable.Repeat(-negative, 2 * pairs)];
        var exact = Math.Pow(1 + negative / positive, -pairs);
        Assert.Equal(1, QuadraticFormTail.Positive(coefficients) / exact, 1e-11);
        Assert.Equal(1 - exact, QuadraticFormTail.Positive([.. coefficients.Select(c => -c)]), 1e-12);
    }

    [Fact]
    public void Eigenvalues_of_differences_are_known()
    {
        foreach (var size in new[] { 1, 2, 3, 10, 57 })
        {
            var matrix = Enumerable.Range(0, size)
                .Select(i => Enumerable.Range(0, i + 1).Select(j => i == j ? 2.0 : i == j + 1 ? -1 : 0).ToArray())
                .ToArray();
            var values = SymmetricEigenvalues.Of(matrix);
            for (var k = 0; k < size; k++)
            {
                Assert.Equal(2 - 2 * Math.Cos(Math.PI * (size - k) / (size + 1)), values[k], 1e-14);
            }
        }
    }

    [Fact]
    public void Eigenvalues_keep_trace_and_squares()
    {
        var random = new RandomSource(3);
        var matrix = Enumerable.Range(0, 40)
            .Select(i => Enumerable.Range(0, i + 1).Select(_ => random.NextNormal()).ToArray()).ToArray();
        var trace = matrix.Sum(row => row[^1]);
        var squares = matrix.Sum(row => 2 * row.Sum(value => value * value) - row[^1] * row[^1]);
        var values = SymmetricEigenvalues.Of(matrix);
        Assert.Equal(trace, values.Sum(), 1e-11);
        Assert.Equal(squares, values.Sum(value => value * value), 1e-9);
        Assert.Equal(values.OrderDescending(), values);
    }

    [Fact]
    public void Alternating_and_equal_residuals_are_far_out_but_not_impossible()
    {
        var basis = Basis(40, 1, new RandomSource(4));
        var observer = new DurbinWatsonRows(1, 3);
        for (var i = 0; i < 40; i++)
        {
            observer.Add(basis[i], [i % 2 == 0 ? 1 : -1, i < 20 ? 1 : -1, 0]);
        }

        var tests = observer.Tests()!;
        Assert.InRange(tests[0].PValue, double.Epsilon, 1e-15);
        Assert.InRange(tests[1].PValue, double.Epsilon, 1e-15);
        Assert.True(double.IsNaN(tests[2].Statistic) && double.IsNaN(tests[2].PValue));
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(100, 2)]
    public void Too_few_and_too_many_rows_are_not_looked_at(int rows, int rank)
    {
        var basis = Basis(rows, rank, new RandomSource(5));
        var observer = new DurbinWatsonRows(rank, 1);
        foreach (var row in basis)
        {
            observer.Add(row, [1]);
        }

        Assert.Null(observer.Tests());
    }

    private static double[][] Basis(int rows, int rank, RandomSource random)
    {
        var columns = Enumerable.Range(0, rank)
            .Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextNormal()).ToArray()).ToArray();
        for (var k = 0; k < rank; k++)
        {
            for (var other = 0; other < k; other++)
            {
                var inner = columns[k].Zip(columns[other], (a, b) => a * b).Sum();
                columns[k] = [.. columns[k].Zip(columns[other], (a, b) => a - inner * b)];
            }

            var length = Math.Sqrt(columns[k].Sum(value => value * value));
            columns[k] = [.. columns[k].Select(value => value / length)];
        }

        return [.. Enumerable.Range(0, rows).Select(i => columns.Select(column => column[i]).ToArray())];
    }

    private static double[] Residuals(double[][] basis, RandomSource random)
    {
        var noise = basis.Select(_ => random.NextNormal()).ToArray();
        for (var k = 0; k < basis[0].Length; k++)
        {
            var inner = noise.Select((value, i) => value * basis[i][k]).Sum();
            noise = [.. noise.Select((value, i) => value - inner * basis[i][k])];
        }

        return noise;
    }

    private static double Statistic(double[] residuals) =>
        residuals.Skip(1).Zip(residuals, (next, own) => (next - own) * (next - own))
            .Sum() / residuals.Sum(value => value * value);
}
