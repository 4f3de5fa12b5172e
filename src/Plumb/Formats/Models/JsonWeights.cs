using System.Globalization;
using System.Text.Json;

namespace Plumb.Formats;

/// <summary>
/// Weights in the JSON of other programs: arrays under the names that NPZ files have for them, however deep, records
/// of a table, or numbers under the names of the inputs.
/// </summary>
internal static class JsonWeights
{
    private static readonly string[] s_inputNames =
        ["inputs", "feature_names", "feature_names_in_", "features", "feature_name"];

    private static readonly string[] s_targetNames = ["targets", "target_names"];

    /// <summary>Whether this is a model of ours, or is to be read, or refused, like one.</summary>
    public static bool IsModel(JsonPlace root, WeightsFormat format) =>
        root.Value.ValueKind == JsonValueKind.Object && format.WeightsName is null && format.BiasName is null
            && (root.Member("schema") is not null || !root.Value.EnumerateObject().Any()
                || (root.Member("weights") is { } weights && root.Member("bias") is { } bias
                    && !IsFlat(weights) && bias.Value.ValueKind == JsonValueKind.Array));

    /// <summary>The table that a list of records is, or columns of numbers by name, or numbers by name; else
    /// null.</summary>
    public static IReadOnlyList<TableRow>? TableOf(JsonPlace root) => root.Value.ValueKind == JsonValueKind.Array
        ? OfRecords(root) : OfColumns(root) ?? OfNumbers(root);

    /// <summary>The arrays of numbers in a JSON text, called by their paths, as in params.Dense_0.kernel.</summary>
    public static StoredArrays ArraysOf(JsonPlace root)
    {
        var arrays = new List<StoredArray>();
        var names = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Collect(root, "", arrays, names);
        var inputs = s_inputNames.Where(names.ContainsKey).Select(key => names[key]).FirstOrDefault();
        var targets = s_targetNames.Where(names.ContainsKey).Select(key => names[key]).FirstOrDefault();
        return inputs is not null && targets is not null && StoredNames.AreProper(inputs)
            && StoredNames.AreProper(targets)
            ? new StoredArrays(arrays, new VariableNames(inputs, targets))
            : new StoredArrays(arrays)
            {
                InputNames = inputs is not null && StoredNames.AreProper(inputs) ? inputs : null,
            };
    }

    private static void Collect(JsonPlace place, string path, List<StoredArray> arrays,
        Dictionary<string, string[]> names)
    {
        switch (place.Value.ValueKind)
        {
            case JsonValueKind.Number:
                arrays.Add(Array(place, path, [1]));
                break;
            case JsonValueKind.Object when WeightsChoice.IsWeights(path) && AreNumbers(place):
                string[] members = [.. place.Value.EnumerateObject().Select(member => member.Name)];
                arrays.Add(Array(place, path, [members.Length]) with { ElementNames = members });
                break;
            case JsonValueKind.Object:
                foreach (var member in place.Value.EnumerateObject())
                {
                    Collect(new JsonPlace(place.File, $"{place.Path}.{Escaped.Of(member.Name)}", member.Value),
                        path.Length == 0 ? member.Name : $"{path}.{member.Name}", arrays, names);
                }

                break;
            case JsonValueKind.Array when KindOfFirst(place) == JsonValueKind.String:
                names.TryAdd(path[(path.LastIndexOf('.') + 1)..],
                    [.. Items(place).Select(text => text.Value.ValueKind == JsonValueKind.String ? text.Text() : "")]);
                break;
            case JsonValueKind.Array when KindOfFirst(place) == JsonValueKind.Object:
                var layers = Items(place);
                for (var i = 0; i < layers.Length; i++)
                {
                    Collect(layers[i],
                        string.Create(CultureInfo.InvariantCulture, $"{path}{(path.Length == 0 ? "" : ".")}{i}"),
                        arrays, names);
                }

                break;
            case JsonValueKind.Array:
                arrays.Add(Array(place, path, [.. Shape(place)]));
                break;
        }
    }

    private static StoredArray Array(JsonPlace place, string path, IReadOnlyList<long> shape) =>
        new($"{place.File}: {place.Path}", path, shape, ElementType.Float64, "numbers")
        {
            Bytes = () =>
            {
                var values = new List<double>();
                Read(place, shape, 0, values);
                return LittleEndian.Bytes([.. values]).ToArray();
            },
        };

    private static IEnumerable<long> Shape(JsonPlace place)
    {
        var value = place.Value;
        while (value.ValueKind == JsonValueKind.Array)
        {
            yield return value.GetArrayLength();
            if (value.GetArrayLength() == 0)
            {
                yield break;
            }

            value = value[0];
        }
    }

    private static void Read(JsonPlace place, IReadOnlyList<long> shape, int depth, List<double> values)
    {
        if (place.Value.ValueKind == JsonValueKind.Object)
        {
            values.AddRange(place.Value.EnumerateObject().Select(member => member.Value.GetDouble()));
        }
        else if (depth == shape.Count || (depth == 0 && place.Value.ValueKind == JsonValueKind.Number))
        {
            values.Add(place.Number());
        }
        else
        {
            if (place.Value.ValueKind != JsonValueKind.Array || place.Value.GetArrayLength() != shape[depth])
            {
                var expected = string.Create(CultureInfo.InvariantCulture, $"a list of {shape[depth]}, as beside it");
                throw place.Refusal(expected, "give every row as many numbers");
            }

            foreach (var item in place.Each())
            {
                Read(item, shape, depth + 1, values);
            }
        }
    }

    private static List<TableRow>? OfRecords(JsonPlace root)
    {
        var records = KindOfFirst(root) == JsonValueKind.Object ? Items(root) : [];
        if (records.Length == 0 || records.Any(record => record.Value.ValueKind != JsonValueKind.Object)
            || records.SelectMany(record => record.Value.EnumerateObject()).Any(member =>
                member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object))
        {
            return null;
        }

        string[] header = [.. records.SelectMany(record => record.Value.EnumerateObject())
            .Select(member => member.Name).Distinct(StringComparer.Ordinal)];
        return [new TableRow(PlaceOf(root), header), .. records.Select(record => new TableRow(PlaceOf(record),
            [.. header.Select(name => Cell(record.Member(name)))]))];
    }

    // {"y1": {"const": 1, "x": 2}, ..}, as pandas writes a frame.
    private static List<TableRow>? OfColumns(JsonPlace root)
    {
        JsonProperty[] columns = [.. root.Value.EnumerateObject()];
        if (columns.Length == 0 || !columns.All(column => column.Value.ValueKind == JsonValueKind.Object))
        {
            return null;
        }

        string[][] names = [.. columns.Select(column =>
            (string[])[.. column.Value.EnumerateObject().Select(cell => cell.Name)])];
        if (names[0].Length == 0 || names.Any(other => !other.SequenceEqual(names[0]))
            || names[0].All(WeightsChoice.IsKnown) || columns.Any(column => column.Value.EnumerateObject()
                .Any(cell => cell.Value.ValueKind is not (JsonValueKind.Number or JsonValueKind.Null))))
        {
            return null;
        }

        return [new TableRow(PlaceOf(root), ["", .. columns.Select(column => column.Name)]),
            .. names[0].Select(name => new TableRow($"{PlaceOf(root)}.*.{Escaped.Of(name)}",
                [name, .. columns.Select(column => Cell(new JsonPlace(root.File, "", column.Value).Member(name)))]))];
    }

    private static List<TableRow>? OfNumbers(JsonPlace root)
    {
        if (!AreNumbers(root) || root.Value.EnumerateObject().All(member => WeightsChoice.IsKnown(member.Name)))
        {
            return null;
        }

        return [new TableRow(PlaceOf(root), ["", "0"]), .. root.Value.EnumerateObject().Select(member =>
            new TableRow(PlaceOf(root), [member.Name, member.Value.GetRawText()]))];
    }

    private static bool IsFlat(JsonPlace weights) =>
        weights.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Object
            || KindOfFirst(weights) == JsonValueKind.Number;

    private static bool AreNumbers(JsonPlace place) =>
        place.Value.ValueKind == JsonValueKind.Object && place.Value.EnumerateObject().Any()
            && place.Value.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Number);

    private static JsonValueKind KindOfFirst(JsonPlace place) =>
        place.Value.ValueKind == JsonValueKind.Array && place.Value.GetArrayLength() > 0 ? place.Value[0].ValueKind
            : JsonValueKind.Undefined;

    private static JsonPlace[] Items(JsonPlace place) =>
        place.Value.ValueKind == JsonValueKind.Array ? place.Items("", "") : [];

    private static string Cell(JsonPlace? value) => value is not { } place ? "NA"
        : place.Value.ValueKind == JsonValueKind.String ? place.Text() : place.Value.GetRawText();

    private static string PlaceOf(JsonPlace place) => $"{place.File}: {place.Path}";
}
