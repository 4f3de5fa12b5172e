namespace Plumb.Formats;

/// <summary>
/// Writes an ONNX model: y = MatMul(x, W') + b in doubles or floats, for any number of rows; where the inputs are made
/// from columns, what makes them too.
/// </summary>
internal static class OnnxWriter
{
    /// <summary>Writes a model.</summary>
    public static void Write(Stream stream, AffineModel model, string name, bool isSingle = false)
    {
        model = isSingle ? model with { Map = SinglePrecision.Of(model.Map).Map } : model;
        stream.Write((model.Design is { IsPlain: false } design
            ? OnnxRecipe.Of(model.Map, design, name, isSingle) : Plain(model.Map, name, isSingle)).Bytes);
    }

    private static ProtobufMessage Plain(AffineMap map, string name, bool isSingle)
    {
        var graph = new OnnxGraph(isSingle);
        var x = graph.Numbers("x", map.InputCount);
        var weights = graph.Constant("weights", [map.InputCount, map.TargetCount], Transposed(map));
        var products = graph.Node("MatMul", [x, weights], "", [], "products");
        var y = graph.Node("Add", [products, graph.Constant("bias", [map.TargetCount], map.Bias)], "", [], "y");
        return graph.ToModel(name, y, map.TargetCount, map.Names.Inputs, map.Names.Targets);
    }

    private static double[] Transposed(AffineMap map)
    {
        var values = new double[map.InputCount * map.TargetCount]; // inputs x targets
        for (var target = 0; target < map.TargetCount; target++)
        {
            var weights = map.WeightsOf(target);
            for (var input = 0; input < weights.Length; input++)
            {
                values[input * map.TargetCount + target] = weights[input];
            }
        }

        return values;
    }
}
