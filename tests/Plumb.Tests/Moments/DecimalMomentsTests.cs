using System.Globalization;
using System.Text;

namespace Plumb.Tests;

/// <summary>Decimals as they are written: 0.1 is a tenth, and not its nearest double.</summary>
public sealed class DecimalMomentsTests
{
    private static readonly LeastSquares s_fit = new();

    // Multiples of 2^-12: decimals of up to 12 places, and doubles as well, so that both ways must agree.
    private static readonly Gen<decimal[,]> s_numbers = Gen.Select(Gen.Int[8, 40], Gen.Int[0, 3])
        .SelectMany((rows, zeros) =>
        Gen.Int[-9_000_000, 9_000_000].Array[rows * 3].Select(values =>
        {
            var numbers = new decimal[rows, 3];
            for (var k = 0; k < values.Length; k++)
            {
                numbers[k / 3, k % 3] = values[k] % 4 == zeros ? values[k] % 10 : values[k] / 4096m;
            }

            return numbers;
        }));

    [Fact]
    public async Task Fit_of_tenths_finds_their_dependence_exact()
    {
        var moments =
            await MomentsOf(
                "a,b,c,y\n0.1,0.2,0.3,1\n0.7,0.1,0.8,2\n1.1,2.2,3.3,5\n0.3,0.6,0.90,2\n1e-3,2.5e-2,0.026,7\n",
                ["a", "b", "c"], ["y"]);
        Assert.Equal("c = a + b", s_fit.Fit(moments).NullSpace.Dependences.Single().Text);
        Assert.Equal([0.0], s_fit.Fit(moments.Select(new VariableNames(["a", "b"], ["c"]))).ResidualSumOfSquares);
    }

    [Fact]
    public void Moments_are_those_of_the_doubles_where_these_hold_the_decimals() => s_numbers.Sample(
        numbers =>
        {
            var (decimals, doubles) = Both(numbers);
            Assert.Equal(doubles, decimals);
            Assert.Equal(decimals, doubles);
            var two = doubles.Clone();
            two.Merge(decimals);
            decimals.Merge(doubles);
            Assert.Equal(two, decimals);
            decimals.Remove(doubles);
            Assert.Equal(doubles, decimals);
        },
        iter: 300);

    [Fact]
    public void Everything_about_a_fit_is_as_with_doubles_where_these_hold_the_decimals() =>
        Gen.Select(s_numbers, Gen.Bool, Gen.OneOf(0.0, 0.5)).Sample(
        (numbers, bias, ridge) =>
        {
            var (decimals, doubles) = Both(numbers);
            var settings = new LeastSquares { Bias = bias, Ridge = ridge };
            var (left, right) = (settings.Fit(decimals), settings.Fit(doubles));
            Assert.Equal(right.Map.WeightsOf(0).ToArray(), left.Map.WeightsOf(0).ToArray());
            Assert.Equal(right.Map.Bias.ToArray(), left.Map.Bias.ToArray());
            Assert.Equal(right.Rank, left.Rank);
            AssertClose(right.RSquared, left.RSquared);
            AssertClose(right.ResidualSumOfSquares, left.ResidualSumOfSquares);
            AssertClose(right.ResidualStandardDeviation, left.ResidualStandardDeviation);
            AssertClose([.. right.WeightErrors.Values], [.. left.WeightErrors.Values]);
            AssertClose(right.BiasErrors, left.BiasErrors);
            AssertClose(right.Spectrum.Eigenvalues, left.Spectrum.Eigenvalues);
            AssertClose([right.Spectrum.ConditionNumber], [left.Spectrum.ConditionNumber]);
            AssertClose(doubles.SquaredResiduals(AffineMap.Zero(2, 1)),
                decimals.SquaredResiduals(AffineMap.Zero(2, 1)));
            var uncertainty = new DataUncertainty([1e-3, 1e-4], [1e-2]);
            AssertClose([.. right.AccuracyWith(uncertainty).Data.Weights.Values],
                [.. left.AccuracyWith(uncertainty).Data.Weights.Values]);
            Assert.All(left.Accuracy.ResidualSumOfSquares, digits => Assert.True(digits > 15));
        },
        iter: 200);

    [Fact]
    public async Task Tests_of_the_rows_and_corrections_for_noise_are_as_with_doubles()
    {
        var numbers = s_numbers.Single();
        var rows = new DecimalRows(Inputs(numbers), Targets(numbers));
        var (decimals, doubles) = Both(numbers);
        var left = await RowTests.OfAsync(s_fit.Fit(decimals), new[] { rows.ToDataset() }.ToAsyncEnumerable(),
            cancellationToken: TestContext.Current.CancellationToken);
        var right = await RowTests.OfAsync(s_fit.Fit(doubles), new[] { rows.ToDataset() }.ToAsyncEnumerable(),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(right.Findings.Select(finding => finding.Message),
            left.Findings.Select(finding => finding.Message));
        var settings = new ErrorsInVariables([0.01, 0.02]);
        var (corrected, expected) = (settings.Fit(decimals), settings.Fit(doubles));
        AssertClose([.. expected.WeightErrors.Values], [.. corrected.WeightErrors.Values]);
        AssertClose(expected.Reliability, corrected.Reliability);
    }

    [Fact]
    public void Training_on_moments_is_as_with_doubles() => s_numbers.Sample(
        numbers =>
        {
            var (decimals, doubles) = Both(numbers);
            double[] Losses(Moments moments) =>
                [.. new GradientDescent(1e-9).Train(AffineMap.Zero(2, 1), s_fit.Fit(moments), 5)
                    .Select(epoch => epoch.Loss)];
            AssertClose(Losses(doubles), Losses(decimals));
        },
        iter: 30);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 50)]
    [InlineData(2, 300)]
    [InlineData(4, 1 << 18)]
    public async Task Moments_are_the_same_bytes_however_the_file_is_cut(int threads, int chunk)
    {
        var random = new RandomSource(5);
        var text = new StringBuilder("x,z,y\n");
        for (var i = 0; i < 5000; i++)
        {
            // Ever finer decimals and ever larger numbers, exponents, quotes, long digits and zeros at the end.
            var x =
                FormattableString.Invariant(
                    $"{Math.Round(1000 * random.NextDouble(), i / 700)}{(i % 3 == 0 ? "e-3" : "")}");
            var z = i % 997 == 0 ? "0.00" : i % 501 == 0 ? "\"123456789012345678.9012\""
                : FormattableString.Invariant($"{random.NextDouble():F5}");
            text.Append(CultureInfo.InvariantCulture, $"{x},{z},{i % 50}e{i % 4}\n");
        }

        var expected = await BytesOf(text.ToString(), 1, 1 << 12);
        Assert.Equal(expected, await BytesOf(text.ToString(), threads, chunk));
        using var stream = new MemoryStream(expected);
        Assert.Equal(await MomentsOf(text.ToString(), ["x", "z"], ["y"], threads, chunk), Moments.Load(stream));
    }

    [Fact]
    public void Numbers_of_up_to_31_digits_are_exact()
    {
        // y = x 10^-8 + 1, x of 20 digits and more, which no double holds.
        var inputs = new decimal[6, 1];
        var targets = new decimal[6, 1];
        for (var i = 0; i < 6; i++)
        {
            inputs[i, 0] = 12345678901234567.89m + i * i * 0.01m;
            targets[i, 0] = inputs[i, 0] / 100_000_000 + 1;
        }

        var moments = new DecimalMoments(VariableNames.Default(1, 1));
        moments.Add(new DecimalRows(inputs, targets));
        var fit = s_fit.Fit(moments.ToMoments());
        Assert.Equal([0.0], fit.ResidualSumOfSquares);
        Assert.Equal(1e-8, fit.Map.WeightsOf(0)[0]);
        Assert.Equal(1.0, fit.Map.Bias[0]);
    }

    [Theory]
    [InlineData("x,y\n1,2\n12345678901234567890123456789012.5,3\n",
        "(3): column 'x' holds '12345678901234567890123456789012.5', which has more than the 31 significant digits")]
    [InlineData("x,y\n1,2\n2,1e-301\n",
        "(3): column 'y' holds '1e-301', whose last digit is more than 300 places from the point")]
    [InlineData("x,y\n1,2\n2,1e999\n",
        "(3): column 'y' holds '1e999', whose last digit is more than 300 places from the point")]
    [InlineData("x,y\n1,2\n1,2e-20\n3,4e20\n",
        "column 'y' holds decimals from 10^20 down to 10^-20, which takes 41 digits, expected 31 at most")]
    public async Task Numbers_of_too_many_digits_are_refused_with_a_remedy(string text, string message)
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => MomentsOf(text, ["x"], ["y"]));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains("read the nearest doubles", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zeros_have_no_digits_to_count() =>
        Assert.Equal(3,
            (await MomentsOf("x,y\n0e-999,0.000000000000000000000000000000000000\n1e25,2e25\n2e25,3e25\n", ["x"],
                ["y"])).Rows);

    private static (Moments Decimals, Moments Doubles) Both(decimal[,] numbers)
    {
        var rows = new DecimalRows(Inputs(numbers), Targets(numbers));
        var moments = new DecimalMoments(rows.Names);
        moments.Add(rows);
        return (moments.ToMoments(), Moments.Of(rows.ToDataset()));
    }

    private static decimal[,] Inputs(decimal[,] numbers) => Columns(numbers, 0, 2);

    private static decimal[,] Targets(decimal[,] numbers) => Columns(numbers, 2, 1);

    private static decimal[,] Columns(decimal[,] numbers, int first, int count)
    {
        var columns = new decimal[numbers.GetLength(0), count];
        for (var i = 0; i < columns.GetLength(0); i++)
        {
            for (var j = 0; j < count; j++)
            {
                columns[i, j] = numbers[i, first + j];
            }
        }

        return columns;
    }

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var k = 0; k < expected.Count; k++)
        {
            Assert.True(
                expected[k].Equals(actual[k]) || Math.Abs(expected[k] - actual[k]) <= 1e-13 * Math.Abs(expected[k]),
                FormattableString.Invariant($"{expected[k]:R} and {actual[k]:R}"));
        }
    }

    internal static Task<Moments> MomentsOf(string text, string[] inputs, string[] targets, int? threads = null,
        int? chunk = null) =>
        MomentsOf(text, Design.Of(new VariableNames(inputs, targets)), threads, chunk);

    internal static async Task<Moments> MomentsOf(string text, Design design, int? threads = null, int? chunk = null)
    {
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "data.csv");
        reader.Threads = threads ?? reader.Threads;
        reader.ChunkBytes = chunk ?? reader.ChunkBytes;
        var moments = new DecimalMoments(design, "data.csv");
        await foreach (var block in reader.ReadDecimalsAsync(design.Columns.Inputs, design.Columns.Targets,
            TestContext.Current.CancellationToken))
        {
            moments.Add(block);
        }

        return moments.ToMoments();
    }

    private static async Task<byte[]> BytesOf(string text, int threads, int chunk)
    {
        using var stream = new MemoryStream();
        (await MomentsOf(text, ["x", "z"], ["y"], threads, chunk)).Save(stream);
        return stream.ToArray();
    }
}
