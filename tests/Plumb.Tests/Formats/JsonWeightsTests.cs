using System.Text;

namespace Plumb.Tests.Formats;

/// <summary>Weights in JSON that other programs wrote.</summary>
public sealed class JsonWeightsTests
{
    private static readonly VariableNames s_cars = new(["hp", "wt"], ["mpg"]);

    [Theory]
    [InlineData("""{"coef_": [1, 2], "intercept_": 3}""")]
    [InlineData("""{"coef_": [[1, 2]], "intercept_": [3]}""")]
    [InlineData("""{"weight": [[1, 2]], "bias": [3]}""")]
    [InlineData("""{"weights": [1, 2], "bias": 3}""")]
    [InlineData("""{"weights": [[1, 2]], "bias": 3}""")]
    [InlineData("""{"linear.weight": [[1, 2]], "linear.bias": [3]}""")]
    [InlineData("""{"params": {"Dense_0": {"kernel": [[1], [2]], "bias": [3]}}}""")]
    [InlineData("""{"epoch": 7, "state_dict": {"0.weight": [[1, 2]], "0.bias": [3]}, "classes": ["a"]}""")]
    [InlineData("""{"layers": [{"W": [[1, 2]], "b": 3, "activation": "linear"}]}""")]
    [InlineData("""{"W": [[1, 2]], "b": [3]}""")]
    [InlineData("""{"const": 3, "hp": 1, "wt": 2}""")]
    [InlineData("""{"mpg": {"const": 3, "hp": 1, "wt": 2}}""")]
    [InlineData("""{"coef": {"wt": 2, "const": 3, "hp": 1}, "std err": {"wt": 9, "const": 9, "hp": 9}}""")]
    [InlineData("""{"coefficients": {"wt": 2, "hp": 1}, "intercept": 3, "r2": 0.9}""")]
    [InlineData("""{"coefficients": {"wt": 2, "Intercept": 3, "hp": 1}}""")]
    [InlineData("""{"coef": [2, 1], "intercept": 3, "feature_names": ["wt", "hp"]}""")]
    [InlineData("""{"targets": ["mpg"], "inputs": ["wt", "hp"], "W": [[2, 1]], "b": [3]}""")]
    [InlineData("""[{"term": "const", "estimate": 3, "std.error": 9},"""
        + """ {"term": "hp", "estimate": 1, "std.error": null},  {"term": "wt", "estimate": 2}]""")]
    public void Names_of_other_programs_are_known(string json)
    {
        var map = Read(json).ToModel(s_cars).Map;
        var order = s_cars.Inputs.Select(name => map.Names.Inputs.ToList().IndexOf(name)).ToArray();
        Assert.Equal([1, 2, 3], [map.WeightsOf(0)[order[0]], map.WeightsOf(0)[order[1]], map.Bias[0]]);
        Assert.Equal(s_cars.Targets, map.Names.Targets);
    }

    [Theory]
    [InlineData("[1, 2]", 1)]
    [InlineData("[[1, 2], [3, 4]]", 2)]
    public void Plain_list_is_W_without_a_bias_and_that_is_said(string json, int targets)
    {
        var stored = Read(json);
        var map = stored.ToModel().Map;
        Assert.Equal((targets, 2), (map.TargetCount, map.InputCount));
        Assert.Equal("no-bias", Assert.Single(stored.Findings).Code);
    }

    [Fact]
    public void Names_that_are_asked_for_are_taken()
    {
        const string Json = """{"net": {"first": [[1, 2]], "second": [[5, 6]], "shift": [3]}, "other": 4}""";
        var format = new WeightsFormat { WeightsName = "net.second", BiasName = "shift" };
        var map = Read(Json, format).ToModel(s_cars).Map;
        Assert.Equal([5, 6, 3], [.. map.WeightsOf(0), map.Bias[0]]);
        Assert.Contains("has no array 'third', expected one of 'net.first', 'net.second', 'net.shift', 'other'",
            Refusal(Json, new WeightsFormat { WeightsName = "third" }));
        var ours = """{"schema": "plumb.model/1", "weights": [[1, 2]], "bias": [3], "other": [[7, 8]]}""";
        Assert.Equal([7, 8],
            Read(ours, new WeightsFormat { WeightsName = "other" }).ToModel(s_cars).Map.WeightsOf(0).ToArray());
    }

    [Theory]
    [InlineData("{}", "m.json: $ has no 'weights'")]
    [InlineData("""{"bias": [1]}""", "m.json: holds 'bias', and neither names nor shapes tell which one is W")]
    [InlineData("""{"name": "linear"}""", "m.json: holds no array, expected one named weights")]
    [InlineData("""{"coef_": [1, "2"], "intercept_": 3}""",
        "m.json: $.coef_[1] holds the text \"2\", expected a finite number")]
    [InlineData("""{"coef_": [[1, 2], [3]], "intercept_": [1, 2]}""",
        "m.json: $.coef_[1] holds a list of 1, expected a list of 2")]
    [InlineData("""{"coef_": [[1, 2], 3], "intercept_": [1, 2]}""", "m.json: $.coef_[1] holds the number 3, expected a "
        + "list of 2")]
    [InlineData("""{"coef_": [1, 1e999], "intercept_": 3}""", "m.json: $.coef_[1] holds the number 1e999")]
    [InlineData("""{"coef_": {"a": 1, "const": 2}, "intercept_": 3}""", "m.json: $.coef_: holds a bias, and there is "
        + "another one beside it")]
    [InlineData("""{"a": {"weight": [[1]]}, "b": {"weight": [[1]]}}""", "m.json: holds 2 arrays that could be the "
        + "weights, 'a.weight', 'b.weight'")]
    [InlineData("""{"schema": "plumb.model/9", "coef_": [1]}""", "m.json: $.schema holds the text")]
    [InlineData("""{"a": 1, "a": 2}""", "m.json: $ is not valid JSON: Duplicate property")]
    [InlineData("[1, 2", "m.json(1): $ is not valid JSON")]
    public void What_holds_no_weights_is_refused(string json, string message) =>
        Assert.StartsWith(message, Refusal(json), StringComparison.Ordinal);

    [Theory]
    [InlineData(BiasPlace.First, new double[] { 2, 3 }, 1)]
    [InlineData(BiasPlace.Last, new double[] { 1, 2 }, 3)]
    public void Bias_among_the_weights_is_where_it_is_said_to_be(BiasPlace place, double[] weights, double bias)
    {
        var stored = Read("[1, 2, 3]", new WeightsFormat { BiasAt = place });
        foreach (var map in new[] { stored.ToModel().Map, stored.ToModel(s_cars).Map })
        {
            Assert.Equal([.. weights, bias], [.. map.WeightsOf(0), map.Bias[0]]);
        }

        Assert.Empty(stored.Findings);
        Assert.Contains("expected one number more than inputs",
            Assert.Throws<InvalidDataException>(() => stored.ToModel(VariableNames.Default(5, 1))).Message);
        Assert.Contains("do not say which number is the bias",
            Refusal("""{"coef_": [1, 2], "intercept_": 3}""", new WeightsFormat { BiasAt = place }));
        Assert.Contains("do not say which number is the bias",
            Refusal("""{"const": 1, "hp": 3}""", new WeightsFormat { BiasAt = place }));
        Assert.Contains("do not say which number is the bias",
            Refusal("""{"weights": [[1]], "bias": [3]}""", new WeightsFormat { BiasAt = place }));
    }

    [Fact]
    public void Number_too_many_is_never_silently_a_bias() =>
        Assert.Contains("one number more than the 2 inputs of the data, and nothing says which is the bias",
            Assert.Throws<InvalidDataException>(() => Read("[1, 2, 3]").ToModel(s_cars)).Message);

    private static string Refusal(string json, WeightsFormat? format = null) =>
        Assert.Throws<InvalidDataException>(() => Read(json, format).ToModel()).Message;

    private static StoredWeights Read(string json, WeightsFormat? format = null) =>
        WeightsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "m.json", format);
}
