namespace Plumb.Tests;

/// <summary>Weights, powers, layouts and threads: all of them exact.</summary>
public sealed class WeightedMomentsTests
{
    private static readonly Gen<double> s_value = Gen.OneOf(MomentsTests.s_value, Gen.Double[-10, 10]);

    private static readonly Gen<double[][]> s_rows = s_value.Array[3].Array[1, 30];

    [Fact]
    public void Frequency_is_repetition_to_the_last_byte() =>
        Gen.Select(s_rows, Gen.Int[0, 3].Array[30]).Sample((rows, counts) =>
        {
            var weighted =
                Moments.Of(Data(rows, RowWeights.Frequencies([.. rows.Select((_, i) => (double)counts[i])])));
            var repeated = new Moments(2, 1);
            repeated.Add(Data([.. rows.SelectMany((row, i) => Enumerable.Repeat(row, counts[i]))]));
            return Bytes(weighted).AsSpan().SequenceEqual(Bytes(repeated));
        });

    [Fact]
    public void Precision_weighs_every_product_exactly() =>
        Gen.Select(s_rows, Gen.OneOf(Gen.Double[0, 10], Gen.Double[0, 1e-200]).Array[30]).Sample((rows, weights) =>
        {
            var moments = Moments.Of(Data(rows, RowWeights.Precisions([.. rows.Select((_, i) => weights[i])])));
            var sum = Numerics.Dyadic.Zero;
            for (var i = 0; i < rows.Length; i++)
            {
                sum += (Numerics.Dyadic)weights[i] * rows[i][0] * rows[i][2];
            }

            return moments.CrossProduct(0, 0) == sum;
        });

    [Fact]
    public void Remove_undoes_weighted_rows() =>
        Gen.Select(s_rows, Gen.Double[0, 10].Array[30]).Sample((rows, weights) =>
        {
            var data = Data(rows, RowWeights.Precisions([.. rows.Select((_, i) => weights[i])]));
            var moments = Moments.Of(Data(rows));
            moments.Add(data);
            moments.Remove(data);
            return moments.Equals(Moments.Of(Data(rows)));
        });

    [Fact]
    public void Power_is_formed_without_rounding() =>
        s_rows.Sample(rows =>
        {
            var moments = new Moments(new Design([new Term("x1"), new Term("x1", 3), new Term("x2", 2)], ["y1"]));
            moments.Add(Data(rows));
            var sum = Numerics.Dyadic.Zero;
            foreach (var row in rows)
            {
                Numerics.Dyadic x = row[0];
                sum += x * x * x * row[1] * row[1];
            }

            return moments.InputProduct(1, 2) == sum && moments.InputCount == 3;
        });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Threads_and_layouts_give_the_bytes_of_one_thread(int threads)
    {
        const int Rows = 7 * 4096 + 11;
        var random = new RandomSource(5);
        double[][] x = [.. Enumerable.Range(0, Rows).Select(_ => new[] { random.NextNormal(), random.NextDouble() })];
        double[][] y =
            [.. Enumerable.Range(0, Rows)
                .Select(_ => new[] { Math.ScaleB(random.NextNormal(), random.NextIndex(40)) })];
        var names = VariableNames.Default(2, 1);
        var one = new Moments(names, threads: 1);
        var rows = new Moments(names, threads);
        var columns = new Moments(names, threads);
        var arrays = new Moments(names, threads);
        one.Add(new Dataset(Reference.ToMatrix(x), Reference.ToMatrix(y)));
        rows.AddRows(x, y);
        columns.AddColumns([[.. x.Select(row => row[0])], [.. x.Select(row => row[1])]],
            [[.. y.Select(row => row[0])]]);
        arrays.Add(Grid(x), Grid(y));
        Assert.Equal(Bytes(one), Bytes(rows));
        Assert.Equal(Bytes(one), Bytes(columns));
        Assert.Equal(Bytes(one), Bytes(arrays));
    }

    [Fact]
    public void Add_on_threads_of_a_value_that_is_not_finite_adds_nothing()
    {
        var x = new double[20_000, 1];
        x[17_000, 0] = double.PositiveInfinity;
        var moments = new Moments(VariableNames.Default(1, 1), threads: 3);
        Assert.Contains("row 17000",
            Assert.Throws<ArgumentException>(() => moments.Add(x, new double[20_000, 1])).Message);
        Assert.Equal(new Moments(1, 1), moments);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Weight_that_is_no_weight_is_refused(double weight) =>
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => RowWeights.Precisions([1, weight])).Message);

    private static double[,] Grid(double[][] rows)
    {
        var grid = new double[rows.Length, rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows[i].Length; j++)
            {
                grid[i, j] = rows[i][j];
            }
        }

        return grid;
    }

    private static Dataset Data(double[][] rows, RowWeights? weights = null) => new(
        Matrix.Create(rows.Length, 2, (i, j) => rows[i][j]),
        Matrix.Create(rows.Length, 1, (i, _) => rows[i][2]))
    {
        Weights = weights,
    };

    private static byte[] Bytes(Moments moments)
    {
        using var stream = new MemoryStream();
        moments.Save(stream);
        return stream.ToArray();
    }
}
