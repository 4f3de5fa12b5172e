namespace Plumb.Tests;

/// <summary>A map is called the best fit of a part of the rows only where chance does not make it so.</summary>
public sealed class RowPartTests
{
    /// <summary>Where the inputs of the last rows are the same, or all but the same, only their mean tells.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e-7)]
    public void Rows_alike_that_a_map_happens_to_meet_do_not_tell_where_it_comes_from(double spread)
    {
        var random = new Random(1);
        for (var trial = 0; trial < 100; trial++)
        {
            var inputs = Matrix.Create(60, 2, (i, _) =>
                i < 48 ? random.NextDouble() : 0.5 + spread * random.NextDouble());
            var targets = Matrix.Create(60, 1, (_, _) => random.NextDouble());
            double[] weights = [random.NextDouble(), 3 * random.NextDouble()];
            var mean = Enumerable.Range(48, 12).Average(i => targets[i, 0]);
            var bias = mean - 0.5 * (weights[0] + weights[1]) + 5e-5;
            var (map, data) = (new AffineMap(Matrix.Create(1, 2, (_, j) => weights[j]), [bias]),
                new Dataset(inputs, targets));
            Assert.Null(RowHints.Of(map, Moments.Of(data), data).Part);
        }
    }

    /// <summary>Where the inputs of the last rows move together, a map that meets their mean and one slope, nearly, has
    /// met two numbers, which chance does in one of many thousand parts.</summary>
    [Fact]
    public void Inputs_that_move_together_count_as_one()
    {
        const int Rows = 20_000, Last = Rows - 40;
        var random = new Random(2);
        var inputs = Matrix.Create(Rows, 6, (_, _) => random.NextDouble());
        for (var i = Last; i < Rows; i++)
        {
            for (var j = 1; j < 6; j++)
            {
                inputs[i, j] = (j + inputs[i, 0]) / 7;
            }
        }

        var targets = Matrix.Create(Rows, 1, (_, _) => random.NextDouble());
        var part = new Dataset(Matrix.Create(Rows - Last, 1, (i, _) => inputs[Last + i, 0]),
            Matrix.Create(Rows - Last, 1, (i, _) => targets[Last + i, 0]));
        var best = new LeastSquares().Fit(Moments.Of(part));
        double[] weights = [0, 1, -2, 1.5, 0.5, 3];
        weights[0] = best.Map.Weights[0, 0] - Enumerable.Range(1, 5).Sum(j => weights[j] / 7);
        double BiasBy(double error) => best.Map.Bias[0] - Enumerable.Range(1, 5).Sum(j => weights[j] * j / 7) + error;
        RowPart? PartOf(double error)
        {
            var map = new AffineMap(Matrix.Create(1, 6, (_, j) => weights[j]), [BiasBy(error)]);
            var data = new Dataset(inputs, targets);
            return RowHints.Of(map, Moments.Of(data), data).Part;
        }

        Assert.Equal("last-rows", PartOf(0)?.Code);
        Assert.Null(PartOf(2e-3));
    }
}
