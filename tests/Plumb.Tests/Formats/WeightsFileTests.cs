namespace Plumb.Tests.Formats;

/// <summary>Files that NumPy, PyTorch and safetensors wrote; data/weights/write.py tells what they hold.</summary>
public sealed class WeightsFileTests
{
    private static readonly VariableNames s_three = VariableNames.Default(3, 2);
    private static readonly Matrix s_weights = new double[,] { { 1.5, -2, 0.25 }, { 3, 0.125, -7 } };
    private static readonly double[] s_bias = [0.5, -1];

    /// <summary>Every file of the map, the bits of its numbers, and whether it holds the bias.</summary>
    public static TheoryData<string, int, bool> Files { get; } = new()
    {
        { "W_le_f2.npy", 11, false },
        { "W_le_f4.npy", 24, false },
        { "W_le_f8.npy", 53, false },
        { "W_be_f2.npy", 11, false },
        { "W_be_f4.npy", 24, false },
        { "W_be_f8.npy", 53, false },
        { "W_fortran.npy", 53, false },
        { "W_v1.npy", 53, false },
        { "W_v2.npy", 53, false },
        { "W_v3.npy", 53, false },
        { "W.txt", 53, false },
        { "sklearn.npz", 53, true },
        { "wb.npz", 53, true },
        { "weights_bias.npz", 24, true },
        { "keras.npz", 53, true },
        { "unnamed.npz", 53, true },
        { "pytorch.safetensors", 24, true },
        { "keras.safetensors", 53, true },
        { "half.safetensors", 11, true },
        { "bfloat.safetensors", 8, true },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Weights_are_those_that_were_written(string file, int bits, bool hasBias)
    {
        var stored = Read(file);
        var map = stored.ToModel(s_three).Map;
        Assert.Equal(s_weights, map.Weights);
        Assert.Equal(hasBias ? s_bias : [0, 0], map.Bias.ToArray());
        Assert.Equal(bits, stored.SignificandBits);
        Assert.Equal(!hasBias, stored.Findings.Any(finding => finding.Code == "no-bias"));
        Assert.Equal(bits < 24, stored.Findings.Any(finding => finding.Code == "few-digits"));
    }

    [Theory]
    [InlineData("i1")]
    [InlineData("i2")]
    [InlineData("i4")]
    [InlineData("i8")]
    [InlineData("u1")]
    [InlineData("u2")]
    [InlineData("u4")]
    [InlineData("u8")]
    public void Whole_numbers_are_read(string type) =>
        Assert.Equal(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, Read($"whole_{type}.npy").ToModel().Map.Weights);

    [Theory]
    [InlineData("keras.npz")]
    [InlineData("keras.safetensors")]
    public void Bias_or_data_tell_which_index_counts_targets(string file)
    {
        Assert.Equal(s_weights, Read(file).ToModel().Map.Weights);
        var stored = Read(file);
        stored.ToModel(s_three);
        Assert.Contains(stored.Findings, finding => finding.Code == "transposed");
        Assert.Equal(s_weights, Read(file, new WeightsFormat { Transposed = true }).ToModel().Map.Weights);
        Assert.Contains("the data have 4 inputs and 2 targets",
            Assert.Throws<InvalidDataException>(() => Read(file).ToModel(VariableNames.Default(4, 2))).Message);
        Assert.Contains("say that the weights are inputs x targets",
            Assert.Throws<InvalidDataException>(() =>
                Read("sklearn.npz", new WeightsFormat { Transposed = true }).ToModel()).Message);
    }

    [Fact]
    public void List_of_weights_is_one_target()
    {
        var map = Read("sklearn_one.npz").ToModel().Map;
        Assert.Equal(new double[,] { { 1.5, -2, 0.25 } }, map.Weights);
        Assert.Equal([0.5], map.Bias.ToArray());
    }

    [Fact]
    public void Names_choose_arrays_where_they_do_not_tell()
    {
        Assert.Contains("'first', 'second', 'third'",
            Assert.Throws<InvalidDataException>(() => Read("other_names.npz")).Message);
        var stored = Read("other_names.npz", new WeightsFormat { WeightsName = "third", BiasName = "second" });
        Assert.Equal(2.5, stored.ToModel().Map.Weights[0, 0]);
        Assert.Equal(s_bias, stored.ToModel().Map.Bias.ToArray());
        Assert.Contains("not used: 'first'",
            stored.Findings.Single(finding => finding.Code == "arrays-unused").Message);
        Assert.Contains("has no array 'fourth'",
            Assert.Throws<InvalidDataException>(() =>
                Read("other_names.npz", new WeightsFormat { WeightsName = "fourth" })).Message);
        Assert.Contains("holds 2 arrays that could be the weights",
            Assert.Throws<InvalidDataException>(() => Read("two_layers.npz")).Message);
        // Beside them.
        Assert.Equal(s_bias,
            Read("two_layers.npz", new WeightsFormat { WeightsName = "2.weight" }).ToModel().Map.Bias.ToArray());
    }

    [Theory]
    [InlineData("objects.npy", "expected numbers")]
    [InlineData("model.pt", "can run code")]
    [InlineData("model.onnx", "save the weights by numpy.savez")]
    public void What_holds_no_numbers_is_refused(string file, string message)
    {
        var bytes = File.Exists(Reference.PathOf("weights", file))
            ? File.ReadAllBytes(Reference.PathOf("weights", file)) : [1, 2, 3];
        Assert.Contains(message,
            Assert.Throws<InvalidDataException>(() => WeightsFile.Read(new MemoryStream(bytes), file)).Message);
    }

    [Theory]
    [InlineData("sklearn.npz")]
    [InlineData("pytorch.safetensors")]
    [InlineData("W_le_f8.npy")]
    public void File_without_extension_is_told_by_its_bytes(string file) =>
        Assert.Equal(s_weights,
            WeightsFile.Read(new MemoryStream(File.ReadAllBytes(Reference.PathOf("weights", file))), "standard input")
                .ToModel(s_three).Map.Weights);

    [Fact]
    public void File_cut_anywhere_is_refused_or_the_same()
    {
        foreach (var file in new[] { "sklearn.npz", "pytorch.safetensors", "W_v2.npy" })
        {
            var bytes = File.ReadAllBytes(Reference.PathOf("weights", file));
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = bytes[..length];
                Assert.StartsWith(file,
                    Assert.Throws<InvalidDataException>(() => WeightsFile.Read(new MemoryStream(cut), file)).Message,
                    StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void File_with_a_byte_changed_is_refused_or_read_but_nothing_else()
    {
        foreach (var file in new[] { "sklearn.npz", "wb.npz", "pytorch.safetensors", "W_v2.npy" })
        {
            var bytes = File.ReadAllBytes(Reference.PathOf("weights", file));
            Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample((place, value) =>
            {
                byte[] changed = [.. bytes];
                changed[place] = value;
                try
                {
                    return WeightsFile.Read(new MemoryStream(changed), file).ToModel().Map.InputCount > 0;
                }
                catch (InvalidDataException refusal)
                {
                    return refusal.Message.StartsWith(file, StringComparison.Ordinal);
                }
            });
        }
    }

    [Theory]
    [InlineData("target,x1,x2,x3,bias\ny1,1.5,-2,0.25,0.5\ny2,3,0.125,-7,-1\n")] // rows are targets
    [InlineData("x3,(bias),x1,x2\n0.25,0.5,1.5,-2\n-7,-1,3,0.125\n")] // without names of targets
    [InlineData(",y1,y2\n(Intercept),0.5,-1\nx1,1.5,3\nx2,-2,0.125\nx3,0.25,-7\n")] // R's coef
    [InlineData("\"input\";\"y1\";\"y2\"\nx1;1.5;3\nx2;-2;0.125\nx3;0.25;-7\nintercept;0.5;-1\n")]
    [InlineData(",0,1\nx1,1.5,3\nx2,-2,0.125\nx3,0.25,-7\nbias,0.5,-1\n")] // pandas' numbers name nothing
    public void Table_of_weights_names_its_rows_or_columns(string text)
    {
        var map = Table(text).ToModel(s_three).Map;
        var order = s_three.Inputs.Select(name => map.Names.Inputs.ToList().IndexOf(name)).ToArray();
        Assert.Equal(s_weights, Matrix.Create(2, 3, (t, j) => map.WeightsOf(t)[order[j]]));
        Assert.Equal(s_bias, map.Bias.ToArray());
        Assert.Equal(s_three.Targets, map.Names.Targets);
    }

    [Fact]
    public void Table_of_one_target_may_call_it_anything()
    {
        var wanted = new VariableNames(["a", "b"], ["price"]);
        var map = Table("feature,coef\na,2\nb,3\nintercept,4\n").ToModel(wanted).Map;
        Assert.Equal((wanted, 2, 3, 4), (map.Names, map.WeightsOf(0)[0], map.WeightsOf(0)[1], map.Bias[0]));
    }

    [Theory]
    [InlineData("", "(1)")]
    [InlineData("a,b\n", "(1): the table has a row of names, but none of numbers")]
    [InlineData("a,b\n1,2\n3\n", "(3): has 1 fields, expected 2")]
    [InlineData("t,a,b\ny,1,nan\n", "(2): column 3 holds 'nan', expected a finite number")]
    [InlineData("t,a,b\ny,1,1e999\n", "(2): column 3 holds '1e999'")]
    public void Table_that_is_none_is_refused(string text, string message) =>
        Assert.StartsWith("w.csv" + message, Assert.Throws<InvalidDataException>(() => Table(text)).Message,
            StringComparison.Ordinal);

    private static StoredWeights Table(string text) =>
        WeightsFile.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "w.csv");

    private static StoredWeights Read(string file, WeightsFormat? format = null) =>
        WeightsFile.Read(new MemoryStream(File.ReadAllBytes(Reference.PathOf("weights", file))), file, format);
}
