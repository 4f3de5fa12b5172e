using System.Text;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Plumb.Tests.Formats;

/// <summary>What is written for other programs is run by them here: ONNX in ONNX Runtime, C# by the compiler.</summary>
public sealed class ModelFormatTests
{
    private static readonly Gen<string> s_name = Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 1, 8],
        Gen.OneOf("a \"b\" \\", "Höhe\u2028m²", "😀,\n", "x^2", "*/ // {0}"));

    private static readonly Gen<AffineMap> s_map =
        from inputs in Gen.Int[1, 5]
        from targets in Gen.Int[1, 4]
        from values in Gen.OneOf(Gen.Double[-1e3, 1e3],
            Gen.OneOf(-0.0, 0, 1, -3, 5e-324, double.MaxValue, 0.1, 1e15, 1e16)).Array[targets * (inputs + 1)]
        from some in s_name.Array[inputs + targets]
        let names = Distinct(some)
        select new AffineMap(
            Matrix.Create(targets, inputs, (i, j) => values[i * inputs + j]),
            values.AsSpan(targets * inputs),
            new VariableNames(names[..inputs], names[inputs..]));

    public static TheoryData<string> Formats => [.. ModelFormat.All.Select(format => format.Extension)];

    [Theory]
    [InlineData(".json")]
    [InlineData(".npz")]
    [InlineData(".safetensors")]
    public void Map_is_read_as_it_was_written(string extension) => s_map.Sample(map =>
    {
        var read = WeightsFile.Read(new MemoryStream(Written(extension, map)), "model" + extension);
        var again = read.ToModel().Map;
        Assert.Equal(Bits(map), Bits(again));
        Assert.Equal(map.Names, again.Names);
        Assert.Equal(map.Names, read.ToModel(map.Names).Map.Names);
        Assert.Empty(read.Findings);
    });

    [Fact]
    public void Arrays_have_the_names_that_others_know()
    {
        var map = new AffineMap(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, [7, 8]);
        var npz = new System.IO.Compression.ZipArchive(new MemoryStream(Written(".npz", map)));
        Assert.Equal(["coef_.npy", "intercept_.npy", "inputs.npy", "targets.npy"],
            npz.Entries.Select(entry => entry.FullName));
        using var header = new StreamReader(npz.Entries[0].Open(), Encoding.Latin1);
        Assert.StartsWith("\u0093NUMPY\u0001\0\u0076\0{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }",
            header.ReadToEnd(), StringComparison.Ordinal);

        var safetensors = Written(".safetensors", map);
        var length = BitConverter.ToInt32(safetensors);
        Assert.Equal(0, length % 8);
        using var tensors = JsonDocument.Parse(safetensors.AsMemory(8, length));
        Assert.Equal("""{"dtype":"F64","shape":[2,3],"data_offsets":[0,48]}""",
            tensors.RootElement.GetProperty("weight").GetRawText());
        Assert.Equal("""{"dtype":"F64","shape":[2],"data_offsets":[48,64]}""",
            tensors.RootElement.GetProperty("bias").GetRawText());
    }

    [Fact]
    public void Onnx_model_gives_the_same_bits_in_ONNX_Runtime_as_the_same_sums() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 9], Gen.Int[2, 40], Gen.Long).Sample(
        (inputs, targets, rows, seed) =>
        {
            var random = new RandomSource(seed);
            var map = AffineMap.Random(inputs, targets, random);
            var x = Matrix.Create(rows, inputs, (_, _) => random.NextDouble() - 0.5);
            var y = RunOnnx(map, x);
            for (var i = 0; i < rows; i++)
            {
                Assert.Equal(Enumerable.Range(0, targets).Select(t => MatMulAdd(map, t, x.Row(i))), y.Row(i).ToArray());
            }
        },
        iter: 30,
        threads: 1);

    [Fact]
    public void Onnx_model_of_short_numbers_gives_the_same_bits_as_the_map()
    {
        // Sums of whole numbers are exact in any order.
        var random = new RandomSource(3);
        var map = new AffineMap(Matrix.Create(7, 300, (_, _) => Math.Floor(random.NextDouble() * 1000) - 500),
            [.. Enumerable.Range(0, 7).Select(i => (double)i)]);
        var x = Matrix.Create(50, 300, (_, _) => Math.Floor(random.NextDouble() * 1000));
        var y = RunOnnx(map, x);
        for (var i = 0; i < x.Rows; i++)
        {
            Assert.Equal(map.Apply(x.Row(i)), y.Row(i).ToArray());
        }
    }

    [Fact]
    public void Onnx_model_in_single_precision_takes_and_gives_floats_and_has_each_number_rounded_once()
    {
        // Sums of short numbers are exact in any order, so only the rounding of W and b shows.
        var random = new RandomSource(5);
        var map = new AffineMap(Matrix.Create(3, 20, (_, _) => Math.Floor(random.NextDouble() * 1000) / 8),
            [0.5, 1e7 + 0.25, 3]);
        var single = SinglePrecision.Of(map);
        Assert.Equal(("b[y2]", 0.25 / (1e7 + 0.25)), (single.Changed, single.LargestChange));
        using var stream = new MemoryStream();
        ModelFormat.OnnxSingle.Write(stream, new AffineModel(map));
        using var session = new InferenceSession(stream.ToArray());
        var x = Enumerable.Range(0, 40).Select(i => (float)(i % 7 - 3)).ToArray();
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(x, [2, 20]))]);
        var y = results.Single().AsTensor<float>();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(single.Map.Apply([.. x[(20 * i)..(20 * (i + 1))].Select(value => (double)value)]),
                Enumerable.Range(0, 3).Select(t => (double)y[i, t]), (expected, actual) => (float)expected == actual);
        }
    }

    [Fact]
    public void Single_precision_changes_no_number_by_more_than_its_last_bit() => s_map.Sample(map =>
    {
        if (map.Weights.Values.ToArray().Concat(map.Bias.ToArray()).Max(Math.Abs) > float.MaxValue)
        {
            Assert.Contains("beyond the range of single precision (3.4e38)",
                Assert.Throws<OverflowException>(() => SinglePrecision.Of(map)).Message);
            return;
        }

        var single = SinglePrecision.Of(map);
        var pairs = map.Weights.Values.ToArray().Concat(map.Bias.ToArray())
            .Zip(single.Map.Weights.Values.ToArray().Concat(single.Map.Bias.ToArray())).ToList();
        Assert.All(pairs, pair => Assert.Equal((float)pair.First, pair.Second));
        Assert.Equal(pairs.Max(pair => pair.First == pair.Second ? 0
            : Math.Abs((pair.First - pair.Second) / pair.First)), single.LargestChange);
        Assert.Equal(single.LargestChange == 0, single.Changed.Length == 0);
    });

    [Fact]
    public void Onnx_model_tells_its_names()
    {
        var map = new AffineMap(new double[,] { { 1, 2 } }, [3], new VariableNames(["Höhe", "b\"c"], ["y"]));
        using var session = new InferenceSession(Written(".onnx", map));
        Assert.Equal(["Höhe", "b\"c"],
            JsonSerializer.Deserialize<string[]>(session.ModelMetadata.CustomMetadataMap["inputs"])!);
        Assert.Equal(["y"], JsonSerializer.Deserialize<string[]>(session.ModelMetadata.CustomMetadataMap["targets"])!);
        Assert.Equal(("Plumb", "prices"), (session.ModelMetadata.ProducerName, session.ModelMetadata.GraphName));
        Assert.Equal((-1, 2), (session.InputMetadata["x"].Dimensions[0], session.InputMetadata["x"].Dimensions[1]));
    }

    [Fact]
    public void Source_compiles_and_gives_the_same_bits() => Gen.Select(s_map, Gen.Double[-1e3, 1e3].Array[5]).Sample(
        (map, values) =>
        {
            var type = CompiledSource.Of(Encoding.UTF8.GetString(Written(".cs", map)))
                .GetType("Prices", throwOnError: true)!;
            Assert.Equal(map.Names.Inputs, (string[])type.GetField("Inputs")!.GetValue(null)!);
            Assert.Equal(map.Names.Targets, (string[])type.GetField("Targets")!.GetValue(null)!);
            var y = (double[])type.GetMethod("Apply")!.Invoke(null, [values[..map.InputCount]])!;
            Assert.Equal(map.Apply(values.AsSpan(0, map.InputCount)).Select(BitConverter.DoubleToInt64Bits),
                y.Select(BitConverter.DoubleToInt64Bits));
        },
        iter: 20,
        threads: 1);

    [Theory]
    [InlineData("house-prices", "HousePrices")]
    [InlineData("class", "Class")]
    [InlineData("2026", "Model2026")]
    [InlineData("weights", "ModelWeights")]
    [InlineData("größe 2", "Größe2")]
    public void Source_names_its_class_after_the_file(string name, string expected)
    {
        using var stream = new MemoryStream();
        ModelFormat.CSharp.Write(stream, new AffineModel(AffineMap.Zero(1, 1)), name);
        Assert.NotNull(CompiledSource.Of(Encoding.UTF8.GetString(stream.ToArray())).GetType(expected));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Same_map_is_the_same_file_and_what_no_file_can_hold_is_refused(string extension)
    {
        var map = new AffineMap(new double[,] { { 1, 2 } }, [3]);
        Assert.Equal(Written(extension, map), Written(extension, map));
        Assert.Throws<ArgumentException>(() =>
            Written(extension, new AffineMap(new double[,] { { double.NaN, 2 } }, [3])));
        Assert.Throws<ArgumentException>(() => Written(extension, map.Named(new VariableNames(["a", "a"], ["y"]))));
    }

    private static byte[] Written(string extension, AffineMap map)
    {
        using var stream = new MemoryStream();
        ModelFormat.Of("x" + extension.ToUpperInvariant())!.Write(stream, new AffineModel(map), "prices");
        return stream.ToArray();
    }

    private static Matrix RunOnnx(AffineMap map, Matrix x)
    {
        using var session = new InferenceSession(Written(".onnx", map));
        using var results =
            session.Run(
                [NamedOnnxValue.CreateFromTensor("x",
                    new DenseTensor<double>(x.Values.ToArray(), [x.Rows, x.Columns]))]);
        var y = results.Single().AsTensor<double>();
        Assert.Equal([x.Rows, map.TargetCount], y.Dimensions.ToArray());
        return Matrix.Create(x.Rows, map.TargetCount, (i, j) => y[i, j]);
    }

    // MatMul sums the products in their order, each added without being rounded first, where the machine can; then Add.
    private static double MatMulAdd(AffineMap map, int target, ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var j = 0; j < x.Length; j++)
        {
            sum = Math.FusedMultiplyAdd(x[j], map.WeightsOf(target)[j], sum);
        }

        return sum + map.Bias[target];
    }

    private static IEnumerable<long> Bits(AffineMap map) =>
        map.Weights.Values.ToArray().Concat(map.Bias.ToArray()).Select(BitConverter.DoubleToInt64Bits);

    private static string[] Distinct(string[] names) =>
        [.. names.Select((name, i) => names.AsSpan(0, i).Contains(name) ? name + i : name)];
}
