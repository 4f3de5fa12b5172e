using System.Text;

namespace Plumb.Tests;

public sealed class ModelFileTests
{
    private static readonly Gen<double> s_finite =
        Gen.OneOf(Gen.Double, Gen.Const(-0.0), Gen.Const(double.Epsilon), Gen.Const(double.MaxValue), Gen.Const(0.1))
        .Where(double.IsFinite);

    private static readonly Gen<Provenance> s_made =
        from method in Gen.OneOf(Gen.Const("least squares"), Gen.Const("gradient descent"), Gen.Const("simulate"))
        from ridge in s_finite.Nullable()
        from hasBias in Gen.Bool.Nullable()
        from steps in Gen.Long.Nullable()
        from loss in Gen.OneOf(Gen.Const("sum"), Gen.Const("mse")).Null()
        select new Provenance(method)
        {
            Ridge = ridge,
            LearningRate = ridge,
            HasBias = hasBias,
            Steps = steps,
            Seed = steps,
            Loss = loss
        };

    private static readonly Gen<AffineModel> s_model =
        from inputs in Gen.Int[0, 5]
        from targets in Gen.Int[1, 4]
        from weights in s_finite.Array[inputs * targets]
        from bias in s_finite.Array[targets]
        from names in Gen.String.Array[inputs + targets]
        from made in s_made.Null()
        from identified in Gen.Bool.Array[inputs + 1].Null()
        from directions in s_finite.Array[inputs + 1].Array[0, 3]
        select new AffineModel(
            new AffineMap(Matrix.Create(targets, inputs, (i, j) => weights[i * inputs + j]), bias,
                Names(names, inputs)))
        {
            Provenance = made,
            Identified = identified is null ? null : new Identification(identified[..inputs], identified[inputs]),
            FreeDirections = [.. directions.Select(d => new Direction(d[..inputs], d[inputs]))],
        };

    [Fact]
    public void Read_returns_what_Write_wrote_to_the_bit() =>
        s_model.Sample(model =>
        {
            using var stream = new MemoryStream();
            ModelFile.Write(stream, model);
            stream.Position = 0;
            var copy = ModelFile.Read(stream, "model.json");
            Assert.Equal(model, copy);
            Assert.Equal(Bits(model), Bits(copy));
            Assert.Equal(ModelFile.Format(model), ModelFile.Format(copy));
        });

    [Fact]
    public void Format_gives_each_row_one_line()
    {
        var model =
            new AffineModel(
                new AffineMap(new[,] { { 1, 0.1 }, { -2e300, 0 } }, [0.5, -0.0],
                    new VariableNames(["area", "größe <b>"], ["y1", "y2"])))
            {
                Provenance = new Provenance("least squares") { Ridge = 0.1, HasBias = true },
                Identified = new Identification([true, false], true),
                FreeDirections = [new Direction([0, 1], 0.25)],
            };
        Assert.Equal("""
            {
              "schema": "plumb.model/1",
              "inputs": ["area","größe \u003Cb\u003E"],
              "targets": ["y1","y2"],
              "weights": [
                [1,0.1],
                [-2E+300,0]
              ],
              "bias": [0.5,-0],
              "made": {
                "by": "least squares",
                "ridge": 0.1,
                "hasBias": true
              },
              "identified": {
                "weights": [true,false],
                "bias": true
              },
              "undetermined": [
                {
                  "weights": [0,1],
                  "bias": 0.25
                }
              ]
            }

            """.ReplaceLineEndings("\n"), ModelFile.Format(model));
    }

    [Theory]
    [InlineData("""{"weights": [[1, 2]], "bias": [3]}""")]
    [InlineData("\uFEFF {\"bias\": [3], \"weights\": [[1, 2]], \"inputs\": null, \"note\": {\"by\": \"hand\"}}")]
    [InlineData("""{"schema": "plumb.model/1", "weights": [[1e0, 20e-1]], "bias": [3],"""
        + """ "made": {"by": "hand", "tool": 1}}""")]
    public void Parse_takes_plain_weights_and_bias(string json)
    {
        var map = ModelFile.Parse(json).Map;
        Assert.Equal(new AffineMap(new[,] { { 1.0, 2.0 } }, [3.0]), map);
        Assert.Equal(VariableNames.Default(2, 1), map.Names);
    }

    [Theory]
    [InlineData("", "$ holds nothing, expected a JSON object")]
    [InlineData(" \n", "$ holds nothing, expected a JSON object")]
    [InlineData("x1,x2,y1\n1,2,3\n", "$ begins with 'x', expected a JSON object")]
    [InlineData("[[1]]", "$ begins with '[', expected a JSON object")]
    [InlineData("{\"weights\": [[1]],\n\"bias\": [NaN]}",
        "m.json(2): $ is not valid JSON: 'N' is an invalid start of a value; expected strict JSON")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1],}", "trailing comma")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1]", "m.json(1): $ is not valid JSON")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1]} {}", "m.json(1): $ is not valid JSON")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"bias\": [2]}", "Duplicate property 'bias'")]
    [InlineData("{\"a\": [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", "maximum configured depth of 16")]
    [InlineData("{\"schema\": \"\\uD800\", \"weights\": [[1]], \"bias\": [1]}", "not valid Unicode")]
    [InlineData("{\"schema\": \"plumb.model/2\"}",
        "$.schema holds the text \"plumb.model/2\", expected \"plumb.model/1\"; this Plumb reads plumb.model/1: use a "
            + "version of Plumb that reads plumb.model/2")]
    [InlineData("{\"schema\": \"plumb.fit/1\"}",
        "$.schema holds the text \"plumb.fit/1\", expected \"plumb.model/1\"; give a model file, such as")]
    [InlineData("{\"schema\": 1}", "$.schema holds the number 1, expected a text")]
    [InlineData("{}", "$ has no 'weights', expected rows of numbers, targets x inputs; add \"weights\": [[..], ..]")]
    [InlineData("{\"weights\": [[1]]}", "$ has no 'bias', expected one number per target; add \"bias\": [..]")]
    [InlineData("{\"weights\": 1, \"bias\": [1]}", "$.weights holds the number 1, expected rows of numbers")]
    [InlineData("{\"weights\": [], \"bias\": []}", "$.weights holds no rows, expected rows of numbers")]
    [InlineData("{\"weights\": [1, 2], \"bias\": [1]}",
        "$.weights[0] holds the number 1, expected a row of numbers, one per input; write [[..], ..], one row per "
            + "target, even when there is only one")]
    [InlineData("{\"weights\": [[1, 2], [3]], \"bias\": [1, 2]}",
        "$.weights[1] holds a list of 1, expected a list of 2, one number each input; give each input one number")]
    [InlineData("{\"weights\": [[1, null]], \"bias\": [1]}",
        "$.weights[0][1] holds null, expected a finite number; write a number there, such as 0.25")]
    [InlineData("{\"weights\": [[1, \"2\"]], \"bias\": [1]}",
        "$.weights[0][1] holds the text \"2\", expected a finite number")]
    [InlineData("{\"weights\": [[1e999]], \"bias\": [1]}",
        "$.weights[0][0] holds the number 1e999, expected a finite number")]
    [InlineData("{\"weights\": [[1]], \"bias\": 1}",
        "$.bias holds the number 1, expected a list of 1, one number each target")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1, 2]}", "$.bias holds a list of 2, expected a list of 1")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"inputs\": [\"a\", \"b\"]}",
        "$.inputs holds a list of 2, expected a list of 1, one name each column of the weights")]
    [InlineData("{\"weights\": [[1, 2]], \"bias\": [1], \"inputs\": [\"a\", \"a\"]}",
        "$.inputs[1] holds the text \"a\", expected a name of its own for each input; rename the input")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"targets\": [\"\"]}",
        "$.targets[0] holds the text \"\", expected a name of its own for each target")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"targets\": [7]}",
        "$.targets[0] holds the number 7, expected a text")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"made\": \"by hand\"}",
        "$.made holds the text \"by hand\", expected an object")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"made\": {}}", "$.made has no 'by', expected a text")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"made\": {\"by\": \"x\", \"steps\": 1.5}}",
        "$.made.steps holds the number 1.5, expected a whole number")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"made\": {\"by\": \"x\", \"hasBias\": 1}}",
        "$.made.hasBias holds the number 1, expected true or false")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"identified\": []}",
        "$.identified holds a list of 0, expected an object")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"identified\": {\"weights\": [true, true], \"bias\": true}}",
        "$.identified.weights holds a list of 2, expected a list of 1")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"identified\": {\"weights\": [1], \"bias\": true}}",
        "$.identified.weights[0] holds the number 1, expected true or false")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"undetermined\": {}}",
        "$.undetermined holds an object, expected a list of directions")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"undetermined\": [[1]]}",
        "$.undetermined[0] holds a list of 1, expected a direction")]
    [InlineData("{\"weights\": [[1]], \"bias\": [1], \"undetermined\": [{\"weights\": [1]}]}",
        "$.undetermined[0] has no 'bias', expected a number")]
    public void Parse_refuses_in_one_line_what_is_no_model(string json, string message)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => ModelFile.Parse(json, "m.json"));
        Assert.StartsWith("m.json", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Read_refuses_bytes_that_are_not_Utf8()
    {
        using var stream =
            new MemoryStream([.. "{\"weights\": [[1]], \"bias\": [1], \"inputs\": [\""u8, 0xFF, .. "\"]}"u8]);
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(stream, "m.json"));
    }

    [Fact]
    public void Read_accepts_a_stream_that_gives_a_byte_at_a_time()
    {
        using var stream = new TricklingStream(Encoding.UTF8.GetBytes("\uFEFF    {\"weights\": [[1]], \"bias\": [2]}"),
            1, 2);
        Assert.Equal(2, ModelFile.Read(stream, "m.json").Map.Bias[0]);
    }

    [Fact]
    public void Read_gives_up_on_a_data_file_at_its_first_byte()
    {
        using var stream = new EndlessStream((byte)'1');
        var refusal = Assert.Throws<InvalidDataException>(() => ModelFile.Read(stream, "data.csv"));
        Assert.Contains("begins with '1'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_refuses_what_Read_would_refuse()
    {
        AffineMap map = new(new[,] { { 1.0 } }, [2.0]);
        AffineModel[] models =
        [
            new(new AffineMap(new[,] { { double.NaN } }, [2.0])),
            new(new AffineMap(new[,] { { 1.0 } }, [double.PositiveInfinity])),
            new(AffineMap.Zero(1, 0)),
            new(AffineMap.Zero(2, 1).Named(new VariableNames(["a", "a"], ["y"]))),
            new(AffineMap.Zero(1, 1).Named(new VariableNames([""], ["y"]))),
            new(map) { Provenance = new Provenance("hand") { Ridge = double.NaN } },
            new(map) { Identified = new Identification([true, true], true) },
            new(map) { FreeDirections = [new Direction([1, 2], 0)] },
            new(map) { FreeDirections = [new Direction([1], double.NaN)] },
        ];
        foreach (var model in models)
        {
            using var stream = new MemoryStream();
            Assert.Throws<ArgumentException>(() => ModelFile.Write(stream, model));
            Assert.Equal(0, stream.Length);
        }
    }

    private static VariableNames Names(string[] texts, int inputs)
    {
        // A prefix makes each name the only one of its kind; a lone surrogate cannot be written as UTF-8.
        var names = texts.Select((text, i) => $"{i}{new string([.. text.Where(c => !char.IsSurrogate(c))])}").ToArray();
        return new VariableNames(names[..inputs], names[inputs..]);
    }

    private static long[] Bits(AffineModel model) =>
    [
        .. model.Map.Weights.Values.ToArray().Select(BitConverter.DoubleToInt64Bits),
        .. model.Map.Bias.ToArray().Select(BitConverter.DoubleToInt64Bits),
        .. model.FreeDirections.SelectMany(d => d.Weights.Append(d.Bias)).Select(BitConverter.DoubleToInt64Bits),
        BitConverter.DoubleToInt64Bits(model.Provenance?.Ridge ?? 0),
    ];

    private sealed class EndlessStream(byte value) : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            buffer.Fill(value);
            return buffer.Length;
        }
    }
}
