using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// The graph of an ONNX model as it is built: inputs, constants, nodes and the output. The numbers of the fields are
/// those of onnx.proto.
/// </summary>
/// <param name="isSingle">Whether its numbers are floats rather than doubles.</param>
internal sealed class OnnxGraph(bool isSingle)
{
    public const string LearningDomain = "ai.onnx.ml";

    private const int IrVersion = 8; // of 2022: every runtime reads it
    private const int Opset = 13; // of 2020: its operators take doubles
    private const int LearningOpset = 2;
    private const int Float = 1; // TensorProto.DataType
    private const int Int64 = 7;
    private const int Text = 8;
    private const int Truth = 9;
    private const int Double = 11;

    private readonly ProtobufMessage _graph = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _usesLearning;

    /// <summary>The type of its numbers, for a Cast.</summary>
    public int NumberType => isSingle ? Float : Double;

    /// <summary>A matrix of numbers, any number of rows x columns, that is handed in.</summary>
    public string Numbers(string name, int columns, string about = "") => Input(name, NumberType, columns, about);

    /// <summary>A column of texts that is handed in.</summary>
    public string Texts(string name, string about) => Input(name, Text, 1, about);

    /// <summary>A column of truth values that is handed in, as numbers.</summary>
    public string TruthValues(string name, string about) =>
        Node("Cast", [Input(name, Truth, 1, about)], Attribute("to", NumberType));

    /// <summary>A constant matrix, or list, of numbers.</summary>
    public string Constant(string hint, ReadOnlySpan<int> shape, ReadOnlySpan<double> values)
    {
        var name = Unused(hint);
        _graph.Add(5, Tensor(name, shape, NumberType,
            isSingle ? LittleEndian.SingleBytes(values) : LittleEndian.Bytes(values)));
        return name;
    }

    /// <summary>One constant number.</summary>
    public string Constant(double value) => Constant("number", [1], [value]);

    /// <summary>A constant list of one whole number.</summary>
    public string Whole(long value)
    {
        var name = Unused("whole");
        var bytes = new byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _graph.Add(5, Tensor(name, [1], Int64, bytes));
        return name;
    }

    /// <summary>The place of each text in a list, from 0; -1 where it is not there.</summary>
    public string PlacesIn(string texts, IReadOnlyList<string> list)
    {
        _usesLearning = true;
        var keys = new ProtobufMessage().Add(1, "keys_strings");
        var places = new ProtobufMessage().Add(1, "values_int64s");
        for (var i = 0; i < list.Count; i++)
        {
            keys.Add(9, list[i]);
            places.Add(8, i);
        }

        return Node("LabelEncoder", [texts], LearningDomain,
            [keys.Add(20, 8), places.Add(20, 7), Attribute("default_int64", -1)], "places");
    }

    /// <summary>What an operator makes of its inputs.</summary>
    public string Node(string operation, IReadOnlyList<string> inputs,
        params IReadOnlyList<ProtobufMessage> attributes) =>
        Node(operation, inputs, "", attributes, operation.ToLowerInvariant());

    /// <summary>The output, by the name that was kept for it.</summary>
    public string Named(string operation, IReadOnlyList<string> inputs, string name)
    {
        _names.Remove(name);
        return Node(operation, inputs, "", [], name);
    }

    /// <summary>The same, called by a name of one's own.</summary>
    public string Node(string operation, IReadOnlyList<string> inputs, string domain,
        IReadOnlyList<ProtobufMessage> attributes, string result)
    {
        result = Unused(result);
        var node = new ProtobufMessage();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, result).Add(3, result).Add(4, operation);
        foreach (var attribute in attributes)
        {
            node.Add(5, attribute);
        }

        _graph.Add(1, domain.Length > 0 ? node.Add(7, domain) : node);
        return result;
    }

    /// <summary>A whole number that an operator is told.</summary>
    public static ProtobufMessage Attribute(string name, long value) =>
        new ProtobufMessage().Add(1, name).Add(3, value).Add(20, 2);

    /// <summary>Keeps a name from being taken by what is computed.</summary>
    public void Reserve(string name) => _names.Add(name);

    /// <summary>The model, whose output is a matrix of rows x targets.</summary>
    public ProtobufMessage ToModel(string name, string output, int targets, IReadOnlyList<string> inputNames,
        IReadOnlyList<string> targetNames)
    {
        _graph.Add(2, name).Add(12, Variable(output, NumberType, targets, ""));
        var model = new ProtobufMessage()
            .Add(1, IrVersion)
            .Add(2, "Plumb")
            .Add(7, _graph)
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, Opset)); // the standard operators
        if (_usesLearning)
        {
            model.Add(8, new ProtobufMessage().Add(1, LearningDomain).Add(2, LearningOpset));
        }

        return model.Add(14, Entry(StoredNames.InputsKey, inputNames))
            .Add(14, Entry(StoredNames.TargetsKey, targetNames));
    }

    private string Input(string name, int type, int columns, string about)
    {
        _names.Add(name);
        _graph.Add(11, Variable(name, type, columns, about));
        return name;
    }

    private string Unused(string hint)
    {
        var name = hint;
        for (var i = 1; !_names.Add(name); i++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{hint}_{i}");
        }

        return name;
    }

    private static ProtobufMessage Tensor(string name, ReadOnlySpan<int> shape, int type, ReadOnlySpan<byte> bytes)
    {
        var tensor = new ProtobufMessage();
        foreach (var length in shape)
        {
            tensor.Add(1, length);
        }

        return tensor.Add(2, type).Add(8, name).Add(9, bytes);
    }

    // A matrix, any number of rows x columns.
    private static ProtobufMessage Variable(string name, int type, int columns, string about)
    {
        var shape = new ProtobufMessage()
            .Add(1, new ProtobufMessage().Add(2, "rows"))
            .Add(1, new ProtobufMessage().Add(1, columns));
        var variable = new ProtobufMessage().Add(1, name)
            .Add(2, new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, type).Add(2, shape)));
        return about.Length > 0 ? variable.Add(3, about) : variable;
    }

    private static ProtobufMessage Entry(string key, IReadOnlyList<string> names) =>
        new ProtobufMessage().Add(1, key).Add(2, StoredNames.Text(names));
}
