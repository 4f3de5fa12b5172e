namespace Plumb;

/// <summary>
/// Writes an ONNX model: y = MatMul(x, W') + b in doubles or floats, for any number of rows. The numbers of the fields
/// are those of onnx.proto.
/// </summary>
internal static class OnnxWriter
{
    private const int IrVersion = 8; // of 2022: every runtime reads it
    private const int Opset = 13; // of 2020: its MatMul and Add take doubles
    private const int Float = 1; // TensorProto.DataType
    private const int Double = 11;

    /// <summary>Writes a map.</summary>
    public static void Write(Stream stream, AffineMap map, string name, bool isSingle = false)
    {
        var model = new ProtobufMessage()
            .Add(1, IrVersion)
            .Add(2, "Plumb")
            .Add(7, Graph(map, name, isSingle ? Float : Double))
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, Opset)) // the standard operators
            .Add(14, Entry(StoredNames.InputsKey, map.Names.Inputs))
            .Add(14, Entry(StoredNames.TargetsKey, map.Names.Targets));
        stream.Write(model.Bytes);
    }

    private static ProtobufMessage Graph(AffineMap map, string name, int type) => new ProtobufMessage()
        .Add(1, Node("MatMul", "x", "weights", "products"))
        .Add(1, Node("Add", "products", "bias", "y"))
        .Add(2, name)
        .Add(5, Tensor("weights", [map.InputCount, map.TargetCount], Transposed(map), type))
        .Add(5, Tensor("bias", [map.TargetCount], map.Bias, type))
        .Add(11, Variable("x", map.InputCount, type))
        .Add(12, Variable("y", map.TargetCount, type));

    private static ProtobufMessage Node(string operation, string left, string right, string result) =>
        new ProtobufMessage().Add(1, left).Add(1, right).Add(2, result).Add(3, operation).Add(4, operation);

    private static ProtobufMessage Tensor(string name, ReadOnlySpan<int> shape, ReadOnlySpan<double> values,
        int type)
    {
        var tensor = new ProtobufMessage();
        foreach (var length in shape)
        {
            tensor.Add(1, length);
        }

        return tensor.Add(2, type).Add(8, name)
            .Add(9, type == Float ? LittleEndian.SingleBytes(values) : LittleEndian.Bytes(values));
    }

    // A matrix, any number of rows x columns.
    private static ProtobufMessage Variable(string name, int columns, int type)
    {
        var shape = new ProtobufMessage()
            .Add(1, new ProtobufMessage().Add(2, "rows"))
            .Add(1, new ProtobufMessage().Add(1, columns));
        return new ProtobufMessage().Add(1, name)
            .Add(2, new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, type).Add(2, shape)));
    }

    private static ProtobufMessage Entry(string key, IReadOnlyList<string> names) =>
        new ProtobufMessage().Add(1, key).Add(2, StoredNames.Text(names));

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
